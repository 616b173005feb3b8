//! Why a backup can't be made or used.

use std::io;
use std::path::{Path, PathBuf};

use store::StoreError;
use thiserror::Error;

use crate::house::DirectoryFault;

/// Why something was not done. Sentences say what to do; nothing was changed, and no half of a file is left under its name.
#[derive(Debug, Error)]
pub enum BackupError {
    /// There is no database to back up.
    #[error("there is no database in {0}; name the right data directory with --data")]
    NoDatabase(PathBuf),
    /// There is something under the name.
    #[error("{0} is there already, and is never overwritten; choose another name")]
    Exists(PathBuf),
    /// There is a database already.
    #[error(
        "{0} is there already, and is never overwritten; restore into another directory with --data, or stop the server and move loket.db, loket.db-wal and loket.db-shm away first"
    )]
    HasDatabase(PathBuf),
    /// The disk has too little room.
    #[error("{} MiB are needed on the disk of {path}, and {} are free; free some space, or choose another disk", mib(*.needed), mib(*.free))]
    NoRoom {
        /// Where.
        path: PathBuf,
        /// So many bytes are needed.
        needed: u64,
        /// So many are free.
        free: u64,
    },
    /// A file can't be read or written.
    #[error("{path} cannot be used: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It can't be told what it is.
    #[error("the backup cannot describe itself: {0}")]
    Manifest(#[from] serde_json::Error),
    /// The backup must not be used.
    #[error(
        "{path} cannot be restored: {fault}; take another backup (`loket backup verify FILE` says all that is wrong with one)"
    )]
    Broken {
        /// Which.
        path: PathBuf,
        /// The first thing that is wrong with it.
        fault: String,
    },
    /// The key that is there is another one.
    #[error(
        "the master key {path} is {found}, and the secrets in the backup were encrypted with {wanted}; put that one in its place, or restore into another directory with --data"
    )]
    OtherKey {
        /// The key's file.
        path: PathBuf,
        /// What it is called.
        found: String,
        /// What it has to be called.
        wanted: String,
    },
    /// The key that is there can't be used.
    #[error(transparent)]
    Key(#[from] app::VaultError),
    /// Something is wrong with the data directory.
    #[error(transparent)]
    Directory(#[from] DirectoryFault),
    /// The database can't be read or copied.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    /// What the system says about a file.
    pub fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        |error| Self::File { path, error }
    }
}

const fn mib(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}
