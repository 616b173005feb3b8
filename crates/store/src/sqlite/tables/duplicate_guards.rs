//! Table `duplicate_guards`.

use domain::duplicate::{DuplicateGuard, DuplicateKey};
use domain::id::{MerchantId, ProductCode};
use domain::time::Timestamp;
use rusqlite::{Row, params};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

const TABLE: Table = Table { name: "duplicate_guards", key_columns: 4 };

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
        statements.find(sql, params![key.merchant_id.0, key.mode.code(), key.product_code.as_str(), key.number], decode)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE duplicate_guards SET pending = ?5, succeeded_at = ?6, updated_at = ?7 \
             WHERE merchant_id = ?1 AND mode = ?2 AND product_code = ?3 AND number = ?4"
        } else {
            concat!("INSERT INTO duplicate_guards (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        };
        let params = params![
            self.key.merchant_id.0,
            self.key.mode.code(),
            self.key.product_code.as_str(),
            self.key.number,
            self.pending,
            self.succeeded_at.map(Timestamp::micros),
            self.updated_at.micros(),
        ];
        statements.write(sql, params)
    }
}

fn decode(row: &Row<'_>) -> Result<DuplicateGuard, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    Ok(DuplicateGuard {
        key: DuplicateKey {
            merchant_id: MerchantId(fields.integer("merchant_id")?),
            mode: fields.coded("mode")?,
            product_code: fields.parsed("product_code", ProductCode::parse)?,
            number: fields.text("number")?,
        },
        pending: fields.integer("pending")?,
        succeeded_at: fields.optional_moment("succeeded_at")?,
        updated_at: fields.moment("updated_at")?,
    })
}
