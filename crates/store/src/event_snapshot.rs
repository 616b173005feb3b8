//! Questions about what merchants are told.

use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Delivery, Dispatch, DispatchKey};
use domain::endpoint::{Endpoint, Endpoints};
use domain::event::Event;
use domain::id::{EndpointId, MerchantId};
use domain::time::Timestamp;

use crate::StoreError;

/// Reads of one consistent moment about events and where they go.
pub trait EventSnapshot {
    /// Every merchant's endpoints; merchants without any are left out.
    fn all_endpoints(&mut self) -> Result<Vec<Endpoints>, StoreError>;
    /// A merchant's endpoints, in the order in which they were added.
    fn endpoints(&mut self, merchant_id: MerchantId) -> Result<Vec<Endpoint>, StoreError>;

    /// One event, if it is still kept.
    fn event(&mut self, merchant_id: MerchantId, number: i64) -> Result<Option<Event>, StoreError>;
    /// A merchant's events with numbers above `after` that happened at `since` or later, by number.
    fn events_after(
        &mut self,
        merchant_id: MerchantId,
        after: i64,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError>;
    /// A merchant's events with numbers below `before`, newest first.
    fn events_before(&mut self, merchant_id: MerchantId, before: i64, limit: u32) -> Result<Vec<Event>, StoreError>;

    /// What of an order's events goes where.
    fn dispatch(&mut self, key: DispatchKey) -> Result<Option<Dispatch>, StoreError>;
    /// What is to be tried at an endpoint by `until`, the longest due first.
    fn due_deliveries(
        &mut self,
        endpoint_id: EndpointId,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueDelivery>, StoreError>;
    /// Those of these endpoints for which something is due by `now`, each with the latest moment at which anything of that became due.
    fn latest_due(
        &mut self,
        endpoint_ids: &[EndpointId],
        now: Timestamp,
    ) -> Result<Vec<(EndpointId, Timestamp)>, StoreError>;
    /// The first moment after `now` at which something is to be tried at an endpoint.
    fn next_delivery_after(&mut self, endpoint_id: EndpointId, now: Timestamp)
    -> Result<Option<Timestamp>, StoreError>;
    /// The tries of one event at one endpoint, first to last.
    fn delivery_tries(
        &mut self,
        key: DispatchKey,
        endpoint_id: EndpointId,
        event: i64,
    ) -> Result<Vec<DeliveryTry>, StoreError>;
}

/// A delivery that is due, with what is to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueDelivery {
    /// About which order.
    pub key: DispatchKey,
    /// How far it has come.
    pub delivery: Delivery,
    /// What is sent.
    pub event: Event,
}
