//! Table `delivery_tries`: the log of deliveries.

use domain::delivery_try::DeliveryTry;
use domain::dispatch::DispatchKey;
use domain::id::{EndpointId, MerchantId, OrderId};
use domain::time::Timestamp;
use rusqlite::{Row, params};

use crate::StoreError;
use crate::sqlite::fields::{Fields, Table};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::duration_us;

const TABLE: Table = Table { name: "delivery_tries", key_columns: 4 };

macro_rules! columns {
    () => {
        "order_id, endpoint_id, event, number, merchant_id, began_at, took_us, status, answer, fault, next_at"
    };
}

/// Adds a try; a [`StoreError::Conflict`] if its number is taken.
pub fn insert(statements: &Statements<'_>, made: &DeliveryTry) -> Result<(), StoreError> {
    let params = params![
        made.key.order_id.0,
        made.endpoint_id.0,
        made.event,
        made.number,
        made.key.merchant_id.0,
        made.began_at.micros(),
        duration_us(made.took),
        made.status,
        &*made.answer,
        made.fault,
        made.next_at.map(Timestamp::micros),
    ];
    let sql =
        concat!("INSERT INTO delivery_tries (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    statements.write(sql, params)
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
    statements.list(sql, params![key.order_id.0, endpoint_id.0, event, key.merchant_id.0], decode)
}

fn decode(row: &Row<'_>) -> Result<DeliveryTry, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    let order_id = OrderId(fields.integer("order_id")?);
    let endpoint_id = EndpointId(fields.integer("endpoint_id")?);
    let event = fields.integer("event")?;
    let number = fields.integer("number")?;
    Ok(DeliveryTry {
        key: DispatchKey { merchant_id: MerchantId(fields.integer("merchant_id")?), order_id },
        endpoint_id,
        event,
        number,
        began_at: fields.moment("began_at")?,
        took: fields.duration("took_us")?,
        status: fields.optional_integer("status")?,
        answer: fields.bytes("answer")?,
        fault: fields.optional_text("fault")?,
        next_at: fields.optional_moment("next_at")?,
    })
}
