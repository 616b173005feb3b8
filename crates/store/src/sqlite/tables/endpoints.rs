//! Tables `endpoints` and `endpoint_headers`: where merchants are told of their orders.

use std::sync::Arc;

use domain::endpoint::{CustomHeader, Endpoint, Endpoints, Outage, PreviousSecret};
use domain::event::{EventKind, EventKinds};
use domain::id::{EndpointId, MerchantId};
use domain::merchant::Sealed;
use domain::row::Row as _;
use rusqlite::{Row, params};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table, lines};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

const TABLE: Table = Table { name: "endpoints", key_columns: 1 };
const HEADERS: Table = Table { name: "endpoint_headers", key_columns: 2 };

macro_rules! columns {
    () => {
        "endpoint_id, merchant_id, url, description, kinds, state, secret, previous_secret, previous_valid_until, \
         max_in_flight, rate_per_second, failing_since, failures_counted, failure_counted_at, created_at, updated_at"
    };
}

impl Stored for Endpoints {
    fn load(statements: &Statements<'_>, key: &MerchantId) -> Result<Option<Self>, StoreError> {
        let list = of_merchant(statements, *key)?;
        Ok((!list.is_empty()).then_some(Self { merchant_id: *key, list }))
    }

    /// A merchant has few, and they seldom change.
    fn save(&self, statements: &Statements<'_>, _is_stored: bool) -> Result<(), StoreError> {
        let merchant_id = self.key().0;
        let sql = "DELETE FROM endpoint_headers WHERE endpoint_id IN (SELECT endpoint_id FROM endpoints WHERE merchant_id = ?1)";
        statements.change(sql, [merchant_id])?;
        statements.change("DELETE FROM endpoints WHERE merchant_id = ?1", [merchant_id])?;
        self.list.iter().try_for_each(|endpoint| insert(statements, self.merchant_id, endpoint))
    }
}

fn insert(statements: &Statements<'_>, merchant_id: MerchantId, endpoint: &Endpoint) -> Result<(), StoreError> {
    let kinds: Vec<&str> = endpoint.kinds.iter().map(EventKind::name).collect();
    let previous = endpoint.previous_secret.as_ref();
    let outage = endpoint.outage.as_ref();
    let params = params![
        endpoint.endpoint_id.0,
        merchant_id.0,
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
        endpoint.updated_at.micros(),
    ];
    let sql = concat!(
        "INSERT INTO endpoints (",
        columns!(),
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    );
    statements.write(sql, params)?;
    for (position, header) in (0_i64..).zip(&endpoint.headers) {
        let sql = "INSERT INTO endpoint_headers (endpoint_id, position, name, value) VALUES (?1, ?2, ?3, ?4)";
        statements.write(sql, params![endpoint.endpoint_id.0, position, header.name, header.value.0])?;
    }
    Ok(())
}

/// A merchant's, in the order in which they were added.
pub fn of_merchant(statements: &Statements<'_>, merchant_id: MerchantId) -> Result<Vec<Endpoint>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM endpoints WHERE merchant_id = ?1 ORDER BY endpoint_id");
    let found = statements.list(sql, [merchant_id.0], |row| decode(statements, row))?;
    Ok(found.into_iter().map(|(_, endpoint)| endpoint).collect())
}

/// Everybody's, by merchant.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Endpoints>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM endpoints ORDER BY merchant_id, endpoint_id");
    let mut all: Vec<Endpoints> = Vec::new();
    for (merchant_id, endpoint) in statements.list(sql, [], |row| decode(statements, row))? {
        match all.last_mut().filter(|last| last.merchant_id == merchant_id) {
            Some(last) => last.list.push(endpoint),
            None => all.push(Endpoints { merchant_id, list: vec![endpoint] }),
        }
    }
    Ok(all)
}

/// The highest number of an endpoint, or 0.
pub fn highest_id(statements: &Statements<'_>) -> Result<i64, StoreError> {
    let highest =
        statements.find("SELECT max(endpoint_id) FROM endpoints", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(highest.flatten().unwrap_or(0))
}

fn decode(statements: &Statements<'_>, row: &Row<'_>) -> Result<(MerchantId, Endpoint), StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    let endpoint_id = EndpointId(fields.integer("endpoint_id")?);
    let merchant_id = MerchantId(fields.integer("merchant_id")?);
    let endpoint = Endpoint {
        endpoint_id,
        url: fields.text("url")?,
        description: fields.text("description")?,
        kinds: kinds(&mut fields)?,
        state: fields.coded("state")?,
        secret: Sealed(fields.bytes("secret")?),
        previous_secret: previous_secret(&mut fields)?,
        headers: headers(statements, endpoint_id)?,
        max_in_flight: fields.integer("max_in_flight")?,
        rate_per_second: fields.optional_integer("rate_per_second")?,
        outage: outage(&mut fields)?,
        created_at: fields.moment("created_at")?,
        updated_at: fields.moment("updated_at")?,
    };
    Ok((merchant_id, endpoint))
}

fn kinds(fields: &mut Fields<'_>) -> Result<EventKinds, StoreError> {
    let names: Vec<Arc<str>> = fields.lines("kinds")?;
    let kinds: Option<Vec<EventKind>> = names.iter().map(|name| EventKind::parse(name)).collect();
    kinds.map(EventKinds::of).ok_or_else(|| fields.corrupt("kinds"))
}

fn previous_secret(fields: &mut Fields<'_>) -> Result<Option<PreviousSecret>, StoreError> {
    match (fields.optional_bytes("previous_secret")?, fields.optional_moment("previous_valid_until")?) {
        (None, None) => Ok(None),
        (Some(secret), Some(valid_until)) => Ok(Some(PreviousSecret { secret: Sealed(secret), valid_until })),
        _ => Err(fields.corrupt("previous_valid_until")),
    }
}

fn outage(fields: &mut Fields<'_>) -> Result<Option<Outage>, StoreError> {
    let since = fields.optional_moment("failing_since")?;
    let counted = fields.optional_integer("failures_counted")?;
    match (since, counted, fields.optional_moment("failure_counted_at")?) {
        (None, None, None) => Ok(None),
        (Some(since), Some(counted), Some(counted_at)) => Ok(Some(Outage { since, counted, counted_at })),
        _ => Err(fields.corrupt("failure_counted_at")),
    }
}

fn headers(statements: &Statements<'_>, endpoint_id: EndpointId) -> Result<Vec<CustomHeader>, StoreError> {
    let sql =
        "SELECT endpoint_id, position, name, value FROM endpoint_headers WHERE endpoint_id = ?1 ORDER BY position";
    statements.list(sql, [endpoint_id.0], |row| {
        let mut fields = Fields::of(&HEADERS, row);
        fields.integer::<i64>("endpoint_id")?;
        fields.integer::<i64>("position")?;
        Ok(CustomHeader { name: fields.text("name")?, value: Sealed(fields.bytes("value")?) })
    })
}
