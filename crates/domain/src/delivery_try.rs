//! One try of a delivery: what the receiver answered, for whoever looks for what went wrong.

use std::sync::Arc;
use std::time::Duration;

use crate::dispatch::DispatchKey;
use crate::id::EndpointId;
use crate::time::Timestamp;

/// A request to an endpoint and what came of it. Nothing that was added is ever changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeliveryTry {
    /// About which order.
    pub key: DispatchKey,
    /// At which endpoint.
    pub endpoint_id: EndpointId,
    /// Of which of the merchant's events.
    pub event: i64,
    /// 1 for the first try of this delivery.
    pub number: u32,
    /// When it began.
    pub began_at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// The HTTP status, if one came.
    pub status: Option<u16>,
    /// What the receiver answered, as far as it was read and is kept.
    pub answer: Arc<[u8]>,
    /// What went wrong, if there was no answer to its end.
    pub fault: Option<Arc<str>>,
    /// When it is tried next, if it is.
    pub next_at: Option<Timestamp>,
}
