//! A database before it is opened: what has to be done to it first can be seen, and kept from happening.

use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;
use rusqlite::Connection;

use crate::directory::Directory;
use crate::postgres;
use crate::sqlite::moving::Source;
use crate::sqlite::readers::Readers;
use crate::sqlite::schema::{Schema, SchemaState};
use crate::sqlite::writer::SqliteWriter;
use crate::sqlite::{SqliteStore, connection};
use crate::{MovedTable, StoreError};

/// The database of a directory that is ours. Nothing was changed in it yet.
#[derive(Debug)]
pub struct UnopenedStore {
    directory: Arc<Directory>,
    connection: Connection,
    schema: Schema,
}

impl UnopenedStore {
    /// Takes an existing directory, which must not be in use by another process, to open its database with this schema.
    pub fn take(directory: &Path, schema: Schema) -> Result<Self, StoreError> {
        let directory = Directory::take(directory)?;
        directory.check_not_moved()?;
        Self::of(directory, schema)
    }

    /// The same to move it, also once more.
    pub fn take_to_move(directory: &Path, schema: Schema) -> Result<Self, StoreError> {
        Self::of(Directory::take(directory)?, schema)
    }

    fn of(directory: Directory, schema: Schema) -> Result<Self, StoreError> {
        let directory = Arc::new(directory);
        let connection = connection::open_for_writing(&directory.database())?;
        Ok(Self { directory, connection, schema })
    }

    /// What opening it will do.
    pub fn schema_state(&self) -> Result<SchemaState, StoreError> {
        self.schema.state(&self.connection)
    }

    /// Moves everything into the empty PostgreSQL database at `url`, which is called `place` where a password must not be seen. The schema
    /// must be this program's. `progress` is told how many rows of how many are written and read back.
    ///
    /// It is one transaction there, which is committed only when every table holds what it holds here. From just before that on, this
    /// database is marked and can't be opened. After an error
    /// it is so only if it isn't known whether it was moved, or was so before.
    pub fn move_to(
        self,
        url: &str,
        place: &str,
        writer_id: [u8; 16],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<MovedTable>, StoreError> {
        let source = Source::begin(&self.connection)?;
        // A mark of an earlier move stands for what is in another database, whatever becomes of this one.
        let was_moved = matches!(self.directory.check_not_moved(), Err(StoreError::Moved { .. }));
        let moved = postgres::fill(url, &source, writer_id, &mut || self.directory.mark_moved(place), progress);
        if !was_moved && !matches!(moved, Ok(_) | Err(StoreError::Unknown(_))) {
            self.directory.unmark_moved()?;
        }
        moved
    }

    /// Makes or migrates the schema where needed.
    pub fn open(mut self) -> Result<SqliteStore, StoreError> {
        self.schema.migrate(&mut self.connection)?;
        let writer = SqliteWriter::new(self.connection, self.directory.clone())?;
        Ok(SqliteStore { readers: Readers::new(self.directory), writer: Mutex::new(Some(writer)) })
    }
}
