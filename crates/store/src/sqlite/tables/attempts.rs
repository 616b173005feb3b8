//! Table `attempts`.

use domain::attempt::{Attempt, AttemptKey};
use domain::id::{MerchantId, OrderId, SupplierName, SupplierRef};
use domain::time::Timestamp;
use rusqlite::params;

use crate::StoreError;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "order_id, number, merchant_id, supplier, sku, cost, supplier_ref, token, state, send_by, check_at, checks, \
         may_have_arrived, exchanges, note, created_at, updated_at"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM attempts ", $rest)
    };
}

impl Stored for Attempt {
    fn load(statements: &Statements<'_>, key: &AttemptKey) -> Result<Option<Self>, StoreError> {
        let sql = select!("WHERE order_id = ?1 AND number = ?2 AND merchant_id = ?3");
        statements.find(sql, params![key.order_id.0, key.number, key.merchant_id.0], row_of)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            // To whom it goes, and under which reference, never changes; SQLite would write an index anew for the same value.
            "UPDATE attempts SET state = ?9, send_by = ?10, check_at = ?11, checks = ?12, may_have_arrived = ?13, \
             exchanges = ?14, note = ?15, updated_at = ?17 \
             WHERE order_id = ?1 AND number = ?2 AND merchant_id = ?3"
        } else {
            concat!(
                "INSERT INTO attempts (",
                columns!(),
                ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
            )
        };
        statements.save(sql, self)
    }
}

/// The attempts of an order, first to last.
pub fn of_order(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    order_id: OrderId,
) -> Result<Vec<Attempt>, StoreError> {
    let sql = select!("WHERE order_id = ?1 AND merchant_id = ?2 ORDER BY number");
    statements.list(sql, [order_id.0, merchant_id.0], row_of)
}

/// Those to ask about by `now`, the longest due first.
pub fn due(statements: &Statements<'_>, now: Timestamp, limit: u32) -> Result<Vec<Attempt>, StoreError> {
    let sql = select!("INDEXED BY attempts_to_check WHERE check_at <= ?1 ORDER BY check_at, order_id, number LIMIT ?2");
    statements.list(sql, params![now.micros(), limit], row_of)
}

/// The one that bears a reference at a supplier; the newest, should there be more.
pub fn by_supplier_ref(
    statements: &Statements<'_>,
    supplier: &SupplierName,
    supplier_ref: &SupplierRef,
) -> Result<Option<Attempt>, StoreError> {
    let sql = select!(
        "INDEXED BY attempts_by_supplier_ref WHERE supplier_ref = ?1 AND supplier = ?2 ORDER BY order_id DESC, number DESC LIMIT 1"
    );
    statements.find(sql, [supplier_ref.as_str(), supplier.as_str()], row_of)
}
