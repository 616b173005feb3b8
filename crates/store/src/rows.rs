//! How rows become columns and back, the same for every engine: one file a table, with its columns listed once.
//!
//! A row is written and read in the order of that list, whose first columns name it in faults.

mod attempts;
mod bills;
mod books;
mod callbacks;
mod deliveries;
mod delivery_tries;
mod duplicate_guards;
mod endpoints;
mod events;
mod exchanges;
mod inquiries;
mod keys;
mod leases;
mod merchants;
mod orders;
mod products;
mod revisions;
mod suppliers;
mod to_cell;
mod transfers;
mod vouchers;

use std::time::Duration;

use crate::StoreError;
use crate::fields::{Cell, Cells, Fields, Table};

pub use deliveries::DeliveryRow;
pub use endpoints::{EndpointRow, HeaderRow};
pub use products::{RouteRow, TierRow};
pub use to_cell::ToCell;

/// What kind of values a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Whole numbers: amounts, moments, enums.
    Integer,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Yes or no.
    Flag,
}

/// The columns of a table.
#[derive(Debug)]
pub struct Layout {
    /// Its name, and how its rows are named.
    pub table: Table,
    /// All columns, in the order in which they are written and read.
    pub columns: &'static [(&'static str, Kind)],
    /// The columns by which a row is found and replaced; in PostgreSQL, a unique key.
    pub key: &'static [&'static str],
}

impl Layout {
    /// What a column holds.
    pub fn kind(&self, column: &str) -> Kind {
        self.columns.iter().find(|(name, _)| *name == column).map_or(Kind::Text, |(_, kind)| *kind)
    }
}

/// What is kept as one row of one table.
pub trait Kept: Sized {
    /// Its table.
    const LAYOUT: Layout;

    /// Gives every column's value, in the order of the layout.
    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError>;

    /// Reads every column, in the order of the layout.
    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError>;
}

/// What rows of a table are found by.
pub trait KeptKey {
    /// Gives every column's value, in the order of the layout's key.
    fn write(&self, row: &mut impl Sink);
}

/// Takes the values of a row, one after the other.
pub trait Sink {
    /// Takes the next column's.
    fn put(&mut self, cell: Cell<'_>);
}

/// Puts values into a sink, in this order.
macro_rules! put {
    ($row:expr, $($value:expr),+ $(,)?) => {
        $($row.put($crate::rows::ToCell::to_cell(&$value));)+
    };
}
use put;

/// A duration in microseconds. 292,000 years are as good as any longer time.
fn duration_us(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
