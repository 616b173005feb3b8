//! SQLite's rows, as fields are read from them and cells are bound.

use std::borrow::Cow;

use rusqlite::Row;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

use crate::StoreError;
use crate::fields::{Cell, Cells, Fields};
use crate::rows::Kept;

/// What a row of a table stands for, its columns in the order of the layout.
pub fn row_of<K: Kept>(row: &Row<'_>) -> Result<K, StoreError> {
    K::read(&mut Fields::of(const { &K::LAYOUT.table }, row))
}

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

/// A cell as SQLite binds it; nothing that we write is strange.
pub fn bound(cell: Cell<'_>) -> ToSqlOutput<'_> {
    match cell {
        Cell::Null | Cell::Strange => ToSqlOutput::Owned(Value::Null),
        Cell::Integer(number) => ToSqlOutput::Owned(Value::Integer(number)),
        Cell::Text(Cow::Borrowed(text)) => ToSqlOutput::Borrowed(text.into()),
        Cell::Text(Cow::Owned(text)) => ToSqlOutput::Owned(Value::Text(text)),
        Cell::Bytes(bytes) => ToSqlOutput::Borrowed(bytes.into()),
    }
}
