//! Table `deliveries`: which event is meant for which endpoint. A dispatch is all rows of an order.

use domain::dispatch::{Delivery, Dispatch, DispatchKey};
use domain::id::EndpointId;
use domain::time::Timestamp;
use rusqlite::params;

use crate::StoreError;
use crate::rows::DeliveryRow;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

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
        let rows: Vec<DeliveryRow> =
            statements.list(select!("WHERE order_id = ?1 ORDER BY endpoint_id, event"), [key.order_id.0], row_of)?;
        let deliveries: Vec<Delivery> =
            rows.into_iter().filter(|row| row.key == *key).map(|row| row.delivery).collect();
        Ok((!deliveries.is_empty()).then_some(Self { key: *key, deliveries }))
    }

    fn save(&self, statements: &Statements<'_>, _is_stored: bool) -> Result<(), StoreError> {
        let sql = concat!(
            "INSERT INTO deliveries (",
            columns!(),
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (order_id, endpoint_id, event) DO UPDATE SET state = ?5, \
             tries = ?6, tries_on_schedule = ?7, first_tried_at = ?8, next_at = ?9, updated_at = ?10"
        );
        let rows = self.deliveries.iter().map(|delivery| DeliveryRow { key: self.key, delivery: *delivery });
        rows.into_iter().try_for_each(|row| statements.save(sql, &row))
    }
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
    let rows: Vec<DeliveryRow> = statements.list(sql, params![endpoint_id.0, until.micros(), limit], row_of)?;
    Ok(rows.into_iter().map(|row| (row.key, row.delivery)).collect())
}

/// The latest moment up to `now` at which one became due.
pub fn latest_due(
    statements: &Statements<'_>,
    endpoint_id: EndpointId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT max(next_at) FROM deliveries INDEXED BY deliveries_due \
               WHERE endpoint_id = ?1 AND next_at IS NOT NULL AND next_at <= ?2";
    moment_of(statements, sql, endpoint_id, now)
}

/// The first moment after `now` at which one is to be tried.
pub fn next_after(
    statements: &Statements<'_>,
    endpoint_id: EndpointId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT min(next_at) FROM deliveries INDEXED BY deliveries_due \
               WHERE endpoint_id = ?1 AND next_at IS NOT NULL AND next_at > ?2";
    moment_of(statements, sql, endpoint_id, now)
}

fn moment_of(
    statements: &Statements<'_>,
    sql: &'static str,
    endpoint_id: EndpointId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let micros = statements.find(sql, [endpoint_id.0, now.micros()], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(micros.flatten().map(Timestamp::from_micros))
}

/// The highest number of an order about which anything is delivered, or 0. Test events are about orders that there never were.
pub fn highest_order_id(statements: &Statements<'_>) -> Result<i64, StoreError> {
    let highest =
        statements.find("SELECT max(order_id) FROM deliveries", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(highest.flatten().unwrap_or(0))
}
