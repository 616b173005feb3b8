//! Why a house can't be opened.

use std::path::PathBuf;

use app::{StartError, VaultError};
use store::StoreError;
use thiserror::Error;

use super::data_directory::DirectoryFault;
use crate::backup::BackupError;

/// Why a house can't be opened. Sentences say what to do.
#[derive(Debug, Error)]
pub enum HouseError {
    /// Something is wrong with the data directory.
    #[error(transparent)]
    Directory(#[from] DirectoryFault),
    /// The store can't be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database is to be migrated, and can't be backed up before.
    #[error("nothing was migrated, since the database could not be backed up before: {0}")]
    NoBackup(Box<BackupError>),
    /// The master key can't be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The use cases can't begin.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The sandbox's record can't be used.
    #[error("the sandbox's record {path} cannot be used: {error}; repair it, or move it away")]
    SandboxRecord {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The built-in supplier has no name, which its own tests keep from happening.
    #[error("the built-in sandbox has no name")]
    SandboxName,
}
