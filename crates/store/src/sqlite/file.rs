//! A database that is only looked at: one that a server is writing, or one at rest, such as a backup.

use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::directory::DATABASE_FILE;
use crate::sqlite::schema::{Schema, SchemaState};
use crate::sqlite::snapshot::SqliteSnapshot;
use crate::sqlite::statements::Statements;
use crate::sqlite::tally::{self, Tally};
use crate::sqlite::{connection, copy};
use crate::{Snapshot, StoreError};

/// A database file, opened for reading. It takes no lock of the directory's, and disturbs nobody who writes.
#[derive(Debug)]
pub struct SqliteFile {
    path: PathBuf,
    connection: Connection,
}

/// How closely a file is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// Every page.
    Quick,
    /// Every page, and every entry of an index against its row.
    Thorough,
}

impl SqliteFile {
    /// The database of a data directory, whether a server has it or not; `None` if there is none.
    pub fn within(directory: &Path) -> Result<Option<Self>, StoreError> {
        let path = directory.join(DATABASE_FILE);
        if !path.exists() {
            return Ok(None);
        }
        let connection = connection::open_for_reading(&path)?;
        Ok(Some(Self { path, connection }))
    }

    /// A file that nobody writes. Nothing is changed in it, and nothing is made beside it.
    pub fn at_rest(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(immutable(path), flags)?;
        Ok(Self { path: path.to_owned(), connection })
    }

    /// A view of one consistent moment. A file has one at a time.
    pub fn snapshot(&mut self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        Ok(Box::new(SqliteSnapshot::begin(&self.connection)?))
    }

    /// How far its schema has come in that of this program. It is an error if it is newer, or was made otherwise.
    pub fn schema_state(&self) -> Result<SchemaState, StoreError> {
        Schema::known().state(&self.connection)
    }

    /// What of the file is damaged, in SQLite's words, the first twenty faults; nothing, if it is whole.
    pub fn damage(&self, look: Look) -> Result<Vec<String>, StoreError> {
        let pragma = match look {
            Look::Quick => "PRAGMA quick_check(20)",
            Look::Thorough => "PRAGMA integrity_check(20)",
        };
        let statements = Statements::of(&self.connection);
        let mut faults = statements.list(pragma, [], |row| Ok(row.get::<_, String>(0)?))?;
        faults.retain(|fault| fault != "ok");
        Ok(faults)
    }

    /// Counts what is in it.
    pub fn tally(&self) -> Result<Tally, StoreError> {
        tally::count(&self.connection)
    }

    /// How many bytes a copy of it needs.
    pub fn size(&self) -> Result<u64, StoreError> {
        let number = |pragma| self.connection.query_row(pragma, [], |row| row.get::<_, u32>(0));
        Ok(u64::from(number("PRAGMA page_count")?).saturating_mul(number("PRAGMA page_size")?.into()))
    }

    /// How many bytes of its log lie beside it.
    pub fn log_size(&self) -> u64 {
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        std::fs::metadata(log).map_or(0, |metadata| metadata.len())
    }

    /// Copies its newest moment into an empty file, which is whole and synced when this returns. `progress` is told how many bytes of
    /// how many are copied, after each step; it may rest there. Who writes meanwhile is neither waited for nor kept waiting.
    pub fn copy_to(&self, target: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), StoreError> {
        copy::copy(&self.connection, target, progress)
    }
}

/// The address under which SQLite opens a file and believes that it never changes.
fn immutable(path: &Path) -> String {
    let mut address = "file:".to_owned();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => address.push(char::from(*byte)),
            // Writing to a String cannot fail.
            other => drop(write!(address, "%{other:02x}")),
        }
    }
    address + "?immutable=1"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_of_a_file_can_be_opened() {
        let directory = tempfile::tempdir().unwrap();
        for name in ["plain.db", "a b?c#d%20e.db", "salinan é.db"] {
            let path = directory.path().join(name);
            Connection::open(&path).unwrap().execute_batch("CREATE TABLE a (x)").unwrap();
            let file = SqliteFile::at_rest(&path).unwrap();
            assert_eq!(file.damage(Look::Thorough).unwrap(), Vec::<String>::new(), "{name}");
            assert!(file.size().unwrap() > 0, "{name}");
        }
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 3);
    }
}
