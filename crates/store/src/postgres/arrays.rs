//! Rows on their way into a statement: an array a column, already as PostgreSQL reads it.

use std::error::Error;

use bytes::{BufMut, BytesMut};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::StoreError;
use crate::fields::Cell;
use crate::postgres::nul::without_nul;
use crate::rows::{Kept, KeptKey, Kind, Layout, Sink};

/// One array a column, all of one length.
#[derive(Debug)]
pub struct Arrays {
    columns: Vec<Array>,
    next: usize,
    rows: usize,
}

#[derive(Debug)]
struct Array {
    kind: Kind,
    length: i32,
    has_null: bool,
    elements: BytesMut,
}

impl Arrays {
    /// The columns of whole rows.
    pub fn of_rows<'a, R: Kept + 'a>(rows: impl IntoIterator<Item = &'a R>) -> Result<Self, StoreError> {
        let mut arrays = Self::empty(R::LAYOUT.columns.iter().map(|(_, kind)| *kind));
        for row in rows {
            row.write(&mut arrays)?;
            arrays.end_row();
        }
        Ok(arrays)
    }

    /// The columns of keys, or of the first columns of keys.
    pub fn of_keys<'a, K: KeptKey + 'a>(
        layout: &Layout,
        columns: usize,
        keys: impl IntoIterator<Item = &'a K>,
    ) -> Self {
        let mut arrays = Self::empty(layout.key.iter().take(columns).map(|column| layout.kind(column)));
        for key in keys {
            key.write(&mut arrays);
            arrays.end_row();
        }
        arrays
    }

    /// A single column of whole numbers.
    pub fn of_numbers(numbers: impl IntoIterator<Item = i64>) -> Self {
        let mut arrays = Self::empty([Kind::Integer]);
        for number in numbers {
            arrays.put(Cell::Integer(number));
            arrays.end_row();
        }
        arrays
    }

    fn empty(kinds: impl IntoIterator<Item = Kind>) -> Self {
        let column = |kind| Array { kind, length: 0, has_null: false, elements: BytesMut::new() };
        Self { columns: kinds.into_iter().map(column).collect(), next: 0, rows: 0 }
    }

    /// How many rows there are.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// As a statement takes them.
    pub fn params(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.columns.iter().map(|column| column as &(dyn ToSql + Sync)).collect()
    }

    fn end_row(&mut self) {
        debug_assert_eq!(self.next, self.columns.len(), "every column has its value");
        self.next = 0;
        self.rows += 1;
    }
}

impl Sink for Arrays {
    fn put(&mut self, cell: Cell<'_>) {
        if let Some(column) = self.columns.get_mut(self.next) {
            column.push(&cell);
        }
        self.next += 1;
    }
}

impl Array {
    /// Each element is its length and its bytes; the length of NULL is -1.
    fn push(&mut self, cell: &Cell<'_>) {
        self.length += 1;
        match cell {
            Cell::Integer(number) if self.kind == Kind::Flag => self.push_bytes(&[u8::from(*number != 0)]),
            Cell::Integer(number) => self.push_bytes(&number.to_be_bytes()),
            Cell::Text(text) => self.push_bytes(without_nul(text).as_bytes()),
            Cell::Bytes(bytes) => self.push_bytes(bytes),
            Cell::Null | Cell::Strange => {
                self.has_null = true;
                self.elements.put_i32(-1);
            }
        }
    }

    fn push_bytes(&mut self, bytes: &[u8]) {
        // No text or body of ours comes near two gigabytes.
        self.elements.put_i32(i32::try_from(bytes.len()).unwrap_or(i32::MAX));
        self.elements.put_slice(bytes);
    }

    const fn element(&self) -> Type {
        match self.kind {
            Kind::Integer => Type::INT8,
            Kind::Text => Type::TEXT,
            Kind::Bytes => Type::BYTEA,
            Kind::Flag => Type::BOOL,
        }
    }
}

impl ToSql for Array {
    fn to_sql(&self, _of: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        // Dimensions, whether there are NULLs, the elements' type; then of the one dimension its length and its first index.
        out.put_i32(1);
        out.put_i32(self.has_null.into());
        out.put_u32(self.element().oid());
        out.put_i32(self.length);
        out.put_i32(1);
        out.put_slice(&self.elements);
        Ok(IsNull::No)
    }

    fn accepts(of: &Type) -> bool {
        [Type::INT8_ARRAY, Type::TEXT_ARRAY, Type::BYTEA_ARRAY, Type::BOOL_ARRAY].contains(of)
    }

    to_sql_checked!();
}
