//! A PostgreSQL database: durable when a batch returns, for as many nodes as one likes.
//!
//! Each node writes through one connection of its own, and several nodes at once are kept apart by locks on rows, always taken in the same
//! order. What a lost connection leaves in doubt is looked up; what isn't known is called so. Reading goes through a few connections more.

mod address;
mod arrays;
mod background;
mod bills_in_order;
mod cells;
mod connection;
mod deadline;
mod dispatches;
mod endpoints;
mod event_snapshot;
mod failure;
mod moving;
mod nul;
mod pipeline;
mod products;
mod queries;
mod readers;
#[cfg(test)]
mod rules;
mod schema;
mod snapshot;
mod sql;
mod tls;
mod writer;

use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::directory::Directory;
use crate::postgres::address::Address;
use crate::postgres::background::Background;
use crate::postgres::connection::Connection;
use crate::postgres::readers::Readers;
use crate::postgres::snapshot::PostgresSnapshot;
use crate::postgres::writer::PostgresWriter;
use crate::{Snapshot, Store, StoreError, Writer};

pub use moving::fill;

/// A database on a server.
#[derive(Debug)]
pub struct PostgresStore {
    readers: Readers,
    writer: Mutex<Option<PostgresWriter>>,
}

impl PostgresStore {
    /// Opens the database at `postgres://…` for the process whose data directory this is, which must not be in use by another; makes or
    /// migrates tables where needed. `writer_id` is random, and no other writer's ever.
    pub fn open(directory: &Path, url: &str, writer_id: [u8; 16]) -> Result<Self, StoreError> {
        let directory = Directory::take(directory)?;
        let address = Address::parse(url)?;
        let background = Arc::new(Background::start()?);
        background.wait(async {
            let runtime = background.handle().ok_or_else(|| StoreError::Engine("no runtime".to_owned()))?;
            schema::migrate(&Connection::open(&address, runtime).await?.client).await
        })?;
        let writer = PostgresWriter::new(address.clone(), writer_id, directory);
        Ok(Self { readers: Readers::new(address, background)?, writer: Mutex::new(Some(writer)) })
    }
}

impl Store for PostgresStore {
    fn writer(&self) -> Result<Box<dyn Writer>, StoreError> {
        let writer = self.writer.lock().take().ok_or(StoreError::WriterTaken)?;
        Ok(Box::new(writer))
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(PostgresSnapshot::of(self.readers.begin()?)))
    }
}
