//! Sends a made-up event to an endpoint, so that its owner sees whether it arrives.

use std::sync::Arc;

use crate::command::Decide;
use crate::dispatch::{Dispatch, DispatchKey};
use crate::event::{Event, EventKind};
use crate::id::{EndpointId, OrderId};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Send an event about an order that there never was to this endpoint alone.
#[derive(Clone, Debug)]
pub struct AnnounceTest {
    /// Whose, and a number that no order has.
    pub key: DispatchKey,
    /// To which endpoint.
    pub endpoint_id: EndpointId,
    /// What is said to have happened.
    pub kind: EventKind,
    /// What is sent.
    pub body: Arc<[u8]>,
}

impl Decide for AnnounceTest {
    type Decision = Event;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.key.merchant_id);
        reads.endpoints.push(self.key.merchant_id);
        reads.dispatches.push(self.key);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Event, Refusal> {
        let endpoints = world.endpoints.get(&self.key.merchant_id)?.ok_or(Refusal::EndpointNotFound)?;
        endpoints.find(self.endpoint_id).ok_or(Refusal::EndpointNotFound)?;
        let order_id: OrderId = self.key.order_id;
        let event = world.append_event(self.key.merchant_id, order_id, self.kind, Arc::clone(&self.body), now)?;
        let mut dispatch = Dispatch::nothing(self.key);
        dispatch.add(self.endpoint_id, event.number, now);
        world.dispatches.put(dispatch)?;
        Ok(event)
    }
}
