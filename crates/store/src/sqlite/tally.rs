//! Counts and sums, so that two databases that should hold the same can be compared.

use std::collections::BTreeMap;

use domain::money::Rupiah;
use rusqlite::Connection;

use crate::StoreError;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::{books, orders};

/// What a database holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// How many rows each table has.
    pub rows: BTreeMap<String, u64>,
    /// How many orders are pending.
    pub pending_orders: u64,
    /// What all merchants together may spend.
    pub available: Rupiah,
    /// What is held of all merchants together.
    pub held: Rupiah,
}

/// Counts.
pub fn count(connection: &Connection) -> Result<Tally, StoreError> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                  AND name <> 'refinery_schema_history' ORDER BY name";
    let statements = Statements::of(connection);
    let tables: Vec<String> = statements.list(tables, [], |row| Ok(row.get(0)?))?;
    let rows = tables.into_iter().map(|table| {
        // The name is one of the schema's own.
        let count = count_of(connection, &format!("SELECT count(*) FROM \"{table}\""))?;
        Ok((table, count))
    });
    let rows: Result<_, StoreError> = rows.collect();
    let books = books::all(&statements)?;
    Ok(Tally {
        rows: rows?,
        pending_orders: orders::count_pending(&statements)?,
        available: books.iter().map(|book| book.available).sum(),
        held: books.iter().map(|book| book.held).sum(),
    })
}

fn count_of(connection: &Connection, query: &str) -> Result<u64, StoreError> {
    let count: i64 = connection.query_row(query, [], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}
