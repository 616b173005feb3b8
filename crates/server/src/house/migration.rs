//! Opens the database; what is in it is backed up before a migration changes it.

use std::path::{Path, PathBuf};

use app::seams::Clock;
use domain::time::Timestamp;
use store::{SchemaState, SqliteStore, UnopenedStore};

use super::error::HouseError;
use crate::backup::{Pace, make_backup};
use crate::stages::Stages;

/// What opening a database did to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Migrated {
    /// How far its schema had come before.
    pub before: SchemaState,
    /// What was in it before a migration; `None` if nothing was changed, or there was nothing yet.
    pub backup: Option<PathBuf>,
}

/// Makes or migrates the schema where needed. A backup lies in the data directory before anything is changed; without it, nothing is.
pub fn open_embedded(
    data: &Path,
    store: UnopenedStore,
    clock: &dyn Clock,
    stages: Stages<'_>,
) -> Result<(SqliteStore, Migrated), HouseError> {
    let before = store.schema_state()?;
    let backup = before.changes_what_is_there().then(|| data.join(backup_name(&before, clock.wall())));
    if let Some(backup) = &backup {
        make_backup(data, backup, &Pace::full(clock), stages).map_err(|error| HouseError::NoBackup(Box::new(error)))?;
        tracing::info!(backup = %backup.display(), "what is in the database before its migration was backed up");
    }
    Ok((store.open()?, Migrated { before, backup }))
}

/// Such as `before-v2-20260531-104000.backup`.
fn backup_name(before: &SchemaState, now: Timestamp) -> String {
    let next = before.missing.last().map_or(0, |step| step.version);
    let moment: String = now.wib().to_string().replace(' ', "-").replace([':', '-'], "");
    let (day, time) = moment.split_at_checked(8).unwrap_or((&moment, ""));
    format!("before-v{next}-{day}-{time}.backup")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use app::seams::ManualClock;
    use store::{Schema, SqliteFile, Store};

    use super::*;
    use crate::backup::inspect;

    fn now() -> Timestamp {
        Timestamp::parse_wib("2026-05-31 10:40:00").unwrap()
    }

    /// A data directory as this version leaves it.
    fn directory() -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        SqliteStore::open(directory.path()).unwrap().writer().unwrap().note_time(now()).unwrap();
        directory
    }

    fn open(directory: &Path, schema: Schema) -> Result<(SqliteStore, Migrated), HouseError> {
        open_embedded(directory, UnopenedStore::take(directory, schema)?, &ManualClock::at(now()), Stages::ignored())
    }

    fn backups(directory: &Path) -> Vec<PathBuf> {
        let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == "backup")).collect()
    }

    #[test]
    fn nothing_is_backed_up_where_nothing_is_changed() {
        let directory = directory();
        let (_, migrated) = open(directory.path(), Schema::known()).unwrap();
        assert_eq!((migrated.before.version(), migrated.backup), (Schema::known().version(), None));
        assert_eq!(backups(directory.path()), Vec::<PathBuf>::new());
        let new = tempfile::tempdir().unwrap();
        assert_eq!(open(new.path(), Schema::known()).unwrap().1.backup, None);
    }

    #[test]
    fn what_is_there_is_backed_up_before_it_is_migrated() {
        let directory = directory();
        let later = Schema::known().with("V900__later", "ALTER TABLE meta ADD COLUMN x INTEGER").unwrap();
        let (_, migrated) = open(directory.path(), later).unwrap();
        let backup = directory.path().join("before-v900-20260531-104000.backup");
        assert_eq!(migrated.backup.as_deref(), Some(&*backup));
        let inspection = inspect(&backup, Stages::ignored()).unwrap();
        assert_eq!((inspection.manifest.unwrap().schema, inspection.faults), (Schema::known().version(), vec![]));
        let database = SqliteFile::within(directory.path()).unwrap().unwrap();
        assert!(database.schema_state().is_err(), "it is newer than this program now");
    }

    #[test]
    fn a_migration_that_fails_half_way_changes_nothing_and_leaves_the_backup() {
        let directory = directory();
        let later = Schema::known().with("V900__later", "CREATE TABLE a (x INTEGER) STRICT; DROP TABLE nowhere");
        let before = SqliteFile::within(directory.path()).unwrap().unwrap().tally().unwrap();
        assert!(matches!(open(directory.path(), later.unwrap()), Err(HouseError::Store(_))));
        let backups = backups(directory.path());
        assert_eq!(inspect(&backups[0], Stages::ignored()).unwrap().faults, Vec::<String>::new());
        let (store, migrated) = open(directory.path(), Schema::known()).unwrap();
        assert_eq!((migrated.backup, store.snapshot().unwrap().newest().unwrap().0), (None, now()));
        assert_eq!(SqliteFile::within(directory.path()).unwrap().unwrap().tally().unwrap(), before);
    }

    #[test]
    fn without_a_backup_nothing_is_migrated() {
        let directory = directory();
        let later = || Schema::known().with("V900__later", "CREATE TABLE a (x INTEGER) STRICT").unwrap();
        fs::write(directory.path().join("before-v900-20260531-104000.backup"), "somebody's").unwrap();
        let refused = open(directory.path(), later()).err().unwrap().to_string();
        assert!(refused.contains("nothing was migrated") && refused.contains("is there already"), "{refused}");
        let state = UnopenedStore::take(directory.path(), later()).unwrap().schema_state().unwrap();
        assert_eq!((state.version(), state.missing.len()), (Schema::known().version(), 1));
    }
}
