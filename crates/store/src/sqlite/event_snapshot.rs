//! Answers questions about events from one read transaction.

use std::ops::Deref;

use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Dispatch, DispatchKey};
use domain::endpoint::{Endpoint, Endpoints};
use domain::event::Event;
use domain::id::{EndpointId, MerchantId};
use domain::time::Timestamp;
use rusqlite::Connection;

use crate::sqlite::snapshot::SqliteSnapshot;
use crate::sqlite::tables::{Stored, deliveries, delivery_tries, endpoints, events};
use crate::{DueDelivery, EventSnapshot, StoreError};

impl<C: Deref<Target = Connection>> EventSnapshot for SqliteSnapshot<C> {
    fn all_endpoints(&mut self) -> Result<Vec<Endpoints>, StoreError> {
        endpoints::all(&self.statements())
    }

    fn endpoints(&mut self, merchant_id: MerchantId) -> Result<Vec<Endpoint>, StoreError> {
        endpoints::of_merchant(&self.statements(), merchant_id)
    }

    fn event(&mut self, merchant_id: MerchantId, number: i64) -> Result<Option<Event>, StoreError> {
        events::numbered(&self.statements(), merchant_id, number)
    }

    fn events_after(
        &mut self,
        merchant_id: MerchantId,
        after: i64,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        events::after(&self.statements(), merchant_id, after, since, limit)
    }

    fn events_before(&mut self, merchant_id: MerchantId, before: i64, limit: u32) -> Result<Vec<Event>, StoreError> {
        events::before(&self.statements(), merchant_id, before, limit)
    }

    fn dispatch(&mut self, key: DispatchKey) -> Result<Option<Dispatch>, StoreError> {
        Dispatch::load(&self.statements(), &key)
    }

    fn due_deliveries(
        &mut self,
        endpoint_id: EndpointId,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueDelivery>, StoreError> {
        let due = deliveries::due(&self.statements(), endpoint_id, until, limit)?;
        due.into_iter()
            .map(|(key, delivery)| {
                let event = events::numbered(&self.statements(), key.merchant_id, delivery.event)?;
                let event = event.ok_or_else(|| StoreError::Corrupt {
                    table: "deliveries",
                    column: "event",
                    id: format!("{}/{endpoint_id}/{}", key.order_id, delivery.event),
                })?;
                Ok(DueDelivery { key, delivery, event })
            })
            .collect()
    }

    fn latest_due(
        &mut self,
        endpoint_ids: &[EndpointId],
        now: Timestamp,
    ) -> Result<Vec<(EndpointId, Timestamp)>, StoreError> {
        let mut found = Vec::new();
        for &endpoint_id in endpoint_ids {
            let latest = deliveries::latest_due(&self.statements(), endpoint_id, now)?;
            found.extend(latest.map(|latest| (endpoint_id, latest)));
        }
        Ok(found)
    }

    fn next_delivery_after(
        &mut self,
        endpoint_id: EndpointId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        deliveries::next_after(&self.statements(), endpoint_id, now)
    }

    fn delivery_tries(
        &mut self,
        key: DispatchKey,
        endpoint_id: EndpointId,
        event: i64,
    ) -> Result<Vec<DeliveryTry>, StoreError> {
        delivery_tries::of_delivery(&self.statements(), key, endpoint_id, event)
    }
}
