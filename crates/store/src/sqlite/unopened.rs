//! A database before it is opened: what has to be done to it first can be seen, and kept from happening.

use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;
use rusqlite::Connection;

use crate::StoreError;
use crate::directory::Directory;
use crate::sqlite::readers::Readers;
use crate::sqlite::schema::{Schema, SchemaState};
use crate::sqlite::writer::SqliteWriter;
use crate::sqlite::{SqliteStore, connection};

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
        let directory = Arc::new(Directory::take(directory)?);
        let connection = connection::open_for_writing(&directory.database())?;
        Ok(Self { directory, connection, schema })
    }

    /// What opening it will do.
    pub fn schema_state(&self) -> Result<SchemaState, StoreError> {
        self.schema.state(&self.connection)
    }

    /// Makes or migrates the schema where needed.
    pub fn open(mut self) -> Result<SqliteStore, StoreError> {
        self.schema.migrate(&mut self.connection)?;
        let writer = SqliteWriter::new(self.connection, self.directory.clone());
        Ok(SqliteStore { readers: Readers::new(self.directory), writer: Mutex::new(Some(writer)) })
    }
}
