//! Puts the database of a backup into a data directory that has none.

use std::path::Path;

use app::VaultError;
use store::Directory;

use super::error::BackupError;
use super::inspect::inspect;
use super::manifest::Manifest;
use super::new_file::NewFile;
use super::sealed_file::SealedFile;
use crate::house::{DataDirectory, KEY_FILE, open_vault};
use crate::stages::{Stage, Stages};

/// The database's parts beside it: an old log would be read as the new database's.
const PARTS: [&str; 3] = ["loket.db", "loket.db-wal", "loket.db-shm"];

/// A backup that is in its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// What it said of itself.
    pub manifest: Manifest,
    /// Whether the secrets in it can be read.
    pub key: KeyState,
}

/// What is there of the key that the secrets of a backup were encrypted with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyState {
    /// It is in its place.
    Fits,
    /// It has to be put there.
    Missing,
    /// The backup doesn't say which one it is.
    Unknown,
}

/// Verifies a backup and puts its database into a directory, which is made if it isn't there. It is there whole, or not at all.
pub fn restore(backup: &Path, data: &Path, stages: Stages<'_>) -> Result<Restored, BackupError> {
    let inspection = inspect(backup, stages)?;
    let broken = |fault| BackupError::Broken { path: backup.to_path_buf(), fault };
    if let Some(fault) = inspection.faults.into_iter().next() {
        return Err(broken(fault));
    }
    let data = DataDirectory::find_or_make(data)?;
    // Nobody else makes a database there meanwhile.
    let directory = Directory::take(data.path())?;
    if let Some(part) = PARTS.iter().map(|part| data.path().join(part)).find(|part| part.exists()) {
        return Err(BackupError::HasDatabase(part));
    }
    let mut file = SealedFile::open(backup)?.ok_or_else(|| broken("it was changed meanwhile".to_owned()))?;
    let key = check_key(data.path(), &file.manifest)?;
    let mut database = NewFile::begin(&directory.database(), file.manifest.database_bytes)?;
    file.extract(database.file(), &stages.begin(Stage::Bytes("restored"))).map_err(BackupError::file(backup))?;
    database.finish()?;
    Ok(Restored { manifest: file.manifest, key })
}

/// Another key than the backup's would hide that the right one is missing.
fn check_key(data: &Path, manifest: &Manifest) -> Result<KeyState, BackupError> {
    let Some(wanted) = &manifest.master_key else { return Ok(KeyState::Unknown) };
    match open_vault(data) {
        Ok(vault) if vault.key_id() == wanted => Ok(KeyState::Fits),
        Ok(vault) => Err(BackupError::OtherKey {
            path: data.join(KEY_FILE),
            found: vault.key_id().to_owned(),
            wanted: wanted.clone(),
        }),
        Err(VaultError::Missing { .. }) => Ok(KeyState::Missing),
        Err(fault) => Err(fault.into()),
    }
}
