//! What can go wrong between the rows and the disk.

use std::path::PathBuf;

use thiserror::Error;

/// Why a store could not do what it was asked. Sentences say what to do next.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A row does not decode: it was written by something else, or damaged.
    #[error(
        "the row {id} of table {table} holds something unreadable in column {column}; restore a backup or ask for help, and do not edit it by hand"
    )]
    Corrupt {
        /// In which table.
        table: &'static str,
        /// In which column.
        column: &'static str,
        /// Its key, as text.
        id: String,
    },
    /// No room to write: the disk, a quota, or a limit on the size of files.
    #[error(
        "there is no room left to write the database; free some disk space or raise its limit, and it goes on by itself"
    )]
    Full,
    /// The directory or file does not let us write.
    #[error(
        "{path} cannot be written; give this user the right to write there, or choose another directory with --data"
    )]
    ReadOnly {
        /// What cannot be written.
        path: PathBuf,
    },
    /// The file is something else, or its beginning was overwritten.
    #[error(
        "{path} in the data directory is not a database, or is damaged; restore a backup, or choose another directory with --data"
    )]
    NotADatabase {
        /// Which file.
        path: PathBuf,
    },
    /// A newer program made this database.
    #[error(
        "the database has schema version {found}, and this program knows versions up to {known}; start the newer program that wrote it"
    )]
    TooNew {
        /// The version found.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// The database was made by other migrations than the program's.
    #[error(
        "the database's schema was made by another program: its migration {version} ({name}) is not the one that this program has; start the program that wrote it, or restore a backup"
    )]
    OtherSchema {
        /// The first migration that differs.
        version: u32,
        /// Its name there.
        name: String,
    },
    /// Another process serves from this directory.
    #[error("another loket process is using {path}; stop it, or choose another directory with --data")]
    InUse {
        /// The directory.
        path: PathBuf,
    },
    /// What is in the directory was moved into another database.
    #[error(
        "the database in {path} was moved: {to}; name that one with LOKET_DATABASE_URL. If nothing was written there since and this one is to be used again, delete {mark}"
    )]
    Moved {
        /// The directory.
        path: PathBuf,
        /// Where it was moved, and when that isn't sure; without a password.
        to: String,
        /// The file that says so.
        mark: PathBuf,
    },
    /// The writer was given out already.
    #[error("the store's writer was already taken")]
    WriterTaken,
    /// A unique rule of the store was broken, such as two merchants with one `api_id`.
    #[error("something with the same unique key exists already")]
    Conflict,
    /// PostgreSQL can't be used as things are; nothing was changed. The sentence says why, and what to do.
    #[error("{0}")]
    Unavailable(String),
    /// Whether the batch was written is not known.
    #[error("it is not known whether the last batch reached the disk: {0}")]
    Unknown(String),
    /// Syncing failed once. The batch may be there after a restart, as after [`StoreError::Unknown`]. The system may have dropped what
    /// was not on disk, so nothing more is written before that restart.
    #[error("the disk failed to sync, and nothing more is written until loket is started again; check the disk first")]
    SyncFailed,
    /// Anything else of the engine's.
    #[error("the database engine failed: {0}")]
    Engine(String),
}
