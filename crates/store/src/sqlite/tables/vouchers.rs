//! Table `vouchers`: deposits and adjustments.

use domain::id::CauseId;
use domain::voucher::{Voucher, VoucherKey};
use rusqlite::params;

use crate::StoreError;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "cause_id, merchant_id, reference, kind, amount, note, created_at"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM vouchers ", $rest)
    };
}

impl Stored for Voucher {
    fn load(statements: &Statements<'_>, key: &VoucherKey) -> Result<Option<Self>, StoreError> {
        let sql = select!("WHERE merchant_id = ?1 AND reference = ?2");
        statements.find(sql, params![key.merchant_id.0, key.reference.as_str()], row_of)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE vouchers SET kind = ?4, amount = ?5, note = ?6, created_at = ?7 \
             WHERE cause_id = ?1 AND merchant_id = ?2 AND reference = ?3"
        } else {
            concat!("INSERT INTO vouchers (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        };
        statements.save(sql, self)
    }
}

/// The voucher that is this cause.
pub fn by_cause(statements: &Statements<'_>, cause_id: CauseId) -> Result<Option<Voucher>, StoreError> {
    statements.find(select!("WHERE cause_id = ?1"), [cause_id.0], row_of)
}

/// Vouchers in the order of their numbers.
pub fn after(statements: &Statements<'_>, after: CauseId, limit: u32) -> Result<Vec<Voucher>, StoreError> {
    let sql = select!("WHERE cause_id > ?1 ORDER BY cause_id LIMIT ?2");
    statements.list(sql, params![after.0, limit], row_of)
}

/// The highest number of a voucher, or 0.
pub fn highest_id(statements: &Statements<'_>) -> Result<i64, StoreError> {
    let highest = statements.find("SELECT max(cause_id) FROM vouchers", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(highest.flatten().unwrap_or(0))
}
