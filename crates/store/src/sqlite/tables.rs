//! The tables, one file each: its SQL. How rows become columns and back is in `crate::rows`.
//!
//! In each file the macro `columns!` lists the columns in the order of the row's layout, and the parameters `?1`, `?2`, … of an insert or
//! update are in that order too. An update leaves out what never changes.

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
pub mod leases;
pub mod merchants;
pub mod meta;
pub mod orders;
pub mod products;
pub mod revisions;
pub mod suppliers;
pub mod transfers;
pub mod vouchers;

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
