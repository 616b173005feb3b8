//! Endpoints come from two tables.

use std::collections::BTreeMap;

use domain::endpoint::Endpoints;
use domain::id::MerchantId;

use crate::rows::{EndpointRow, HeaderRow};

/// Everybody's endpoints with their headers, by merchant, out of rows that come in any order.
pub fn by_merchant(mut rows: Vec<EndpointRow>, mut headers: Vec<HeaderRow>) -> Vec<Endpoints> {
    rows.sort_unstable_by_key(|row| row.endpoint.endpoint_id);
    headers.sort_unstable_by_key(|row| row.position);
    let mut all: BTreeMap<MerchantId, Endpoints> = BTreeMap::new();
    for EndpointRow { merchant_id, endpoint } in rows {
        all.entry(merchant_id).or_insert_with(|| Endpoints { merchant_id, list: Vec::new() }).list.push(endpoint);
    }
    for HeaderRow { merchant_id, endpoint_id, header, .. } in headers {
        let list = all.get_mut(&merchant_id).map(|endpoints| &mut endpoints.list);
        let endpoint = list.and_then(|list| list.iter_mut().find(|endpoint| endpoint.endpoint_id == endpoint_id));
        if let Some(endpoint) = endpoint {
            endpoint.headers.push(header);
        }
    }
    all.into_values().collect()
}

/// As rows, without their headers.
pub fn rows_of<'a>(all: impl IntoIterator<Item = &'a Endpoints>) -> Vec<EndpointRow> {
    let rows = |endpoints: &'a Endpoints| {
        let merchant_id = endpoints.merchant_id;
        endpoints.list.iter().map(move |endpoint| EndpointRow { merchant_id, endpoint: endpoint.clone() })
    };
    all.into_iter().flat_map(rows).collect()
}

/// Their headers, as rows.
pub fn headers_of<'a>(all: impl IntoIterator<Item = &'a Endpoints>) -> Vec<HeaderRow> {
    let mut rows = Vec::new();
    for endpoints in all {
        for endpoint in &endpoints.list {
            rows.extend((0..).zip(&endpoint.headers).map(|(position, header)| HeaderRow {
                merchant_id: endpoints.merchant_id,
                endpoint_id: endpoint.endpoint_id,
                position,
                header: header.clone(),
            }));
        }
    }
    rows
}
