//! What may be changed about an endpoint.

use std::sync::Arc;

use super::{CustomHeader, Endpoint, EndpointState, PreviousSecret};
use crate::event::EventKinds;
use crate::merchant::Sealed;
use crate::time::Timestamp;

/// One change.
#[derive(Clone, Debug)]
pub enum EndpointChange {
    /// Another address. Whether the old one failed says nothing about it.
    Url(Arc<str>),
    /// Another description.
    Description(Arc<str>),
    /// Other events from now on.
    Kinds(EventKinds),
    /// Other headers, all of them.
    Headers(Vec<CustomHeader>),
    /// How many deliveries may be under way at once; at least 1.
    MaxInFlight(u32),
    /// Deliveries a second at most.
    RatePerSecond(Option<u32>),
    /// A new secret; the old one signs beside it until the given moment.
    Secret(Sealed, Timestamp),
    /// Deliver to it (again): what waits for it goes now.
    SwitchOn,
    /// Deliver nothing to it.
    SwitchOff,
}

impl EndpointChange {
    /// Makes the change.
    pub fn make(&self, endpoint: &mut Endpoint) {
        match self {
            Self::Url(url) => {
                endpoint.url = url.clone();
                endpoint.outage = None;
            }
            Self::Description(description) => endpoint.description = description.clone(),
            Self::Kinds(kinds) => endpoint.kinds = *kinds,
            Self::Headers(headers) => endpoint.headers.clone_from(headers),
            Self::MaxInFlight(count) => endpoint.max_in_flight = (*count).max(1),
            Self::RatePerSecond(rate) => endpoint.rate_per_second = *rate,
            Self::Secret(secret, previous_valid_until) => {
                let old = std::mem::replace(&mut endpoint.secret, secret.clone());
                endpoint.previous_secret = Some(PreviousSecret { secret: old, valid_until: *previous_valid_until });
            }
            Self::SwitchOn => {
                endpoint.state = EndpointState::On;
                endpoint.outage = None;
            }
            Self::SwitchOff => endpoint.state = EndpointState::Off,
        }
    }
}
