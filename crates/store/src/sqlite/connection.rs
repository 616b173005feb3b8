//! How connections are set up: what is durable, what is cached, what may be written.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::StoreError;

/// Every statement of the house fits, so that none is prepared twice.
const CACHED_STATEMENTS: usize = 96;
/// A reader meets a lock only while the writer recovers the log or starts it anew: moments.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The one connection that writes. A commit returns when the log is synced.
pub fn open_for_writing(database: &Path) -> Result<Connection, StoreError> {
    let connection = open(database, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    // A file that may only be read is opened for reading all the same, without a word.
    if connection.is_readonly("main")? {
        return Err(StoreError::ReadOnly { path: database.to_path_buf() });
    }
    // Negative sizes are KiB: twice as much gained nothing that could be told from the noise (docs/benchmarks.md). Checkpoints are made by
    // `checkpoint`, whose failures are seen; SQLite's own hide theirs.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA journal_size_limit = 134217728;
         PRAGMA cache_size = -32768;",
    )?;
    Ok(connection)
}

/// The one that copies from the log into the file, and writes nothing else.
pub fn open_for_copying(database: &Path) -> Result<Connection, StoreError> {
    let connection = open(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -64;")?;
    Ok(connection)
}

/// One of the connections that read.
pub fn open_for_reading(database: &Path) -> Result<Connection, StoreError> {
    let connection = open(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch("PRAGMA cache_size = -4096;")?;
    Ok(connection)
}

fn open(database: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    // A connection is used by one thread at a time, so SQLite needs no mutex of its own.
    let connection = Connection::open_with_flags(database, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    // A statement is planned once, not again for values that look unlike those before.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}
