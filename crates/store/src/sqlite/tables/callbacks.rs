//! Table `callbacks`: what suppliers told unasked, as it came.

use domain::callback::Callback;
use domain::id::OrderId;

use crate::StoreError;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "callback_id, supplier, address, headers, body, verdict, order_id, received_at, updated_at"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM callbacks ", $rest)
    };
}

impl Stored for Callback {
    fn load(statements: &Statements<'_>, key: &i64) -> Result<Option<Self>, StoreError> {
        statements.find(select!("WHERE callback_id = ?1"), [key], row_of)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE callbacks SET supplier = ?2, address = ?3, headers = ?4, body = ?5, verdict = ?6, order_id = ?7, received_at = ?8, \
             updated_at = ?9 WHERE callback_id = ?1"
        } else {
            concat!("INSERT INTO callbacks (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        };
        statements.save(sql, self)
    }
}

/// Those about an order, oldest first.
pub fn of_order(statements: &Statements<'_>, order_id: OrderId) -> Result<Vec<Callback>, StoreError> {
    let sql = select!("INDEXED BY callbacks_of_order WHERE order_id = ?1 ORDER BY callback_id");
    statements.list(sql, [order_id.0], row_of)
}

/// The newest.
pub fn newest(statements: &Statements<'_>, limit: u32) -> Result<Vec<Callback>, StoreError> {
    statements.list(select!("ORDER BY callback_id DESC LIMIT ?1"), [limit], row_of)
}

/// The highest number of a callback, or 0.
pub fn highest_id(statements: &Statements<'_>) -> Result<i64, StoreError> {
    let highest =
        statements.find("SELECT max(callback_id) FROM callbacks", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(highest.flatten().unwrap_or(0))
}
