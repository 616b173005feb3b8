//! Makes a backup, whether a server runs or not.

use std::path::Path;

use store::SqliteFile;

use super::error::BackupError;
use super::manifest::Manifest;
use super::new_file::NewFile;
use super::pace::Pace;
use super::sealed_file::seal;
use crate::house::open_vault;
use crate::stages::{Stage, Stages};

/// A backup that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Why nothing is known of the master key; `None` if it was there.
    pub key_fault: Option<String>,
}

/// Copies the newest moment of the database in a data directory into a new file. What was answered before this began is in it.
pub fn make_backup(data: &Path, target: &Path, pace: &Pace<'_>, stages: Stages<'_>) -> Result<Made, BackupError> {
    let began_at = pace.clock().wall();
    let database = SqliteFile::within(data)?.ok_or_else(|| BackupError::NoDatabase(data.to_path_buf()))?;
    // What this program can't read it couldn't restore.
    let schema = database.schema_state()?.version();
    let mut file = NewFile::begin(target, database.size()?)?;
    let copying = stages.begin(Stage::Bytes("copied"));
    database.copy_to(file.path(), &mut |done, of| {
        copying.tell(done, of);
        pace.rest();
    })?;
    let tally = SqliteFile::at_rest(file.path())?.tally()?;
    let (master_key, key_fault) = match open_vault(data) {
        Ok(vault) => (Some(vault.key_id().to_owned()), None),
        Err(fault) => (None, Some(fault.to_string())),
    };
    let length = file.file().metadata().map_err(BackupError::file(target))?.len();
    let manifest = Manifest::of(tally, began_at, schema, length, master_key);
    seal(file.file(), target, &manifest, &stages.begin(Stage::Bytes("sealed")))?;
    file.finish()?;
    Ok(Made { manifest, key_fault })
}
