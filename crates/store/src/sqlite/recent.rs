//! The rows that were used last, so that they needn't be read again.
//!
//! Only the one writer changes rows, so what it saw or wrote last is what stands in the file; that there is no row under a key is
//! remembered too. A row is either here or in the world of the batch that took it: if the batch fails, it is simply gone from here.

use std::collections::HashMap;

use domain::attempt::Attempt;
use domain::bill::Bill;
use domain::duplicate::DuplicateGuard;
use domain::inquiry::Inquiry;
use domain::ledger::Book;
use domain::order::Order;
use domain::row::Row;
use domain::world::{Rows, World};

use crate::StoreError;

/// How many rows of a kind are kept at least; at most twice as many.
const KEPT: usize = 4_096;

/// Of each kind that payments use.
#[derive(Debug, Default)]
pub struct RecentRows {
    /// Books.
    pub books: Recent<Book>,
    /// Inquiries.
    pub inquiries: Recent<Inquiry>,
    /// Orders.
    pub orders: Recent<Order>,
    /// Attempts.
    pub attempts: Recent<Attempt>,
    /// Bills.
    pub bills: Recent<Bill>,
    /// Duplicate guards.
    pub duplicates: Recent<DuplicateGuard>,
}

impl RecentRows {
    /// Keeps what a batch used, once it is committed.
    pub fn keep(&mut self, world: World) {
        self.books.keep(world.books);
        self.inquiries.keep(world.inquiries);
        self.orders.keep(world.orders);
        self.attempts.keep(world.attempts);
        self.bills.keep(world.bills);
        self.duplicates.keep(world.duplicates);
    }
}

/// Of one kind, in two generations: when the younger one is full, the older one is forgotten.
#[derive(Debug)]
pub struct Recent<R: Row> {
    young: HashMap<R::Key, Option<R>>,
    old: HashMap<R::Key, Option<R>>,
}

impl<R: Row> Default for Recent<R> {
    fn default() -> Self {
        Self { young: HashMap::new(), old: HashMap::new() }
    }
}

impl<R: Row> Recent<R> {
    /// What stands under a key, which is no longer known here then; read with `load` if it isn't known now.
    pub fn take(
        &mut self,
        key: &R::Key,
        load: impl FnOnce() -> Result<Option<R>, StoreError>,
    ) -> Result<Option<R>, StoreError> {
        self.young.remove(key).or_else(|| self.old.remove(key)).map_or_else(load, Ok)
    }

    fn keep(&mut self, rows: Rows<R>) {
        if self.young.len() >= KEPT {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.extend(rows.into_slots());
    }
}
