//! Table `books`: one row a merchant, the hottest of all.

use domain::id::MerchantId;
use domain::ledger::Book;
use rusqlite::{Row, params};

use crate::StoreError;
use crate::sqlite::fields::{Fields, Table};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

const TABLE: Table = Table { name: "books", key_columns: 1 };

macro_rules! columns {
    () => {
        "merchant_id, available, held, credit_limit, is_suspended, mutations, is_told, events, updated_at"
    };
}

impl Stored for Book {
    fn load(statements: &Statements<'_>, key: &MerchantId) -> Result<Option<Self>, StoreError> {
        statements.find(concat!("SELECT ", columns!(), " FROM books WHERE merchant_id = ?1"), [key.0], decode)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE books SET available = ?2, held = ?3, credit_limit = ?4, is_suspended = ?5, mutations = ?6, is_told = ?7, events = ?8, updated_at = ?9 \
             WHERE merchant_id = ?1"
        } else {
            concat!("INSERT INTO books (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        };
        let params = params![
            self.merchant_id.0,
            self.available.get(),
            self.held.get(),
            self.credit_limit.get(),
            self.is_suspended,
            self.mutations,
            self.is_told,
            self.events,
            self.updated_at.micros(),
        ];
        statements.write(sql, params)
    }
}

/// Every book, by merchant.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Book>, StoreError> {
    statements.list(concat!("SELECT ", columns!(), " FROM books ORDER BY merchant_id"), [], decode)
}

fn decode(row: &Row<'_>) -> Result<Book, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    Ok(Book {
        merchant_id: MerchantId(fields.integer("merchant_id")?),
        available: fields.rupiah("available")?,
        held: fields.rupiah("held")?,
        credit_limit: fields.rupiah("credit_limit")?,
        is_suspended: fields.flag("is_suspended")?,
        mutations: fields.integer("mutations")?,
        is_told: fields.flag("is_told")?,
        events: fields.integer("events")?,
        updated_at: fields.moment("updated_at")?,
    })
}
