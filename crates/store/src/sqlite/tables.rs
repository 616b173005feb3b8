//! The tables, one file each: its SQL, and how its rows become the domain's and back. No SQL stands anywhere else.
//!
//! In each file the macro `columns!` lists the columns once, the key first: rows are read in that order, and the parameters `?1`, `?2`, …
//! of an insert or update are in that order. An update writes every column that isn't part of a key.

pub mod attempts;
pub mod bills;
pub mod books;
pub mod callbacks;
pub mod deliveries;
pub mod delivery_tries;
pub mod duplicate_guards;
pub mod endpoints;
pub mod events;
pub mod exchanges;
pub mod inquiries;
pub mod merchants;
pub mod meta;
pub mod orders;
pub mod products;
pub mod suppliers;
pub mod transfers;
pub mod vouchers;

use std::time::Duration;

use domain::row::Row;

use crate::StoreError;
use crate::sqlite::statements::Statements;

/// A row of the domain that has its table.
pub trait Stored: Row {
    /// The row under a key, if there is one.
    fn load(statements: &Statements<'_>, key: &Self::Key) -> Result<Option<Self>, StoreError>;

    /// Updates the row if it is stored already, or inserts it.
    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError>;
}

/// A duration in microseconds. 292,000 years are as good as any longer time.
fn duration_us(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
