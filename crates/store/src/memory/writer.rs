//! Runs batches on the state in memory.

use std::sync::Arc;

use domain::row::Row;
use domain::time::Timestamp;
use domain::world::{Reads, Rows, World};
use parking_lot::Mutex;

use crate::memory::state::{State, Table};
use crate::{StoreError, Writer};

/// The writer of a [`crate::MemoryStore`].
#[derive(Debug)]
pub struct MemoryWriter {
    state: Arc<Mutex<Arc<State>>>,
}

impl MemoryWriter {
    /// Writes to this state.
    pub const fn new(state: Arc<Mutex<Arc<State>>>) -> Self {
        Self { state }
    }
}

impl Writer for MemoryWriter {
    fn transact(&mut self, reads: &Reads, decide: &mut dyn FnMut(&mut World)) -> Result<(), StoreError> {
        // There is one writer, so nothing changes between loading and saving though the lock is let go: `decide` may take snapshots.
        let mut world = load(&self.state.lock(), reads);
        decide(&mut world);
        let mut state = self.state.lock();
        state.check_unique(&world)?;
        Arc::make_mut(&mut state).write(&world);
        Ok(())
    }

    fn forget_events(&mut self, before: Timestamp, limit: u32) -> Result<u32, StoreError> {
        let mut state = self.state.lock();
        Ok(Arc::make_mut(&mut state).forget_events(before, limit))
    }

    fn note_time(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let mut state = self.state.lock();
        let state = Arc::make_mut(&mut state);
        state.newest_at = state.newest_at.max(now);
        Ok(())
    }
}

fn load(state: &State, reads: &Reads) -> World {
    let mut world = World::default();
    load_rows(&state.books, &reads.books, &mut world.books);
    load_rows(&state.merchants, &reads.merchants, &mut world.merchants);
    load_rows(&state.products, &reads.products, &mut world.products);
    load_rows(&state.inquiries, &reads.inquiries, &mut world.inquiries);
    load_rows(&state.orders, &reads.orders, &mut world.orders);
    load_rows(&state.attempts, &reads.attempts, &mut world.attempts);
    load_rows(&state.bills, &reads.bills, &mut world.bills);
    load_rows(&state.duplicates, &reads.duplicates, &mut world.duplicates);
    load_rows(&state.vouchers, &reads.vouchers, &mut world.vouchers);
    load_rows(&state.suppliers, &reads.suppliers, &mut world.suppliers);
    load_rows(&state.callbacks, &reads.callbacks, &mut world.callbacks);
    load_rows(&state.endpoints, &reads.endpoints, &mut world.endpoints);
    load_rows(&state.dispatches, &reads.dispatches, &mut world.dispatches);
    load_rows(&state.revisions, &reads.revisions, &mut world.revisions);
    load_rows(&state.leases, &reads.leases, &mut world.leases);
    world
}

fn load_rows<R: Row>(table: &Table<R>, keys: &[R::Key], rows: &mut Rows<R>) {
    for key in keys {
        rows.load(key.clone(), table.get(key).cloned());
    }
}
