//! Everything that a database holds, read as one moment to be moved elsewhere.

use domain::time::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::StoreError;
use crate::rows::Kept;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::meta;

/// A bill that is being paid has a second row for that time, which counts.
const BILLS: &str = "SELECT scope, bill_group, number, pending_merchant_id, pending_order_id, contradictions, successes, recently_paid, \
                     updated_at FROM pending_bills UNION ALL \
                     SELECT scope, bill_group, number, NULL, NULL, contradictions, successes, recently_paid, updated_at FROM bills \
                     WHERE (scope, bill_group, number) NOT IN (SELECT scope, bill_group, number FROM pending_bills)";

/// One moment of a database.
#[derive(Debug)]
pub struct Source<'c>(Transaction<'c>);

impl<'c> Source<'c> {
    /// The newest.
    pub fn begin(connection: &'c Connection) -> Result<Self, StoreError> {
        Ok(Self(Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?))
    }

    /// The newest moment that was ever noted.
    pub fn newest_at(&self) -> Result<Timestamp, StoreError> {
        meta::newest_at(&Statements::of(&self.0))
    }

    /// How many rows of a kind there are.
    pub fn count<R: Kept>(&self) -> Result<u64, StoreError> {
        let count: i64 = self.0.query_row(&format!("SELECT count(*) FROM ({})", rows::<R>()), [], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// A statement that gives all rows of a kind, in the order in which they stand.
    pub fn prepare<R: Kept>(&self) -> Result<rusqlite::Statement<'_>, StoreError> {
        Ok(self.0.prepare(&rows::<R>())?)
    }
}

/// The next few rows; fewer than `limit` if there are no more.
pub fn next_rows<R: Kept>(rows: &mut rusqlite::Rows<'_>, limit: usize) -> Result<Vec<R>, StoreError> {
    let mut found = Vec::with_capacity(limit);
    while found.len() < limit {
        let Some(row) = rows.next()? else { break };
        found.push(row_of(row)?);
    }
    Ok(found)
}

fn rows<R: Kept>() -> String {
    let layout = R::LAYOUT;
    if layout.table.name == "bills" {
        return BILLS.to_owned();
    }
    let columns: Vec<&str> = layout.columns.iter().map(|(column, _)| *column).collect();
    format!("SELECT {} FROM {}", columns.join(", "), layout.table.name)
}
