//! A store in memory that outlives its context, fails when it is told to, and can be held in the middle of a question.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use domain::time::Timestamp;
use domain::world::{Reads, World};
use parking_lot::Mutex;
use store::{MemoryStore, Snapshot, Store, StoreError, Writer};
use tokio::sync::oneshot;

/// A store that obeys.
pub struct ToldStore {
    rows: MemoryStore,
    writer: Arc<Mutex<Box<dyn Writer>>>,
    is_full: Arc<AtomicBool>,
    is_unreadable: AtomicBool,
    is_shared: bool,
    held: Mutex<Option<(oneshot::Sender<()>, mpsc::Receiver<()>)>>,
}

impl Default for ToldStore {
    fn default() -> Self {
        let rows = MemoryStore::default();
        let writer = Arc::new(Mutex::new(rows.writer().unwrap()));
        let (is_full, is_unreadable) = (Arc::default(), AtomicBool::new(false));
        Self { rows, writer, is_full, is_unreadable, is_shared: false, held: Mutex::default() }
    }
}

impl ToldStore {
    /// One that several nodes write to.
    pub fn shared() -> Self {
        Self { is_shared: true, ..Self::default() }
    }

    /// Whether nothing can be written.
    pub fn set_full(&self, is_full: bool) {
        self.is_full.store(is_full, Ordering::SeqCst);
    }

    /// While this is kept, whoever writes waits.
    pub fn hold_writes(&self) -> impl Drop {
        self.writer.lock()
    }

    /// Whether nothing can be read.
    pub fn set_unreadable(&self, is_unreadable: bool) {
        self.is_unreadable.store(is_unreadable, Ordering::SeqCst);
    }

    /// The next question is held after its moment was taken: the first half says when that is so, the second lets it go.
    pub fn hold_next_question(&self) -> (oneshot::Receiver<()>, mpsc::Sender<()>) {
        let ((tell, told), (release, released)) = (oneshot::channel(), mpsc::channel());
        *self.held.lock() = Some((tell, released));
        (told, release)
    }
}

impl Store for ToldStore {
    fn is_shared(&self) -> bool {
        self.is_shared
    }

    fn writer(&self) -> Result<Box<dyn Writer>, StoreError> {
        Ok(Box::new(ToldWriter { writer: Arc::clone(&self.writer), is_full: Arc::clone(&self.is_full) }))
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        if self.is_unreadable.load(Ordering::SeqCst) {
            return Err(StoreError::Engine("unreadable".into()));
        }
        let snapshot = self.rows.snapshot()?;
        let held = self.held.lock().take();
        if let Some((tell, released)) = held {
            tell.send(()).unwrap();
            released.recv().unwrap();
        }
        Ok(snapshot)
    }
}

struct ToldWriter {
    writer: Arc<Mutex<Box<dyn Writer>>>,
    is_full: Arc<AtomicBool>,
}

impl Writer for ToldWriter {
    fn forget_events(&mut self, before: Timestamp, limit: u32) -> Result<u32, StoreError> {
        self.writer.lock().forget_events(before, limit)
    }

    fn transact(&mut self, reads: &Reads, decide: &mut dyn FnMut(&mut World)) -> Result<(), StoreError> {
        if self.is_full.load(Ordering::SeqCst) {
            Err(StoreError::Full)
        } else {
            self.writer.lock().transact(reads, decide)
        }
    }

    fn note_time(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if self.is_full.load(Ordering::SeqCst) { Err(StoreError::Full) } else { self.writer.lock().note_time(now) }
    }
}
