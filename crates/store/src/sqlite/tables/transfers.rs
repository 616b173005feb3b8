//! Table `transfers`: the ledger. Rows are only ever added.

use domain::id::{CauseId, MerchantId};
use domain::ledger::{Mutation, Transfer};
use domain::time::Timestamp;
use rusqlite::{Row, params};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table};
use crate::sqlite::statements::Statements;

const TABLE: Table = Table { name: "transfers", key_columns: 3 };

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
    let params = params![
        transfer.cause_id.0,
        transfer.slot.code(),
        transfer.leg,
        transfer.merchant_id.0,
        transfer.debit.code(),
        transfer.credit.code(),
        transfer.amount.get(),
        transfer.created_at.micros(),
        transfer.mutation.map(|mutation| mutation.number),
        transfer.mutation.map(|mutation| mutation.balance_after.get()),
    ];
    statements.write(
        concat!("INSERT INTO transfers (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
        params,
    )
}

/// All transfers of causes above `after`, up to and including `until`, by cause, slot, leg.
pub fn between(statements: &Statements<'_>, after: CauseId, until: CauseId) -> Result<Vec<Transfer>, StoreError> {
    let sql = select!("WHERE cause_id > ?1 AND cause_id <= ?2 ORDER BY cause_id, slot, leg");
    statements.list(sql, [after.0, until.0], decode)
}

/// Those with mutation numbers above `after`, by that number.
pub fn mutations_after(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    after: i64,
    limit: u32,
) -> Result<Vec<Transfer>, StoreError> {
    let sql = select!("WHERE merchant_id = ?1 AND mutation_number > ?2 ORDER BY mutation_number LIMIT ?3");
    statements.list(sql, params![merchant_id.0, after, limit], decode)
}

/// Those with mutation numbers from `first` to `last`, newest first.
pub fn mutations_between(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    first: i64,
    last: i64,
) -> Result<Vec<Transfer>, StoreError> {
    let sql = select!("WHERE merchant_id = ?1 AND mutation_number BETWEEN ?2 AND ?3 ORDER BY mutation_number DESC");
    statements.list(sql, [merchant_id.0, first, last], decode)
}

/// When a mutation was made.
pub fn mutation_made_at(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    number: i64,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = select!("WHERE merchant_id = ?1 AND mutation_number = ?2");
    Ok(statements.find(sql, [merchant_id.0, number], decode)?.map(|transfer| transfer.created_at))
}

fn decode(row: &Row<'_>) -> Result<Transfer, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    Ok(Transfer {
        cause_id: CauseId(fields.integer("cause_id")?),
        slot: fields.coded("slot")?,
        leg: fields.integer("leg")?,
        merchant_id: MerchantId(fields.integer("merchant_id")?),
        debit: fields.coded("debit")?,
        credit: fields.coded("credit")?,
        amount: fields.rupiah("amount")?,
        created_at: fields.moment("created_at")?,
        mutation: mutation(&mut fields)?,
    })
}

fn mutation(fields: &mut Fields<'_>) -> Result<Option<Mutation>, StoreError> {
    match (fields.optional_integer("mutation_number")?, fields.optional_rupiah("balance_after")?) {
        (None, None) => Ok(None),
        (Some(number), Some(balance_after)) => Ok(Some(Mutation { number, balance_after })),
        _ => Err(fields.corrupt("balance_after")),
    }
}
