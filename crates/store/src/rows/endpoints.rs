//! Tables `endpoints` and `endpoint_headers`: where merchants are told of their orders.

use std::sync::Arc;

use domain::endpoint::{CustomHeader, Endpoint, Outage, PreviousSecret};
use domain::event::{EventKind, EventKinds};
use domain::id::{EndpointId, MerchantId};
use domain::merchant::Sealed;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table, lines};
use crate::rows::Kind::{Bytes, Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

/// An endpoint without its headers, which have a table of their own.
#[derive(Debug)]
pub struct EndpointRow {
    /// Whose.
    pub merchant_id: MerchantId,
    /// Where.
    pub endpoint: Endpoint,
}

impl Kept for EndpointRow {
    const LAYOUT: Layout = Layout {
        table: Table { name: "endpoints", key_columns: 1 },
        columns: &[
            ("endpoint_id", Integer),
            ("merchant_id", Integer),
            ("url", Text),
            ("description", Text),
            ("kinds", Text),
            ("state", Integer),
            ("secret", Bytes),
            ("previous_secret", Bytes),
            ("previous_valid_until", Integer),
            ("max_in_flight", Integer),
            ("rate_per_second", Integer),
            ("failing_since", Integer),
            ("failures_counted", Integer),
            ("failure_counted_at", Integer),
            ("created_at", Integer),
            ("updated_at", Integer),
        ],
        key: &["merchant_id", "endpoint_id"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        let endpoint = &self.endpoint;
        let kinds: Vec<&str> = endpoint.kinds.iter().map(EventKind::name).collect();
        let previous = endpoint.previous_secret.as_ref();
        let outage = endpoint.outage.as_ref();
        put!(
            row,
            endpoint.endpoint_id.0,
            self.merchant_id.0,
            endpoint.url,
            endpoint.description,
            lines(&kinds)?,
            endpoint.state.code(),
            endpoint.secret.0,
            previous.map(|previous| &previous.secret.0),
            previous.map(|previous| previous.valid_until.micros()),
            endpoint.max_in_flight,
            endpoint.rate_per_second,
            outage.map(|outage| outage.since.micros()),
            outage.map(|outage| outage.counted),
            outage.map(|outage| outage.counted_at.micros()),
            endpoint.created_at.micros(),
            endpoint.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        let endpoint_id = EndpointId(fields.integer("endpoint_id")?);
        let merchant_id = MerchantId(fields.integer("merchant_id")?);
        let endpoint = Endpoint {
            endpoint_id,
            url: fields.text("url")?,
            description: fields.text("description")?,
            kinds: kinds(fields)?,
            state: fields.coded("state")?,
            secret: Sealed(fields.bytes("secret")?),
            previous_secret: previous_secret(fields)?,
            headers: Vec::new(),
            max_in_flight: fields.integer("max_in_flight")?,
            rate_per_second: fields.optional_integer("rate_per_second")?,
            outage: outage(fields)?,
            created_at: fields.moment("created_at")?,
            updated_at: fields.moment("updated_at")?,
        };
        Ok(Self { merchant_id, endpoint })
    }
}

/// A header that an endpoint's owner wants to see.
#[derive(Debug)]
pub struct HeaderRow {
    /// Whose.
    pub merchant_id: MerchantId,
    /// At which endpoint.
    pub endpoint_id: EndpointId,
    /// Where it stands among them, from 0.
    pub position: i64,
    /// The header.
    pub header: CustomHeader,
}

impl Kept for HeaderRow {
    const LAYOUT: Layout = Layout {
        table: Table { name: "endpoint_headers", key_columns: 3 },
        columns: &[
            ("merchant_id", Integer),
            ("endpoint_id", Integer),
            ("position", Integer),
            ("name", Text),
            ("value", Bytes),
        ],
        key: &["merchant_id", "endpoint_id", "position"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(row, self.merchant_id.0, self.endpoint_id.0, self.position, self.header.name, self.header.value.0);
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            merchant_id: MerchantId(fields.integer("merchant_id")?),
            endpoint_id: EndpointId(fields.integer("endpoint_id")?),
            position: fields.integer("position")?,
            header: CustomHeader { name: fields.text("name")?, value: Sealed(fields.bytes("value")?) },
        })
    }
}

fn kinds<R: Cells>(fields: &mut Fields<'_, R>) -> Result<EventKinds, StoreError> {
    let names: Vec<Arc<str>> = fields.lines("kinds")?;
    let kinds: Option<Vec<EventKind>> = names.iter().map(|name| EventKind::parse(name)).collect();
    kinds.map(EventKinds::of).ok_or_else(|| fields.corrupt("kinds"))
}

fn previous_secret<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Option<PreviousSecret>, StoreError> {
    match (fields.optional_bytes("previous_secret")?, fields.optional_moment("previous_valid_until")?) {
        (None, None) => Ok(None),
        (Some(secret), Some(valid_until)) => Ok(Some(PreviousSecret { secret: Sealed(secret), valid_until })),
        _ => Err(fields.corrupt("previous_valid_until")),
    }
}

fn outage<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Option<Outage>, StoreError> {
    let since = fields.optional_moment("failing_since")?;
    let counted = fields.optional_integer("failures_counted")?;
    match (since, counted, fields.optional_moment("failure_counted_at")?) {
        (None, None, None) => Ok(None),
        (Some(since), Some(counted), Some(counted_at)) => Ok(Some(Outage { since, counted, counted_at })),
        _ => Err(fields.corrupt("failure_counted_at")),
    }
}
