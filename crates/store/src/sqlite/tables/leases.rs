//! Table `leases`: which node does what only one may do at a time.

use domain::lease::{Lease, Work};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "work, holder, beat, updated_at"
    };
}

impl Stored for Lease {
    fn load(statements: &Statements<'_>, key: &Work) -> Result<Option<Self>, StoreError> {
        statements.find(concat!("SELECT ", columns!(), " FROM leases WHERE work = ?1"), [key.code()], row_of)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE leases SET holder = ?2, beat = ?3, updated_at = ?4 WHERE work = ?1"
        } else {
            concat!("INSERT INTO leases (", columns!(), ") VALUES (?1, ?2, ?3, ?4)")
        };
        statements.save(sql, self)
    }
}

/// All of them.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Lease>, StoreError> {
    statements.list(concat!("SELECT ", columns!(), " FROM leases ORDER BY work"), [], row_of)
}
