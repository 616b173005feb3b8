//! Answers questions about events from one read transaction.

use std::collections::HashMap;

use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Dispatch, DispatchKey};
use domain::endpoint::{Endpoint, Endpoints};
use domain::event::Event;
use domain::id::{EndpointId, MerchantId};
use domain::time::Timestamp;

use crate::postgres::arrays::Arrays;
use crate::postgres::queries as q;
use crate::postgres::snapshot::PostgresSnapshot;
use crate::postgres::{dispatches, endpoints, sql};
use crate::rows::{DeliveryRow, Kept};
use crate::{DueDelivery, EventSnapshot, StoreError};

impl EventSnapshot for PostgresSnapshot {
    fn all_endpoints(&mut self) -> Result<Vec<Endpoints>, StoreError> {
        let rows = self.reading().list(&q::ENDPOINTS, &[])?;
        Ok(endpoints::by_merchant(rows, self.reading().list(&q::HEADERS, &[])?))
    }

    fn endpoints(&mut self, merchant_id: MerchantId) -> Result<Vec<Endpoint>, StoreError> {
        let rows = self.reading().list(&q::ENDPOINTS_OF_MERCHANT, &[&merchant_id.0])?;
        let headers = self.reading().list(&q::HEADERS_OF_MERCHANT, &[&merchant_id.0])?;
        Ok(endpoints::by_merchant(rows, headers).into_iter().flat_map(|endpoints| endpoints.list).collect())
    }

    fn event(&mut self, merchant_id: MerchantId, number: i64) -> Result<Option<Event>, StoreError> {
        Ok(self.load_all([&(merchant_id, number)])?.pop())
    }

    fn events_after(
        &mut self,
        merchant_id: MerchantId,
        after: i64,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        self.reading().list(&q::EVENTS_AFTER, &[&merchant_id.0, &after, &since.micros(), &i64::from(limit)])
    }

    fn events_before(&mut self, merchant_id: MerchantId, before: i64, limit: u32) -> Result<Vec<Event>, StoreError> {
        self.reading().list(&q::EVENTS_BEFORE, &[&merchant_id.0, &before, &i64::from(limit)])
    }

    fn dispatch(&mut self, key: DispatchKey) -> Result<Option<Dispatch>, StoreError> {
        let deliveries = &DeliveryRow::LAYOUT;
        let rows =
            self.reading().rows(&sql::load_parts(deliveries, 2), &Arrays::of_keys(deliveries, 2, [&key]).params())?;
        Ok(dispatches::by_key(rows).pop())
    }

    fn due_deliveries(
        &mut self,
        endpoint_id: EndpointId,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueDelivery>, StoreError> {
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
            [&endpoint_id.0, &until.micros(), &i64::from(limit)];
        let due: Vec<DeliveryRow> = self.reading().list(&q::DUE_DELIVERIES, &params)?;
        let keys: Vec<(MerchantId, i64)> = due.iter().map(|row| (row.key.merchant_id, row.delivery.event)).collect();
        let events: Vec<Event> = if keys.is_empty() { Vec::new() } else { self.load_all(&keys)? };
        let events: HashMap<(MerchantId, i64), Event> =
            events.into_iter().map(|event| ((event.merchant_id, event.number), event)).collect();
        due.into_iter()
            .map(|DeliveryRow { key, delivery }| {
                let event = events.get(&(key.merchant_id, delivery.event)).cloned();
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
        let wanted: Vec<i64> = endpoint_ids.iter().map(|endpoint_id| endpoint_id.0).collect();
        let rows = self.reading().ask(q::LATEST_DUE, &[&wanted, &now.micros()])?;
        let mut found = Vec::new();
        for row in rows {
            let (endpoint_id, latest): (i64, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
            found.extend(latest.map(|latest| (EndpointId(endpoint_id), Timestamp::from_micros(latest))));
        }
        Ok(found)
    }

    fn next_delivery_after(
        &mut self,
        endpoint_id: EndpointId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let rows = self.reading().ask(q::NEXT_DELIVERY, &[&endpoint_id.0, &now.micros()])?;
        let micros: Option<i64> = rows.first().map(|row| row.try_get(0)).transpose()?.flatten();
        Ok(micros.map(Timestamp::from_micros))
    }

    fn delivery_tries(
        &mut self,
        key: DispatchKey,
        endpoint_id: EndpointId,
        event: i64,
    ) -> Result<Vec<DeliveryTry>, StoreError> {
        self.reading().list(&q::TRIES_OF_DELIVERY, &[&key.merchant_id.0, &key.order_id.0, &endpoint_id.0, &event])
    }
}
