//! Lets an attempt that the supplier never received be sent once more: same supplier, same reference.

use crate::attempt::{Attempt, AttemptKey, AttemptState, Deadlines};
use crate::command::Decide;
use crate::id::RefKey;
use crate::order::{DeskReason, OrderStatus};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Send the attempt again. Refused unless the supplier said that it has no record of it.
#[derive(Clone, Debug)]
pub struct SendAgain {
    /// The order's reference.
    pub key: RefKey,
    /// Which attempt.
    pub attempt: AttemptKey,
    /// Within which time it is sent or lost.
    pub deadlines: Deadlines,
}

impl Decide for SendAgain {
    type Decision = Attempt;

    fn name_rows(&self, reads: &mut Reads) {
        reads.orders.push(self.key.clone());
        reads.attempts.push(self.attempt);
        reads.inquiries.push(self.key.clone());
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Attempt, Refusal> {
        let order = world.orders.get(&self.key)?.ok_or(Refusal::OrderNotFound)?;
        let attempt = world.attempts.get(&self.attempt)?.ok_or(Refusal::OrderNotFound)?;
        if order.order_id != self.attempt.order_id || order.status != OrderStatus::Pending {
            return Err(Refusal::OrderFinal);
        }
        // Nor is it sent again if an earlier supplier turned out to have done it.
        let is_done_already = order.desk.is_some_and(DeskReason::is_contradiction);
        if attempt.state != AttemptState::NotReceived || is_done_already {
            return Err(Refusal::AttemptState);
        }
        // A bill's session may be over, but not the day on which its supplier takes the payment.
        let inquiry = world.inquiries.get(&self.key)?;
        if inquiry.is_some_and(|inquiry| inquiry.quote.same_day && now >= inquiry.opened_at.end_of_wib_day()) {
            return Err(Refusal::DayOver);
        }
        let again = Attempt {
            state: AttemptState::Sending,
            send_by: self.deadlines.send_by,
            check_at: Some(self.deadlines.lost_at),
            checks: 0,
            updated_at: now,
            ..attempt.clone()
        };
        world.attempts.put(again.clone())?;
        Ok(again)
    }
}
