//! What the engine's failures mean to us.

use rusqlite::{Error, ErrorCode, ffi};

use crate::StoreError;
use crate::sqlite::directory::DATABASE_FILE;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match (error.sqlite_error_code(), error.sqlite_extended_error_code()) {
            (_, Some(ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC)) => Self::SyncFailed,
            (
                _,
                Some(ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_ROWID),
            ) => Self::Conflict,
            (Some(ErrorCode::DiskFull), _) => Self::Full,
            (Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied), _) => {
                Self::ReadOnly { path: DATABASE_FILE.into() }
            }
            _ => Self::Engine(error.to_string()),
        }
    }
}
