//! What the engine's failures mean to us.

use rusqlite::{Error, ErrorCode, ffi};

use crate::StoreError;
use crate::directory::DATABASE_FILE;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error.sqlite_extended_error_code() {
            Some(ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC) => return Self::SyncFailed,
            Some(ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_ROWID) => {
                return Self::Conflict;
            }
            // A quota or a limit on the size of files comes as this, and only a full disk as `SQLITE_FULL`. A write that was refused
            // left no valid page at the end of the log: the last page of a commit is written last.
            Some(ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE) => return Self::Full,
            _ => {}
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path: DATABASE_FILE.into() },
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { path: DATABASE_FILE.into() },
            _ => Self::Engine(error.to_string()),
        }
    }
}
