//! Table `meta`: one row about the database as a whole.

use domain::time::Timestamp;

use crate::StoreError;
use crate::fields::{Fields, Table};
use crate::sqlite::statements::Statements;

const TABLE: Table = Table { name: "meta", key_columns: 1 };

/// The newest moment that was ever noted.
pub fn newest_at(statements: &Statements<'_>) -> Result<Timestamp, StoreError> {
    let found = statements.find("SELECT id, newest_at FROM meta", [], |row| {
        let mut fields = Fields::of(&TABLE, row);
        fields.integer::<i64>("id")?;
        fields.moment("newest_at")
    })?;
    found.ok_or(StoreError::Corrupt { table: TABLE.name, column: "id", id: "1".to_owned() })
}

/// Notes a moment, if it is the newest.
pub fn note_newest(statements: &Statements<'_>, newest: Timestamp) -> Result<(), StoreError> {
    statements.write("UPDATE meta SET newest_at = max(newest_at, ?1)", [newest.micros()])
}

/// Counts an attempt to write.
pub fn count_probe(statements: &Statements<'_>) -> Result<(), StoreError> {
    statements.write("UPDATE meta SET probes = probes + 1", [])
}
