//! Table `revisions`: how often the lists have changed that nodes keep in memory.

use domain::revision::{Listing, Revision};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "listing, number, updated_at"
    };
}

impl Stored for Revision {
    fn load(statements: &Statements<'_>, key: &Listing) -> Result<Option<Self>, StoreError> {
        statements.find(concat!("SELECT ", columns!(), " FROM revisions WHERE listing = ?1"), [key.code()], row_of)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE revisions SET number = ?2, updated_at = ?3 WHERE listing = ?1"
        } else {
            concat!("INSERT INTO revisions (", columns!(), ") VALUES (?1, ?2, ?3)")
        };
        statements.save(sql, self)
    }
}

/// All of them.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Revision>, StoreError> {
    statements.list(concat!("SELECT ", columns!(), " FROM revisions ORDER BY listing"), [], row_of)
}
