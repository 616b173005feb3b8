//! One SQLite file in a directory of its own: durable when a batch returns, for one process on one machine.
//!
//! One connection writes; reading goes through a few read-only connections that never wait for it. A full disk or a directory that can't
//! be written is an error that passes when its cause does; a failed sync is for good, until the process is started again.

mod checkpoint;
mod connection;
mod copier;
mod copy;
mod event_snapshot;
mod failure;
mod fields;
mod file;
mod moving;
mod readers;
mod recent;
#[cfg(test)]
mod rules;
mod schema;
mod snapshot;
mod statements;
mod tables;
mod tally;
mod unopened;
mod writer;

use std::path::Path;

use parking_lot::Mutex;

use crate::sqlite::readers::Readers;
use crate::sqlite::snapshot::SqliteSnapshot;
use crate::sqlite::writer::SqliteWriter;
use crate::{Snapshot, Store, StoreError, Writer};

pub use file::{Look, SqliteFile};
pub use moving::{Source, next_rows};
pub use schema::{Schema, SchemaState, SchemaStep};
pub use tally::Tally;
pub use unopened::UnopenedStore;

/// The embedded database of one node.
#[derive(Debug)]
pub struct SqliteStore {
    readers: Readers,
    writer: Mutex<Option<SqliteWriter>>,
}

impl SqliteStore {
    /// Opens the database in an existing directory, which must not be in use by another process; makes or migrates it where needed.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        UnopenedStore::take(directory, Schema::known())?.open()
    }
}

impl Store for SqliteStore {
    fn writer(&self) -> Result<Box<dyn Writer>, StoreError> {
        let writer = self.writer.lock().take().ok_or(StoreError::WriterTaken)?;
        Ok(Box::new(writer))
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(SqliteSnapshot::begin(self.readers.take()?)?))
    }
}
