//! Sends a purchase to the next supplier, when the one before made nothing of it.

use std::sync::Arc;

use super::RecordAnswer;
use crate::answer::{Answer, Source};
use crate::attempt::{Attempt, AttemptKey, AttemptState, Deadlines};
use crate::id::SupplierRef;
use crate::order::{Claim, DeskReason, Order, OrderStatus};
use crate::product::Route;
use crate::refusal::{Fault, Refusal};
use crate::time::Timestamp;

/// Where a purchase may go next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reroute {
    /// To whom, and at what cost.
    pub route: Route,
    /// Our reference there: a new one, since it is another supplier.
    pub supplier_ref: SupplierRef,
    /// Within which time the attempt is sent or lost.
    pub deadlines: Deadlines,
    /// The operator lets this supplier's refusal be followed by another supplier, although it doesn't say that it created nothing.
    pub is_allowed_by_operator: bool,
}

impl RecordAnswer {
    /// The next attempt, if this answer allows one; `order` counts it then.
    ///
    /// Only the answer to the sending itself proves that nothing was created, and only for a purchase: an accepted bill never goes to
    /// another supplier.
    pub(super) fn reroute(
        &self,
        order: &mut Order,
        attempt: &Attempt,
        now: Timestamp,
    ) -> Result<Option<Attempt>, Refusal> {
        let Some(next) = &self.next else { return Ok(None) };
        let made_nothing = match &self.answer {
            Answer::Refused { nothing_created, .. } => *nothing_created || next.is_allowed_by_operator,
            Answer::NotReceived => true,
            Answer::Confirmed { .. } | Answer::Refunded { .. } | Answer::Unknown { .. } => false,
        };
        let is_first_word = self.source == Source::Send
            && attempt.state == AttemptState::Sending
            && !attempt.may_have_arrived
            && attempt.key.number == order.attempts;
        let is_purchase = matches!(order.claim, Claim::Purchase(_));
        // An earlier supplier turned out to have done it: nobody else does it knowingly once more.
        let is_done_already = order.desk.is_some_and(DeskReason::is_contradiction);
        let is_open = order.status == OrderStatus::Pending && is_purchase && !is_done_already;
        if !(made_nothing && is_first_word && is_open) || next.route.cost.is_negative() {
            return Ok(None);
        }
        let number = order.attempts.checked_add(1).ok_or(Fault::Overflow)?;
        order.attempts = number;
        order.quoted_cost = next.route.cost;
        let key = AttemptKey { number, ..attempt.key };
        Ok(Some(Attempt::sending(
            key,
            next.route.clone(),
            next.supplier_ref.clone(),
            Arc::default(),
            next.deadlines,
            now,
        )))
    }
}
