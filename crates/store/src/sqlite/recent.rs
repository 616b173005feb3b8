//! The rows that were used last, so that they needn't be read again.
//!
//! Only the one writer changes rows, so what it saw or wrote last is what stands in the file; that there is no row under a key is
//! remembered too. A row is either here or in the world of the batch that took it: if the batch fails, it is simply gone from here.

use std::collections::HashMap;

use domain::attempt::Attempt;
use domain::bill::Bill;
use domain::dispatch::Dispatch;
use domain::duplicate::DuplicateGuard;
use domain::endpoint::Endpoints;
use domain::inquiry::Inquiry;
use domain::ledger::Book;
use domain::order::Order;
use domain::row::Row;
use domain::world::{Rows, World};
use foldhash::fast::RandomState;

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
    /// Endpoints.
    pub endpoints: Recent<Endpoints>,
    /// Dispatches.
    pub dispatches: Recent<Dispatch>,
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
        self.endpoints.keep(world.endpoints);
        self.dispatches.keep(world.dispatches);
    }
}

/// Of one kind, in two generations: when the younger one is full, the older one is forgotten.
#[derive(Debug)]
pub struct Recent<R: Row> {
    young: HashMap<R::Key, Option<Box<R>>, RandomState>,
    old: HashMap<R::Key, Option<Box<R>>, RandomState>,
}

impl<R: Row> Default for Recent<R> {
    fn default() -> Self {
        Self { young: HashMap::default(), old: HashMap::default() }
    }
}

impl<R: Row> Recent<R> {
    /// What stands under a key, which is no longer known here then; read with `load` if it isn't known now.
    pub fn take(
        &mut self,
        key: &R::Key,
        load: impl FnOnce() -> Result<Option<R>, StoreError>,
    ) -> Result<Option<Box<R>>, StoreError> {
        let known = self.young.remove(key).or_else(|| self.old.remove(key));
        known.map_or_else(|| Ok(load()?.map(Box::new)), Ok)
    }

    fn keep(&mut self, rows: Rows<R>) {
        if self.young.len() >= KEPT {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.extend(rows.into_slots());
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::id::MerchantId;
    use domain::time::Timestamp;

    use super::*;

    /// Any sequence of numbers that look random will do.
    fn next(state: &mut u64) -> u64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *state >> 33
    }

    #[test]
    fn what_is_known_is_what_stands_however_much_was_forgotten() {
        let mut stored: BTreeMap<MerchantId, Book> = BTreeMap::new();
        let mut recent = Recent::<Book>::default();
        let (mut state, mut read) = (7, 0_u32);
        for version in 0..20_000 {
            let mut rows = Rows::default();
            // Mostly the same few, now and then one of many, so that generations pass.
            let most = if next(&mut state).is_multiple_of(2) { 100 } else { 50_000 };
            let keys: std::collections::BTreeSet<MerchantId> =
                (0..3).map(|_| MerchantId(i64::try_from(next(&mut state) % most).unwrap())).collect();
            for key in &keys {
                let taken = recent.take(key, || {
                    read += 1;
                    Ok(stored.get(key).cloned())
                });
                let taken = taken.unwrap();
                assert_eq!(taken.as_deref(), stored.get(key), "version {version} of {key:?}");
                rows.load_boxed(*key, taken);
            }
            let is_read_only = next(&mut state).is_multiple_of(3);
            if !is_read_only {
                for key in &keys {
                    let book = Book { mutations: version, ..Book::open(*key, Timestamp::from_seconds(version)) };
                    rows.put(book).unwrap();
                }
            }
            if next(&mut state).is_multiple_of(17) {
                // It failed: nothing stands in the file, and the writer forgets all.
                recent = Recent::default();
                continue;
            }
            stored.extend(rows.changes().into_iter().map(|change| (change.row.merchant_id, change.row.clone())));
            recent.keep(rows);
            assert!(recent.young.len() + recent.old.len() <= 2 * (KEPT + 3));
        }
        assert!(read > 1_000, "{read} read");
    }

    #[test]
    fn at_least_as_many_as_promised_are_known() {
        let mut recent = Recent::<Book>::default();
        let count = i64::try_from(3 * KEPT).unwrap();
        for id in 0..count {
            let mut rows = Rows::default();
            rows.load(MerchantId(id), Some(Book::open(MerchantId(id), Timestamp::default())));
            recent.keep(rows);
        }
        for id in (count - i64::try_from(KEPT).unwrap())..count {
            let known = recent.take(&MerchantId(id), || panic!("{id} is read again"));
            assert_eq!(known.unwrap().unwrap().merchant_id, MerchantId(id));
        }
    }
}
