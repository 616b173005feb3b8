//! A store that is full, or slow, for as long as the test says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::time::Timestamp;
use domain::world::{Reads, World};
use parking_lot::{Condvar, Mutex};
use store::{Snapshot, Store, StoreError, Writer};
use tokio::sync::watch;

/// A store whose writer can be told that there is no room left, or to wait.
#[derive(Clone)]
pub struct ToldStore {
    store: Arc<dyn Store>,
    orders: Arc<Orders>,
}

struct Orders {
    is_full: AtomicBool,
    is_held: Mutex<bool>,
    released: Condvar,
    waiting: watch::Sender<bool>,
}

impl ToldStore {
    /// With room, and without waiting.
    pub fn new(store: Arc<dyn Store>) -> Self {
        let orders = Orders {
            is_full: AtomicBool::new(false),
            is_held: Mutex::new(false),
            released: Condvar::new(),
            waiting: watch::Sender::new(false),
        };
        Self { store, orders: Arc::new(orders) }
    }

    /// Whether there is no room from now on.
    pub fn set_full(&self, is_full: bool) {
        self.orders.is_full.store(is_full, Ordering::SeqCst);
    }

    /// The next batch waits.
    pub fn hold(&self) {
        *self.orders.is_held.lock() = true;
    }

    /// Ends when a batch waits.
    pub async fn held(&self) {
        self.orders.waiting.subscribe().wait_for(|is_waiting| *is_waiting).await.unwrap();
    }

    /// It waits no longer.
    pub fn release(&self) {
        *self.orders.is_held.lock() = false;
        self.orders.released.notify_all();
    }
}

struct ToldWriter {
    writer: Box<dyn Writer>,
    orders: Arc<Orders>,
}

impl ToldWriter {
    fn obey(&self) -> Result<(), StoreError> {
        let mut is_held = self.orders.is_held.lock();
        self.orders.waiting.send_replace(*is_held);
        self.orders.released.wait_while(&mut is_held, |is_held| *is_held);
        self.orders.waiting.send_replace(false);
        if self.orders.is_full.load(Ordering::SeqCst) { Err(StoreError::Full) } else { Ok(()) }
    }
}

impl Store for ToldStore {
    fn writer(&self) -> Result<Box<dyn Writer>, StoreError> {
        Ok(Box::new(ToldWriter { writer: self.store.writer()?, orders: Arc::clone(&self.orders) }))
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        self.store.snapshot()
    }
}

impl Writer for ToldWriter {
    fn transact(&mut self, reads: &Reads, decide: &mut dyn FnMut(&mut World)) -> Result<(), StoreError> {
        self.obey()?;
        self.writer.transact(reads, decide)
    }

    fn forget_events(&mut self, before: Timestamp, limit: u32) -> Result<u32, StoreError> {
        self.obey()?;
        self.writer.forget_events(before, limit)
    }

    fn note_time(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.obey()?;
        self.writer.note_time(now)
    }
}
