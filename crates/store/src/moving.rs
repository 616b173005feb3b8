//! Moving everything from one engine to another: what there is to move, and how both sides are compared.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::StoreError;
use crate::fields::Cell;
use crate::rows::{Kept, Kind, Layout, Sink};

/// A table that holds on one side what it holds on the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovedTable {
    /// Its name.
    pub name: &'static str,
    /// How many rows it has.
    pub rows: u64,
    /// What each column of whole numbers sums to, in the order of the columns.
    pub sums: Vec<(&'static str, i128)>,
}

/// Runs one line for each kind of row, which is all that a database holds besides the newest moment.
macro_rules! each_table {
    ($Row:ident => $line:expr) => {{
        $crate::moving::each_table! { $Row => $line;
            domain::merchant::Merchant, domain::ledger::Book, domain::product::Product, $crate::rows::TierRow,
            $crate::rows::RouteRow, domain::supplier::SupplierProfile, domain::callback::Callback,
            $crate::rows::EndpointRow, $crate::rows::HeaderRow, domain::event::Event, $crate::rows::DeliveryRow,
            domain::delivery_try::DeliveryTry, domain::inquiry::Inquiry, domain::order::Order, domain::attempt::Attempt,
            domain::exchange::Exchange, domain::ledger::Transfer, domain::bill::Bill, domain::duplicate::DuplicateGuard,
            domain::voucher::Voucher
        }
    }};
    ($Row:ident => $line:expr; $($Type:ty),+) => { $({ type $Row = $Type; $line; })+ };
}
pub(crate) use each_table;

/// What the rows of a table come to, in whichever order they are seen.
#[derive(Debug, PartialEq, Eq)]
pub struct Sums {
    rows: u64,
    columns: Vec<i128>,
    /// The sum of the hashes of whole rows, so that texts and bytes are compared too.
    hashes: u64,
}

impl Sums {
    /// Of no rows.
    pub fn of(layout: &Layout) -> Self {
        Self { rows: 0, columns: vec![0; layout.columns.len()], hashes: 0 }
    }

    /// Adds a row.
    pub fn add(&mut self, row: &impl Kept) -> Result<(), StoreError> {
        let mut adding = Adding { columns: &mut self.columns, next: 0, hasher: DefaultHasher::new() };
        row.write(&mut adding)?;
        self.hashes = self.hashes.wrapping_add(adding.hasher.finish());
        self.rows += 1;
        Ok(())
    }

    /// What both sides come to; an error that says where they differ, if they do.
    pub fn compare(&self, target: &Self, layout: &Layout) -> Result<MovedTable, StoreError> {
        let name = layout.table.name;
        let differs = |what: &str| {
            StoreError::Unavailable(format!(
                "nothing was moved: the table {name} did not come to the same on both sides ({what}); see that nothing in the PostgreSQL \
                 database changes rows, such as a trigger, and that no server uses it"
            ))
        };
        if self.rows != target.rows {
            return Err(differs(&format!("{} rows here, {} there", self.rows, target.rows)));
        }
        let here_and_there = layout.columns.iter().zip(self.columns.iter().zip(&target.columns));
        let mut sums = Vec::new();
        for ((column, kind), (here, there)) in here_and_there {
            if here != there {
                return Err(differs(&format!("{column} sums to {here} here, {there} there")));
            }
            if *kind == Kind::Integer {
                sums.push((*column, *here));
            }
        }
        if self.hashes != target.hashes {
            return Err(differs("the sums are the same, but not the rows"));
        }
        Ok(MovedTable { name, rows: self.rows, sums })
    }
}

struct Adding<'a> {
    columns: &'a mut [i128],
    next: usize,
    hasher: DefaultHasher,
}

impl Sink for Adding<'_> {
    fn put(&mut self, cell: Cell<'_>) {
        match &cell {
            Cell::Integer(number) => {
                if let Some(sum) = self.columns.get_mut(self.next) {
                    *sum = sum.saturating_add((*number).into());
                }
                number.hash(&mut self.hasher);
            }
            Cell::Text(text) => text.hash(&mut self.hasher),
            Cell::Bytes(bytes) => bytes.hash(&mut self.hasher),
            Cell::Null | Cell::Strange => {}
        }
        // What kind of value it was, so that none isn't the same as an empty one.
        std::mem::discriminant(&cell).hash(&mut self.hasher);
        self.next += 1;
    }
}
