//! Table `deliveries`: which event is meant for which endpoint. A dispatch is all rows of an order.

use domain::dispatch::{Delivery, Dispatch, DispatchKey};
use domain::id::{EndpointId, MerchantId, OrderId};
use domain::time::Timestamp;
use rusqlite::{Row, params};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

const TABLE: Table = Table { name: "deliveries", key_columns: 3 };

macro_rules! columns {
    () => {
        "order_id, endpoint_id, event, merchant_id, state, tries, tries_on_schedule, first_tried_at, next_at, updated_at"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM deliveries ", $rest)
    };
}

impl Stored for Dispatch {
    fn load(statements: &Statements<'_>, key: &DispatchKey) -> Result<Option<Self>, StoreError> {
        // Sorted here: with an ORDER BY, SQLite prepares this statement anew for another value, and every answer asks it.
        let rows = statements.list(select!("WHERE order_id = ?1"), [key.order_id.0], decode)?;
        let mut deliveries: Vec<Delivery> =
            rows.into_iter().filter(|(of, _)| of == key).map(|(_, delivery)| delivery).collect();
        deliveries.sort_unstable_by_key(|delivery| (delivery.endpoint_id, delivery.event));
        Ok((!deliveries.is_empty()).then_some(Self { key: *key, deliveries }))
    }

    fn save(&self, statements: &Statements<'_>, _is_stored: bool) -> Result<(), StoreError> {
        self.deliveries.iter().try_for_each(|delivery| save_one(statements, &self.key, delivery))
    }
}

fn save_one(statements: &Statements<'_>, key: &DispatchKey, delivery: &Delivery) -> Result<(), StoreError> {
    let params = params![
        key.order_id.0,
        delivery.endpoint_id.0,
        delivery.event,
        key.merchant_id.0,
        delivery.state.code(),
        delivery.tries,
        delivery.tries_on_schedule,
        delivery.first_tried_at.map(Timestamp::micros),
        delivery.next_at.map(Timestamp::micros),
        delivery.updated_at.micros(),
    ];
    let sql = concat!(
        "INSERT INTO deliveries (",
        columns!(),
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (order_id, endpoint_id, event) DO UPDATE SET state = ?5, \
         tries = ?6, tries_on_schedule = ?7, first_tried_at = ?8, next_at = ?9, updated_at = ?10"
    );
    statements.write(sql, params)
}

/// Those of an endpoint that are to be tried by `until`, the longest due first.
pub fn due(
    statements: &Statements<'_>,
    endpoint_id: EndpointId,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<(DispatchKey, Delivery)>, StoreError> {
    let sql = select!(
        "INDEXED BY deliveries_due WHERE endpoint_id = ?1 AND next_at IS NOT NULL AND next_at <= ?2 ORDER BY next_at LIMIT ?3"
    );
    statements.list(sql, params![endpoint_id.0, until.micros(), limit], decode)
}

/// The first moment after `now` at which one is to be tried.
pub fn next_after(
    statements: &Statements<'_>,
    endpoint_id: EndpointId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT min(next_at) FROM deliveries INDEXED BY deliveries_due \
               WHERE endpoint_id = ?1 AND next_at IS NOT NULL AND next_at > ?2";
    let micros = statements.find(sql, [endpoint_id.0, now.micros()], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(micros.flatten().map(Timestamp::from_micros))
}

/// The highest number of an order about which anything is delivered, or 0. Test events are about orders that there never were.
pub fn highest_order_id(statements: &Statements<'_>) -> Result<i64, StoreError> {
    let highest =
        statements.find("SELECT max(order_id) FROM deliveries", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(highest.flatten().unwrap_or(0))
}

fn decode(row: &Row<'_>) -> Result<(DispatchKey, Delivery), StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    let order_id = OrderId(fields.integer("order_id")?);
    let endpoint_id = EndpointId(fields.integer("endpoint_id")?);
    let event = fields.integer("event")?;
    let key = DispatchKey { merchant_id: MerchantId(fields.integer("merchant_id")?), order_id };
    let delivery = Delivery {
        endpoint_id,
        event,
        state: fields.coded("state")?,
        tries: fields.integer("tries")?,
        tries_on_schedule: fields.integer("tries_on_schedule")?,
        first_tried_at: fields.optional_moment("first_tried_at")?,
        next_at: fields.optional_moment("next_at")?,
        updated_at: fields.moment("updated_at")?,
    };
    Ok((key, delivery))
}
