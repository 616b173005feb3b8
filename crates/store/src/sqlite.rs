//! One SQLite file in a directory of its own: durable when a batch returns, for one process on one machine.
//!
//! One connection writes; reading goes through a few read-only connections that never wait for it. A full disk or a directory that can't
//! be written is an error that passes when its cause does; a failed sync is for good, until the process is started again.

mod checkpoint;
mod connection;
mod event_snapshot;
mod failure;
mod fields;
mod readers;
mod recent;
mod schema;
mod snapshot;
mod statement;
mod tables;
mod writer;

use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::directory::Directory;
use crate::sqlite::readers::Readers;
use crate::sqlite::snapshot::SqliteSnapshot;
use crate::sqlite::writer::SqliteWriter;
use crate::{Snapshot, Store, StoreError, Writer, codes, directory};

/// The embedded database of one node.
#[derive(Debug)]
pub struct SqliteStore {
    readers: Readers,
    writer: Mutex<Option<SqliteWriter>>,
}

impl SqliteStore {
    /// Opens the database in an existing directory, which must not be in use by another process; makes or migrates it where needed.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        let directory = Arc::new(Directory::take(directory)?);
        let mut connection = connection::open_for_writing(&directory.database())?;
        schema::migrate(&mut connection)?;
        let writer = SqliteWriter::new(connection, directory.clone());
        Ok(Self { readers: Readers::new(directory), writer: Mutex::new(Some(writer)) })
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
