//! A dispatch is all deliveries of an order.

use std::collections::BTreeMap;

use domain::dispatch::{Delivery, Dispatch, DispatchKey};

use crate::rows::DeliveryRow;

/// Dispatches out of their deliveries, which come in any order.
pub fn by_key(rows: Vec<DeliveryRow>) -> Vec<Dispatch> {
    let mut all: BTreeMap<DispatchKey, Vec<Delivery>> = BTreeMap::new();
    for DeliveryRow { key, delivery } in rows {
        all.entry(key).or_default().push(delivery);
    }
    all.into_iter()
        .map(|(key, mut deliveries)| {
            deliveries.sort_unstable_by_key(|delivery| (delivery.endpoint_id, delivery.event));
            Dispatch { key, deliveries }
        })
        .collect()
}

/// Their deliveries, as rows.
pub fn rows_of<'a>(all: impl IntoIterator<Item = &'a Dispatch>) -> Vec<DeliveryRow> {
    let rows = |dispatch: &'a Dispatch| {
        dispatch.deliveries.iter().map(|delivery| DeliveryRow { key: dispatch.key, delivery: *delivery })
    };
    all.into_iter().flat_map(rows).collect()
}
