//! Table `books`: one row a merchant, the hottest of all.

use domain::id::MerchantId;
use domain::ledger::Book;

use crate::StoreError;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "merchant_id, available, held, credit_limit, is_suspended, mutations, is_told, events, updated_at"
    };
}

impl Stored for Book {
    fn load(statements: &Statements<'_>, key: &MerchantId) -> Result<Option<Self>, StoreError> {
        statements.find(concat!("SELECT ", columns!(), " FROM books WHERE merchant_id = ?1"), [key.0], row_of)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE books SET available = ?2, held = ?3, credit_limit = ?4, is_suspended = ?5, mutations = ?6, is_told = ?7, events = ?8, updated_at = ?9 \
             WHERE merchant_id = ?1"
        } else {
            concat!("INSERT INTO books (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        };
        statements.save(sql, self)
    }
}

/// Every book, by merchant.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Book>, StoreError> {
    statements.list(concat!("SELECT ", columns!(), " FROM books ORDER BY merchant_id"), [], row_of)
}
