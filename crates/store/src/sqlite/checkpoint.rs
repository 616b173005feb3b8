//! Copies committed pages from the log into the database file, so that the log stays small.

use rusqlite::Connection;

use crate::StoreError;
use crate::sqlite::statement::find;

/// How long the log may grow: 80 MiB of pages. Rarer checkpoints copy a hot page once for many commits.
const MOST_LOG_PAGES: i64 = 20_000;

/// Makes a checkpoint if the log has grown long enough. It waits for nobody: what a reader still needs is left for the next one.
///
/// SQLite's own automatic checkpoint does the same but hides its failures, and after a failed sync nothing must be written any more.
pub fn make_if_due(connection: &Connection) -> Result<(), StoreError> {
    if log_pages(connection, "PRAGMA wal_checkpoint(NOOP)")? >= MOST_LOG_PAGES {
        log_pages(connection, "PRAGMA wal_checkpoint(PASSIVE)")?;
    }
    Ok(())
}

fn log_pages(connection: &Connection, pragma: &str) -> Result<i64, StoreError> {
    // Columns: whether it had to stop early, pages in the log, pages of them that are in the database file.
    Ok(find(connection, pragma, [], |row| Ok(row.get(1)?))?.unwrap_or(0))
}
