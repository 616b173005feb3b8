//! Copies a database while it is written to: one moment of it, page by page.

use std::fs::File;
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::StoreError;
use crate::sqlite::snapshot::SqliteSnapshot;

/// 1 MiB: so often it is brought to disk, and told how far it has come.
const PAGES_A_STEP: i32 = 256;

/// Copies the newest moment into an empty file. `progress` is told how many bytes of how many are copied.
///
/// The moment is that of a read transaction, held to the end: what is written meanwhile by others changes nothing in it, so that the copy
/// never has to begin anew. They don't wait for it either; only their log can't begin anew before it ends.
pub fn copy(source: &Connection, target: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), StoreError> {
    let moment = SqliteSnapshot::begin(source)?;
    let page_size: i32 = source.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    let bytes = |pages: i32| u64::from(pages.unsigned_abs()).saturating_mul(u64::from(page_size.unsigned_abs()));
    let file = File::options().write(true).open(target).map_err(|error| failed(target, &error))?;
    let mut copy =
        Connection::open_with_flags(target, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // Nobody reads it before it is whole, and a half of it is thrown away: it needs no journal, and is synced by us.
    copy.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF;
         PRAGMA cache_size = -4096;",
    )?;
    {
        let backup = Backup::new(source, &mut copy)?;
        loop {
            let result = backup.step(PAGES_A_STEP)?;
            // What waits to be written to disk must not keep the sync of somebody's commit waiting.
            file.sync_data().map_err(|error| failed(target, &error))?;
            let pages = backup.progress();
            progress(bytes(pages.pagecount.saturating_sub(pages.remaining)), bytes(pages.pagecount));
            match result {
                StepResult::Done => break,
                StepResult::More => {}
                _ => return Err(StoreError::Engine(format!("{} cannot be written: it is locked", target.display()))),
            }
        }
    }
    drop(moment);
    // A copy of a database with a log says that it has one too, and nothing could read it without making one.
    copy.execute_batch("PRAGMA journal_mode = DELETE;")?;
    copy.close().map_err(|(_, error)| StoreError::from(error))?;
    file.sync_all().map_err(|error| failed(target, &error))
}

fn failed(target: &Path, error: &std::io::Error) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StoreError::Full,
        _ => StoreError::Engine(format!("{} cannot be written: {error}", target.display())),
    }
}
