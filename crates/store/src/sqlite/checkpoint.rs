//! Copies committed pages from the log into the database file, so that the log stays small.

use crate::StoreError;
use crate::sqlite::statements::Statements;

/// 80 MiB. The rarer a checkpoint is, the more commits share one copy of a hot page.
pub const MOST_LOG_PAGES: i64 = 20_000;

/// Makes a checkpoint if the log has that many pages. It waits for nobody: what a reader still needs is left for the next one.
///
/// SQLite's own automatic checkpoint does the same but hides its failures, and after a failed sync nothing must be written any more.
pub fn make_if_due(statements: &Statements<'_>, most_log_pages: i64) -> Result<(), StoreError> {
    if log_pages(statements, "PRAGMA wal_checkpoint(NOOP)")? >= most_log_pages {
        log_pages(statements, "PRAGMA wal_checkpoint(PASSIVE)")?;
    }
    Ok(())
}

fn log_pages(statements: &Statements<'_>, pragma: &'static str) -> Result<i64, StoreError> {
    // Columns: whether it had to stop early, pages in the log, pages of them that are in the database file.
    Ok(statements.find(pragma, [], |row| Ok(row.get(1)?))?.unwrap_or(0))
}
