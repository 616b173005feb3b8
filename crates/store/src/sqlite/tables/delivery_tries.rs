//! Table `delivery_tries`: the log of deliveries.

use domain::delivery_try::DeliveryTry;
use domain::dispatch::DispatchKey;
use domain::id::EndpointId;
use rusqlite::params;

use crate::StoreError;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;

macro_rules! columns {
    () => {
        "order_id, endpoint_id, event, number, merchant_id, began_at, took_us, status, answer, fault, next_at"
    };
}

/// Adds a try; a [`StoreError::Conflict`] if its number is taken.
pub fn insert(statements: &Statements<'_>, made: &DeliveryTry) -> Result<(), StoreError> {
    let sql =
        concat!("INSERT INTO delivery_tries (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    statements.save(sql, made)
}

/// Those of one delivery, first to last.
pub fn of_delivery(
    statements: &Statements<'_>,
    key: DispatchKey,
    endpoint_id: EndpointId,
    event: i64,
) -> Result<Vec<DeliveryTry>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM delivery_tries WHERE order_id = ?1 AND endpoint_id = ?2 AND event = ?3 AND merchant_id = ?4 ORDER BY number"
    );
    statements.list(sql, params![key.order_id.0, endpoint_id.0, event, key.merchant_id.0], row_of)
}
