//! The data directory: one process at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::StoreError;

/// The database's name within the directory.
pub const DATABASE_FILE: &str = "loket.db";
const LOCK_FILE: &str = "loket.lock";
/// Says that the database was moved, and where; beside the database, so that a backup isn't marked.
const MOVED_FILE: &str = "loket.moved";

/// A directory that is ours until this is dropped, or the process ends however it ends: the operating system holds the lock.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    _lock: File,
}

impl Directory {
    /// Takes the directory, which exists, or says who or what stands in the way.
    pub fn take(path: &Path) -> Result<Self, StoreError> {
        let lock_path = path.join(LOCK_FILE);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(|error| explain(path, &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(explain(path, &error)),
        }
    }

    /// Where the database is.
    pub fn database(&self) -> PathBuf {
        self.path.join(DATABASE_FILE)
    }

    /// It is an error if the database was moved.
    pub fn check_not_moved(&self) -> Result<(), StoreError> {
        let mark = self.path.join(MOVED_FILE);
        match std::fs::read_to_string(&mark) {
            Ok(to) => Err(StoreError::Moved { path: self.path.clone(), to: to.trim().to_owned(), mark }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(explain(&self.path, &error)),
        }
    }

    /// Marks the database as moved to a place; on disk when this returns.
    pub fn mark_moved(&self, to: &str) -> Result<(), StoreError> {
        let write = || {
            let mut mark = File::create(self.path.join(MOVED_FILE))?;
            writeln!(mark, "{to}")?;
            mark.sync_all()?;
            File::open(&self.path)?.sync_all()
        };
        write().map_err(|error| explain(&self.path, &error))
    }

    /// Takes the mark away, if there is one: the database wasn't moved.
    pub fn unmark_moved(&self) -> Result<(), StoreError> {
        match std::fs::remove_file(self.path.join(MOVED_FILE)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(explain(&self.path, &error)),
            _ => Ok(()),
        }
    }
}

fn explain(path: &Path, error: &Error) -> StoreError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { path: path.to_owned() },
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::Full,
        _ => StoreError::Engine(format!("{}: {error}", path.display())),
    }
}
