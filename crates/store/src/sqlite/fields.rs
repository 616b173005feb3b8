//! SQLite's rows, as fields are read from them.

use std::borrow::Cow;

use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::StoreError;
use crate::fields::{Cell, Cells};
pub use crate::fields::{Table, lines};

/// The columns of one of SQLite's rows.
pub type Fields<'row> = crate::fields::Fields<'row, Row<'row>>;

impl Cells for Row<'_> {
    fn cell(&self, index: usize) -> Result<Cell<'_>, StoreError> {
        Ok(match self.get_ref(index)? {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Cell::Text(Cow::Borrowed(text)),
                Err(_) => Cell::Strange,
            },
            ValueRef::Blob(bytes) => Cell::Bytes(bytes),
            ValueRef::Real(_) => Cell::Strange,
        })
    }

    fn column(&self, index: usize) -> Option<&str> {
        self.as_ref().column_name(index).ok()
    }
}
