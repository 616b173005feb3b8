//! Table `exchanges`: what was said about attempts, word for word.

use domain::exchange::Exchange;
use domain::id::{MerchantId, OrderId};

use crate::StoreError;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;

macro_rules! columns {
    () => {
        "order_id, attempt, number, merchant_id, source, call, request, status, answer, recorded_at"
    };
}

/// Adds an exchange; a [`StoreError::Conflict`] if its number is taken.
pub fn insert(statements: &Statements<'_>, exchange: &Exchange) -> Result<(), StoreError> {
    let sql = concat!("INSERT INTO exchanges (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    statements.save(sql, exchange)
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
    statements.list(sql, [order_id.0, merchant_id.0], row_of)
}
