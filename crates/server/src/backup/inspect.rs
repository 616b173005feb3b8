//! Looks whether a backup is good for anything.

use std::path::Path;

use app::{Verification, verify};
use store::{Look, SqliteFile, StoreError};

use super::error::BackupError;
use super::manifest::Manifest;
use super::sealed_file::SealedFile;
use crate::stages::{Stage, Stages};

/// What was seen of a backup.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inspection {
    /// What it says of itself; `None` if it can't be believed.
    pub manifest: Option<Manifest>,
    /// What the books came to; `None` if they weren't looked at, since it is of an older version, or damaged.
    pub verification: Option<Verification>,
    /// What is wrong with it.
    pub faults: Vec<String>,
}

/// Looks at every byte, every page, every index, and holds the books against every rule. Nothing is changed.
pub fn inspect(path: &Path, stages: Stages<'_>) -> Result<Inspection, BackupError> {
    let mut inspection = Inspection::default();
    let Some(mut file) = SealedFile::open(path)? else {
        inspection.faults.push("it is not a backup that `loket backup` made, or its end is missing".to_owned());
        return Ok(inspection);
    };
    if !file.is_whole(&stages.begin(Stage::Bytes("read")))? {
        inspection.faults.push("its bytes are not those that were written: it was changed or damaged since".to_owned());
        return Ok(inspection);
    }
    inspection.manifest = Some(file.manifest.clone());
    if let Err(fault) = look_inside(path, &file.manifest, &mut inspection, stages) {
        // A row that doesn't decode, a schema that isn't ours: that is what was looked for.
        inspection.faults.push(fault.to_string());
    }
    Ok(inspection)
}

fn look_inside(
    path: &Path,
    manifest: &Manifest,
    inspection: &mut Inspection,
    stages: Stages<'_>,
) -> Result<(), StoreError> {
    let mut database = SqliteFile::at_rest(path)?;
    let schema = database.schema_state()?;
    stages.begin(Stage::Items("pages and indexes"));
    inspection.faults.extend(database.damage(Look::Thorough)?);
    if !inspection.faults.is_empty() || !schema.missing.is_empty() {
        return Ok(());
    }
    inspection.faults.extend(manifest.differences(&database.tally()?));
    let progress = stages.begin(Stage::Items("books"));
    let verification = verify(database.snapshot()?.as_mut(), &mut |done, of| progress.tell(done, of))?;
    let broken =
        verification.findings.iter().map(|finding| format!("broken rule: {} ({})", finding.rule, finding.place));
    inspection.faults.extend(broken);
    inspection.verification = Some(verification);
    Ok(())
}
