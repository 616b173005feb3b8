//! Answers questions about events from one state.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Included, Unbounded};

use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Delivery, Dispatch, DispatchKey};
use domain::endpoint::{Endpoint, Endpoints};
use domain::event::Event;
use domain::id::{EndpointId, MerchantId};
use domain::time::Timestamp;

use crate::memory::snapshot::{MemorySnapshot, whole};
use crate::mutation_pages::first_number;
use crate::{DueDelivery, EventSnapshot, StoreError};

impl EventSnapshot for MemorySnapshot {
    fn all_endpoints(&mut self) -> Result<Vec<Endpoints>, StoreError> {
        Ok(self.state().endpoints.values().filter(|endpoints| !endpoints.list.is_empty()).cloned().collect())
    }

    fn endpoints(&mut self, merchant_id: MerchantId) -> Result<Vec<Endpoint>, StoreError> {
        Ok(self.state().endpoints.get(&merchant_id).map(|endpoints| endpoints.list.clone()).unwrap_or_default())
    }

    fn event(&mut self, merchant_id: MerchantId, number: i64) -> Result<Option<Event>, StoreError> {
        Ok(self.state().events.get(&(merchant_id, number)).cloned())
    }

    fn events_after(
        &mut self,
        merchant_id: MerchantId,
        after: i64,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        let events = &self.state().events;
        let mut after = after;
        if since > Timestamp::default() {
            let all = events.range((merchant_id, i64::MIN)..=(merchant_id, i64::MAX));
            let newest = all.last().map_or(0, |((_, number), _)| *number);
            // What is forgotten already happened before all that is kept.
            let is_behind = |number| Ok(events.get(&(merchant_id, number)).is_some_and(|one| one.created_at >= since));
            after = first_number(after.saturating_add(1)..=newest, is_behind)?.saturating_sub(1);
        }
        let range = (Excluded((merchant_id, after)), Included((merchant_id, i64::MAX)));
        Ok(events.range(range).map(|(_, event)| event).take(whole(limit)).cloned().collect())
    }

    fn events_before(&mut self, merchant_id: MerchantId, before: i64, limit: u32) -> Result<Vec<Event>, StoreError> {
        let range = (Included((merchant_id, i64::MIN)), Excluded((merchant_id, before)));
        let events = self.state().events.range(range).map(|(_, event)| event);
        Ok(events.rev().take(whole(limit)).cloned().collect())
    }

    fn dispatch(&mut self, key: DispatchKey) -> Result<Option<Dispatch>, StoreError> {
        Ok(self.state().dispatches.get(&key).cloned())
    }

    fn due_deliveries(
        &mut self,
        endpoint_id: EndpointId,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueDelivery>, StoreError> {
        let mut due: Vec<(DispatchKey, Delivery)> = Vec::new();
        for dispatch in self.state().dispatches.values() {
            let of_endpoint = dispatch.deliveries.iter().filter(|delivery| delivery.endpoint_id == endpoint_id);
            let of_time = of_endpoint.filter(|delivery| delivery.next_at.is_some_and(|at| at <= until));
            due.extend(of_time.map(|delivery| (dispatch.key, *delivery)));
        }
        due.sort_by_key(|(_, delivery)| delivery.next_at);
        due.truncate(whole(limit));
        due.into_iter()
            .map(|(key, delivery)| {
                let event = self.state().events.get(&(key.merchant_id, delivery.event)).cloned();
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
        let mut latest: BTreeMap<EndpointId, Timestamp> = BTreeMap::new();
        for delivery in self.state().dispatches.values().flat_map(|dispatch| &dispatch.deliveries) {
            let is_asked_about = endpoint_ids.contains(&delivery.endpoint_id);
            if let Some(at) = delivery.next_at.filter(|at| is_asked_about && *at <= now) {
                let latest = latest.entry(delivery.endpoint_id).or_insert(at);
                *latest = at.max(*latest);
            }
        }
        Ok(latest.into_iter().collect())
    }

    fn next_delivery_after(
        &mut self,
        endpoint_id: EndpointId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let deliveries = self.state().dispatches.values().flat_map(|dispatch| &dispatch.deliveries);
        let of_endpoint = deliveries.filter(|delivery| delivery.endpoint_id == endpoint_id);
        Ok(of_endpoint.filter_map(|delivery| delivery.next_at).filter(|at| *at > now).min())
    }

    fn delivery_tries(
        &mut self,
        key: DispatchKey,
        endpoint_id: EndpointId,
        event: i64,
    ) -> Result<Vec<DeliveryTry>, StoreError> {
        let first = (key.order_id, endpoint_id, event, 0);
        let tries = self.state().tries.range((Included(first), Unbounded)).map(|(_, made)| made);
        let of_delivery = |made: &&DeliveryTry| (made.key, made.endpoint_id, made.event) == (key, endpoint_id, event);
        Ok(tries.take_while(of_delivery).cloned().collect())
    }
}
