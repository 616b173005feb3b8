//! Table `transfers`: the ledger. Rows are only ever added.

use domain::id::{CauseId, MerchantId};
use domain::ledger::Transfer;
use domain::time::Timestamp;
use rusqlite::params;

use crate::StoreError;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;

macro_rules! columns {
    () => {
        "cause_id, slot, leg, merchant_id, debit, credit, amount, created_at, mutation_number, balance_after"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM transfers ", $rest)
    };
}

/// Adds a transfer; a [`StoreError::Conflict`] if its slot is taken.
pub fn insert(statements: &Statements<'_>, transfer: &Transfer) -> Result<(), StoreError> {
    statements.save(
        concat!("INSERT INTO transfers (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
        transfer,
    )
}

/// All transfers of causes above `after`, up to and including `until`, by cause, slot, leg.
pub fn between(statements: &Statements<'_>, after: CauseId, until: CauseId) -> Result<Vec<Transfer>, StoreError> {
    let sql = select!("WHERE cause_id > ?1 AND cause_id <= ?2 ORDER BY cause_id, slot, leg");
    statements.list(sql, [after.0, until.0], row_of)
}

/// Those with mutation numbers above `after`, by that number.
pub fn mutations_after(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    after: i64,
    limit: u32,
) -> Result<Vec<Transfer>, StoreError> {
    let sql = select!("WHERE merchant_id = ?1 AND mutation_number > ?2 ORDER BY mutation_number LIMIT ?3");
    statements.list(sql, params![merchant_id.0, after, limit], row_of)
}

/// Those with mutation numbers from `first` to `last`, newest first.
pub fn mutations_between(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    first: i64,
    last: i64,
) -> Result<Vec<Transfer>, StoreError> {
    let sql = select!("WHERE merchant_id = ?1 AND mutation_number BETWEEN ?2 AND ?3 ORDER BY mutation_number DESC");
    statements.list(sql, [merchant_id.0, first, last], row_of)
}

/// When a mutation was made.
pub fn mutation_made_at(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    number: i64,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = select!("WHERE merchant_id = ?1 AND mutation_number = ?2");
    Ok(statements.find(sql, [merchant_id.0, number], row_of)?.map(|transfer: Transfer| transfer.created_at))
}
