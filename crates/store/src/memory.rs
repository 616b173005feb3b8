//! Rows in memory, for tests and the simulator: as consistent as a database, and gone with the process.

mod event_snapshot;
mod snapshot;
mod state;
mod writer;

use std::sync::Arc;

use parking_lot::Mutex;

use crate::memory::snapshot::MemorySnapshot;
use crate::memory::state::State;
use crate::memory::writer::MemoryWriter;
use crate::{Snapshot, Store, StoreError, Writer};

/// A store that forgets. A snapshot shares the state; a batch copies it only while somebody looks at it.
#[derive(Debug)]
pub struct MemoryStore {
    state: Arc<Mutex<Arc<State>>>,
    writer: Mutex<Option<MemoryWriter>>,
}

impl Default for MemoryStore {
    fn default() -> Self {
        let state = Arc::default();
        Self { writer: Mutex::new(Some(MemoryWriter::new(Arc::clone(&state)))), state }
    }
}

impl Store for MemoryStore {
    fn writer(&self) -> Result<Box<dyn Writer>, StoreError> {
        let writer = self.writer.lock().take().ok_or(StoreError::WriterTaken)?;
        Ok(Box::new(writer))
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(MemorySnapshot::of(self.state.lock().clone())))
    }
}
