//! What an answer says about its attempt, and when the supplier is to be asked next.

use crate::answer::{Answer, Source};
use crate::attempt::{Attempt, AttemptState, pause_before_check};
use crate::order::{Order, OrderStatus};
use crate::time::Timestamp;

/// The attempt after the answer; `order` is the order after it.
pub fn after(before: &Attempt, answer: &Answer, source: Source, order: &Order, now: Timestamp) -> Attempt {
    let mut attempt = before.clone();
    if source == Source::Status {
        attempt.checks = attempt.checks.saturating_add(1);
    }
    let next_check = Some(now.plus(pause_before_check(attempt.checks)));
    let is_final = order.status != OrderStatus::Pending;
    match answer {
        Answer::Confirmed { ask_again, .. } => {
            attempt.state = AttemptState::Succeeded;
            let is_incomplete = order.status == OrderStatus::Success && (order.sn.is_none() || *ask_again);
            attempt.check_at = next_check.filter(|_| is_incomplete);
        }
        Answer::Refused { code, .. } | Answer::Refunded { code } => {
            attempt.state = AttemptState::Refused;
            attempt.check_at = None;
            attempt.note = Some(code.clone());
        }
        Answer::Unknown { why } => {
            // A final order is only asked about again if it was to be anyway. Copies of "still pending" don't put the next check off.
            let is_first_word = before.state == AttemptState::Sending;
            if is_first_word || (source == Source::Status && before.check_at.is_some()) {
                attempt.check_at = next_check.filter(|_| !is_final || before.check_at.is_some());
            }
            if !is_final {
                attempt.state = AttemptState::Unknown;
            }
            attempt.note = Some(why.clone());
        }
        Answer::NotReceived if is_final => attempt.check_at = None,
        // Only who sent it, and whoever asked when it could no longer be on its way, can say that it never arrived.
        Answer::NotReceived if matches!(source, Source::Send | Source::Status) => {
            attempt.state = AttemptState::NotReceived;
            attempt.check_at = next_check;
        }
        Answer::NotReceived => {}
    }
    if attempt != *before {
        attempt.updated_at = now;
    }
    attempt
}
