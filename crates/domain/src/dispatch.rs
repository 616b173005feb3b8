//! What of an order's events goes to which endpoint, and how far that has come.
//!
//! An endpoint hears of one order in the order in which things happened: the next event goes once its predecessor was acknowledged or
//! given up. Only the first in line has a moment at which it is due.

mod delivery;
mod schedule;

use crate::endpoint::Endpoints;
use crate::event::Event;
use crate::id::{EndpointId, MerchantId, OrderId};
use crate::row::Row;
use crate::time::Timestamp;

pub use delivery::{Delivery, DeliveryState};
pub use schedule::{Jitter, next_try};

/// Whose order, and which.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DispatchKey {
    /// Whose.
    pub merchant_id: MerchantId,
    /// Which. A test event is about an order that there never was.
    pub order_id: OrderId,
}

/// All deliveries about one order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dispatch {
    /// About which order.
    pub key: DispatchKey,
    /// By endpoint, and for each in the order of its events.
    pub deliveries: Vec<Delivery>,
}

impl Dispatch {
    /// Nothing to deliver.
    pub const fn nothing(key: DispatchKey) -> Self {
        Self { key, deliveries: Vec::new() }
    }

    /// Means an event for every endpoint that wants it; gives whether any does.
    pub fn announce(&mut self, event: &Event, endpoints: &Endpoints, now: Timestamp) -> bool {
        let before = self.deliveries.len();
        for endpoint in &endpoints.list {
            if endpoint.state.is_meant() && endpoint.kinds.contains(event.kind) {
                self.add(endpoint.endpoint_id, event.number, now);
            }
        }
        self.deliveries.len() > before
    }

    /// Means an event for an endpoint, in its place among those that wait there already: a person may send an older one.
    pub fn add(&mut self, endpoint_id: EndpointId, event: i64, now: Timestamp) {
        self.deliveries.push(Delivery::new(endpoint_id, event, now));
        self.deliveries.sort_by_key(|delivery| (delivery.endpoint_id, delivery.event));
        self.line_up(endpoint_id, now);
    }

    /// The delivery of an event to an endpoint.
    pub fn find(&self, endpoint_id: EndpointId, event: i64) -> Option<&Delivery> {
        self.deliveries.iter().find(|delivery| (delivery.endpoint_id, delivery.event) == (endpoint_id, event))
    }

    /// Puts a delivery in the place of what it was.
    pub fn replace(&mut self, changed: Delivery, now: Timestamp) {
        let place = (changed.endpoint_id, changed.event);
        for delivery in &mut self.deliveries {
            if (delivery.endpoint_id, delivery.event) == place {
                *delivery = changed;
            }
        }
        self.line_up(changed.endpoint_id, now);
    }

    /// Makes the first that waits for an endpoint due if it isn't, and none behind it.
    fn line_up(&mut self, endpoint_id: EndpointId, now: Timestamp) {
        let mut is_first = true;
        for delivery in self.deliveries.iter_mut().filter(|delivery| delivery.endpoint_id == endpoint_id) {
            let is_waiting = delivery.state == DeliveryState::Pending;
            let next_at = if is_waiting && is_first { delivery.next_at.or(Some(now)) } else { None };
            if delivery.next_at != next_at {
                delivery.next_at = next_at;
                delivery.updated_at = now;
            }
            is_first &= !is_waiting;
        }
    }

    /// Whether anything is to be tried at an endpoint, now or later.
    pub fn is_due(&self, endpoint_id: EndpointId) -> bool {
        self.deliveries.iter().any(|delivery| delivery.endpoint_id == endpoint_id && delivery.next_at.is_some())
    }
}

impl Row for Dispatch {
    type Key = DispatchKey;
    const NAME: &'static str = "dispatch";

    fn key(&self) -> DispatchKey {
        self.key
    }

    fn changed_at(&self) -> Timestamp {
        self.deliveries.iter().map(|delivery| delivery.updated_at).max().unwrap_or_default()
    }
}
