//! Table `exchanges`: what was said about attempts, word for word.

use domain::attempt::AttemptKey;
use domain::exchange::{Exchange, Words};
use domain::id::{MerchantId, OrderId};
use rusqlite::{Row, params};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table};
use crate::sqlite::statements::Statements;

const TABLE: Table = Table { name: "exchanges", key_columns: 3 };

macro_rules! columns {
    () => {
        "order_id, attempt, number, merchant_id, source, call, request, status, answer, recorded_at"
    };
}

/// Adds an exchange; a [`StoreError::Conflict`] if its number is taken.
pub fn insert(statements: &Statements<'_>, exchange: &Exchange) -> Result<(), StoreError> {
    let params = params![
        exchange.attempt.order_id.0,
        exchange.attempt.number,
        exchange.number,
        exchange.attempt.merchant_id.0,
        exchange.source.code(),
        exchange.words.call,
        exchange.words.request,
        exchange.words.status,
        exchange.words.answer,
        exchange.recorded_at.micros(),
    ];
    let sql = concat!("INSERT INTO exchanges (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    statements.write(sql, params)
}

/// Those of an order, by attempt and number.
pub fn of_order(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    order_id: OrderId,
) -> Result<Vec<Exchange>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM exchanges WHERE order_id = ?1 AND merchant_id = ?2 ORDER BY attempt, number"
    );
    statements.list(sql, [order_id.0, merchant_id.0], decode)
}

fn decode(row: &Row<'_>) -> Result<Exchange, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    let order_id = OrderId(fields.integer("order_id")?);
    let attempt = fields.integer("attempt")?;
    let number = fields.integer("number")?;
    Ok(Exchange {
        attempt: AttemptKey { merchant_id: MerchantId(fields.integer("merchant_id")?), order_id, number: attempt },
        number,
        source: fields.coded("source")?,
        words: Words {
            call: fields.text("call")?,
            request: fields.text("request")?,
            status: fields.optional_integer("status")?,
            answer: fields.text("answer")?,
        },
        recorded_at: fields.moment("recorded_at")?,
    })
}
