//! A few read-only connections, opened when they are first needed. Who finds none free waits for one.

use std::ops::Deref;
use std::sync::Arc;

use parking_lot::{Condvar, MappedMutexGuard, Mutex, MutexGuard};
use rusqlite::Connection;

use crate::StoreError;
use crate::directory::Directory;
use crate::sqlite::connection;

/// More would only wait for the same few cores, and each caches pages of its own.
const MOST_READERS: usize = 8;

/// The connections, and how many of them are free.
#[derive(Debug)]
pub struct Readers {
    directory: Arc<Directory>,
    connections: [Mutex<Option<Connection>>; MOST_READERS],
    free: Mutex<usize>,
    freed: Condvar,
}

/// A connection in use, until it is dropped.
#[derive(Debug)]
pub struct Reader<'a> {
    // Dropped in this order: whoever gets the permit finds the connection unlocked.
    connection: MappedMutexGuard<'a, Connection>,
    _permit: Permit<'a>,
}

#[derive(Debug)]
struct Permit<'a>(&'a Readers);

impl Readers {
    /// Reads the database of a directory.
    pub fn new(directory: Arc<Directory>) -> Self {
        Self { directory, connections: Default::default(), free: Mutex::new(MOST_READERS), freed: Condvar::new() }
    }

    /// A connection that nobody else uses; waits while all are in use.
    pub fn take(&self) -> Result<Reader<'_>, StoreError> {
        let permit = self.wait_for_permit();
        // There are as many permits as connections, so one is unlocked. The first: it is open already, and its cache is warm.
        let unlocked = self.connections.iter().find_map(Mutex::try_lock);
        let mut slot = unlocked.ok_or_else(|| StoreError::Engine("no connection is free to read with".to_owned()))?;
        let connection = match slot.take() {
            Some(connection) => connection,
            None => connection::open_for_reading(&self.directory.database())?,
        };
        Ok(Reader { connection: MutexGuard::map(slot, |slot| slot.insert(connection)), _permit: permit })
    }

    fn wait_for_permit(&self) -> Permit<'_> {
        let mut free = self.free.lock();
        while *free == 0 {
            self.freed.wait(&mut free);
        }
        *free -= 1;
        Permit(self)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.free.lock() += 1;
        self.0.freed.notify_one();
    }
}

impl Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}
