//! Delivers an event once more, because a person or its receiver asks for it.

use crate::command::Decide;
use crate::dispatch::{Delivery, DeliveryState, Dispatch, DispatchKey};
use crate::id::EndpointId;
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Deliver this event to that endpoint now, on a schedule that begins anew. The event must be one of the merchant's.
#[derive(Clone, Debug)]
pub struct Redeliver {
    /// About which order.
    pub key: DispatchKey,
    /// To which endpoint.
    pub endpoint_id: EndpointId,
    /// Which of the merchant's events.
    pub event: i64,
    /// Only if it never arrived; otherwise nothing is changed.
    pub unless_delivered: bool,
}

impl Decide for Redeliver {
    type Decision = Delivery;

    fn name_rows(&self, reads: &mut Reads) {
        reads.endpoints.push(self.key.merchant_id);
        reads.dispatches.push(self.key);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Delivery, Refusal> {
        let endpoints = world.endpoints.get(&self.key.merchant_id)?.ok_or(Refusal::EndpointNotFound)?;
        endpoints.find(self.endpoint_id).ok_or(Refusal::EndpointNotFound)?;
        let dispatch = world.dispatches.get(&self.key)?.cloned();
        let mut dispatch = dispatch.unwrap_or_else(|| Dispatch::nothing(self.key));
        match dispatch.find(self.endpoint_id, self.event).copied() {
            Some(before) if before.state == DeliveryState::Delivered && self.unless_delivered => return Ok(before),
            Some(before) => dispatch.replace(before.anew(now), now),
            None => dispatch.add(self.endpoint_id, self.event, now),
        }
        let after = *dispatch.find(self.endpoint_id, self.event).ok_or(Refusal::DeliveryNotFound)?;
        world.dispatches.put(dispatch)?;
        Ok(after)
    }
}
