//! What an answer says about its attempt, and when the supplier is to be asked next.

use super::{Effect, RecordAnswer};
use crate::answer::{Answer, Source};
use crate::attempt::{Attempt, AttemptState};
use crate::order::{Order, OrderStatus};
use crate::time::Timestamp;

/// The attempt after the answer, which had this effect; `order` is the order after it.
pub fn after(before: &Attempt, said: &RecordAnswer, order: &Order, effect: Effect, now: Timestamp) -> Attempt {
    let mut attempt = before.clone();
    if said.source == Source::Status {
        attempt.checks = attempt.checks.saturating_add(1);
    }
    let next_check = Some(now.plus(said.pause));
    let is_final = order.status != OrderStatus::Pending;
    let is_superseded = before.key.number < order.attempts;
    match &said.answer {
        Answer::Confirmed { ask_again, .. } => {
            attempt.state = AttemptState::Succeeded;
            let is_incomplete = order.status == OrderStatus::Success && (order.sn.is_none() || *ask_again);
            attempt.check_at = next_check.filter(|_| is_incomplete && !is_superseded);
        }
        Answer::Refused { code, .. } | Answer::Refunded { code } => {
            attempt.state = AttemptState::Refused;
            attempt.check_at = None;
            attempt.note = Some(code.clone());
        }
        Answer::Unknown { why } => {
            // A final order is only asked about again if it was to be anyway. Copies of "still pending" don't put the next check off.
            let is_first_word = before.state == AttemptState::Sending;
            if is_first_word || (said.source == Source::Status && before.check_at.is_some()) {
                attempt.check_at = next_check.filter(|_| !is_final || before.check_at.is_some());
            }
            if !is_final && !is_superseded {
                attempt.state = AttemptState::Unknown;
            }
            attempt.note = Some(why.clone());
        }
        // Nothing has left, and another supplier is asked: nobody will ever send it.
        Answer::NotReceived if effect == Effect::Rerouted => {
            attempt.state = AttemptState::Refused;
            attempt.check_at = None;
        }
        Answer::NotReceived if is_final || is_superseded => attempt.check_at = None,
        // Only who sent it, and whoever asked when it could no longer be on its way, can say that it never arrived.
        Answer::NotReceived if matches!(said.source, Source::Send | Source::Status) => {
            attempt.state = AttemptState::NotReceived;
            attempt.check_at = next_check;
            // The supplier may be wrong; we know what has left. So may the sender be: a callback has spoken of it already.
            attempt.may_have_arrived |= said.source == Source::Status || before.state == AttemptState::Unknown;
        }
        Answer::NotReceived => {}
    }
    if attempt != *before {
        attempt.updated_at = now;
    }
    attempt
}
