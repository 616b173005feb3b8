//! Table `duplicate_guards`.

use domain::duplicate::{DuplicateGuard, DuplicateKey};
use rusqlite::params;

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "merchant_id, mode, product_code, number, pending, succeeded_at, updated_at"
    };
}

impl Stored for DuplicateGuard {
    fn load(statements: &Statements<'_>, key: &DuplicateKey) -> Result<Option<Self>, StoreError> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            " FROM duplicate_guards WHERE merchant_id = ?1 AND mode = ?2 AND product_code = ?3 AND number = ?4"
        );
        statements.find(sql, params![key.merchant_id.0, key.mode.code(), key.product_code.as_str(), key.number], row_of)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE duplicate_guards SET pending = ?5, succeeded_at = ?6, updated_at = ?7 \
             WHERE merchant_id = ?1 AND mode = ?2 AND product_code = ?3 AND number = ?4"
        } else {
            concat!("INSERT INTO duplicate_guards (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        };
        statements.save(sql, self)
    }
}
