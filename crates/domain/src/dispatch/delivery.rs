//! One event on its way to one endpoint.

use crate::id::EndpointId;
use crate::time::Timestamp;

/// How far a delivery has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DeliveryState {
    /// It is to be delivered.
    Pending,
    /// The receiver acknowledged it.
    Delivered,
    /// Nobody tries any more, unless a person asks for it.
    GivenUp,
}

/// An event that is meant for an endpoint.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// For which endpoint.
    pub endpoint_id: EndpointId,
    /// Which of the merchant's events, by its number.
    pub event: i64,
    /// How far it has come.
    pub state: DeliveryState,
    /// How often it was tried, ever.
    pub tries: u32,
    /// How often it was tried since the schedule began (again).
    pub tries_on_schedule: u32,
    /// When the schedule began: at the first try.
    pub first_tried_at: Option<Timestamp>,
    /// When it is tried next; `None`: it waits for an earlier event, or it is over.
    pub next_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Delivery {
    /// An event that was not tried yet, and is not due.
    pub const fn new(endpoint_id: EndpointId, event: i64, now: Timestamp) -> Self {
        Self {
            endpoint_id,
            event,
            state: DeliveryState::Pending,
            tries: 0,
            tries_on_schedule: 0,
            first_tried_at: None,
            next_at: None,
            updated_at: now,
        }
    }

    /// The same from the beginning, at the next opportunity.
    #[must_use]
    pub const fn anew(self, now: Timestamp) -> Self {
        Self { tries: self.tries, next_at: Some(now), ..Self::new(self.endpoint_id, self.event, now) }
    }
}
