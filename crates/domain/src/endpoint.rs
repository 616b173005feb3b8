//! Where a merchant wants to be told of its orders.

mod change;
pub mod limits;
mod outage;

use std::sync::Arc;

use crate::event::EventKinds;
use crate::id::{EndpointId, MerchantId};
use crate::merchant::Sealed;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::time::Timestamp;

pub use change::EndpointChange;
pub use outage::Outage;

/// How many endpoints a merchant may have.
pub const MOST_ENDPOINTS: usize = 10;
/// How many deliveries may be under way to an endpoint at once, unless its owner says otherwise.
pub const MAX_IN_FLIGHT: u32 = 8;

/// Whether an endpoint is delivered to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EndpointState {
    /// It is.
    On,
    /// Its owner switched it off: what happens meanwhile is not delivered later either.
    Off,
    /// It answered 410: it wants no more. What was to be delivered waits for its owner.
    Gone,
    /// It failed for five days. What was to be delivered waits for its owner.
    Failing,
}

impl EndpointState {
    /// Whether it was disabled by what it answered, or didn't.
    pub const fn is_disabled(self) -> bool {
        matches!(self, Self::Gone | Self::Failing)
    }

    /// Whether events are meant for it, now or when it is mended.
    pub const fn is_meant(self) -> bool {
        !matches!(self, Self::Off)
    }
}

/// A secret that was replaced and still signs beside the new one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreviousSecret {
    /// The old one.
    pub secret: Sealed,
    /// Until then.
    pub valid_until: Timestamp,
}

/// A header that its owner wants to see with each delivery. The value may be a secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CustomHeader {
    /// Its name.
    pub name: Arc<str>,
    /// Its value.
    pub value: Sealed,
}

/// One address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Endpoint {
    /// Made by Loket.
    pub endpoint_id: EndpointId,
    /// Where.
    pub url: Arc<str>,
    /// What its owner calls it; may be empty.
    pub description: Arc<str>,
    /// What it wants to hear of.
    pub kinds: EventKinds,
    /// Whether it is delivered to.
    pub state: EndpointState,
    /// Signs by the Standard Webhooks specification.
    pub secret: Sealed,
    /// The secret before the last rotation, while it still signs.
    pub previous_secret: Option<PreviousSecret>,
    /// Headers that are sent besides.
    pub headers: Vec<CustomHeader>,
    /// How many deliveries may be under way at once.
    pub max_in_flight: u32,
    /// Deliveries a second at most; `None`: as many as it takes.
    pub rate_per_second: Option<u32>,
    /// Every delivery fails; `None`: the last one succeeded, or there was none.
    pub outage: Option<Outage>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Endpoint {
    /// An endpoint with the usual terms.
    pub fn new(endpoint_id: EndpointId, url: Arc<str>, secret: Sealed, now: Timestamp) -> Self {
        Self {
            endpoint_id,
            url,
            description: Arc::default(),
            kinds: EventKinds::default(),
            state: EndpointState::On,
            secret,
            previous_secret: None,
            headers: Vec::new(),
            max_in_flight: MAX_IN_FLIGHT,
            rate_per_second: None,
            outage: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// A delivery succeeded.
    pub const fn note_success(&mut self, now: Timestamp) {
        if self.outage.take().is_some() {
            self.updated_at = now;
        }
    }

    /// Since when every delivery fails.
    pub fn failing_since(&self) -> Option<Timestamp> {
        self.outage.map(|outage| outage.since)
    }

    /// A delivery failed; after five days of nothing else the endpoint is disabled.
    pub fn note_failure(&mut self, now: Timestamp) {
        let outage = self.outage.get_or_insert_with(|| {
            self.updated_at = now;
            Outage::begin(now)
        });
        outage.note_failure(now);
        if self.state == EndpointState::On && outage.is_lasting(now) {
            self.state = EndpointState::Failing;
            self.updated_at = now;
        }
    }

    /// It answered 410.
    pub fn note_gone(&mut self, now: Timestamp) {
        if self.state == EndpointState::On {
            self.state = EndpointState::Gone;
            self.updated_at = now;
        }
    }
}

/// All endpoints of a merchant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Endpoints {
    /// Whose.
    pub merchant_id: MerchantId,
    /// By number, which is the order in which they were made.
    pub list: Vec<Endpoint>,
}

impl Endpoints {
    /// None yet.
    pub const fn none(merchant_id: MerchantId) -> Self {
        Self { merchant_id, list: Vec::new() }
    }

    /// Whether they are no more than a merchant may have, each with an address of its own: a receiver that is entered twice would hear
    /// everything twice.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.list.len() > MOST_ENDPOINTS {
            return Err(Refusal::TooManyEndpoints);
        }
        let mut urls: Vec<&str> = self.list.iter().map(|endpoint| endpoint.url.as_ref()).collect();
        urls.sort_unstable();
        if urls.windows(2).any(|pair| pair.first() == pair.last()) { Err(Refusal::EndpointExists) } else { Ok(()) }
    }

    /// The one with that number.
    pub fn find(&self, endpoint_id: EndpointId) -> Option<&Endpoint> {
        self.list.iter().find(|endpoint| endpoint.endpoint_id == endpoint_id)
    }

    /// The same, to be changed.
    pub fn find_mut(&mut self, endpoint_id: EndpointId) -> Option<&mut Endpoint> {
        self.list.iter_mut().find(|endpoint| endpoint.endpoint_id == endpoint_id)
    }
}

impl Row for Endpoints {
    type Key = MerchantId;
    const NAME: &'static str = "endpoints";

    fn key(&self) -> MerchantId {
        self.merchant_id
    }

    fn changed_at(&self) -> Timestamp {
        self.list.iter().map(|endpoint| endpoint.updated_at).max().unwrap_or_default()
    }
}
