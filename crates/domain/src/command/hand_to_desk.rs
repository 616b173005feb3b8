//! Puts a pending order on the operator's desk, since its supplier can't be asked about it any more.

use crate::attempt::{Attempt, AttemptKey, AttemptState};
use crate::command::Decide;
use crate::id::RefKey;
use crate::order::{DeskReason, Order, OrderStatus};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Nobody asks the supplier about this attempt any more; a person must find out.
#[derive(Clone, Debug)]
pub struct HandToDesk {
    /// The order's reference.
    pub key: RefKey,
    /// Which attempt.
    pub attempt: AttemptKey,
}

impl Decide for HandToDesk {
    type Decision = Order;

    fn name_rows(&self, reads: &mut Reads) {
        reads.orders.push(self.key.clone());
        reads.attempts.push(self.attempt);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Order, Refusal> {
        let mut order = world.orders.get(&self.key)?.cloned().ok_or(Refusal::OrderNotFound)?;
        let attempt = world.attempts.get(&self.attempt)?.cloned().ok_or(Refusal::OrderNotFound)?;
        if order.order_id != self.attempt.order_id {
            return Err(Refusal::OrderNotFound);
        }
        if attempt.state == AttemptState::Sending && attempt.check_at.is_some_and(|lost_at| now < lost_at) {
            return Err(Refusal::AttemptInFlight);
        }
        // What lost its sender is as unknown as what the supplier didn't answer.
        let state = match attempt.state {
            AttemptState::Sending => AttemptState::Unknown,
            AttemptState::Unknown | AttemptState::NotReceived | AttemptState::Succeeded | AttemptState::Refused => {
                attempt.state
            }
        };
        world.attempts.put(Attempt { state, check_at: None, updated_at: now, ..attempt })?;
        // About a superseded attempt there is nothing to find out: another supplier was asked.
        let is_newest = self.attempt.number == order.attempts;
        if order.status == OrderStatus::Pending && is_newest && order.desk.is_none() {
            order.desk = Some(DeskReason::Unresolved);
            order.updated_at = now;
            world.orders.put(order.clone())?;
        }
        Ok(order)
    }
}
