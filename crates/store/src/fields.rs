//! Reads a row's columns one after the other into the domain's types. What doesn't decode is [`StoreError::Corrupt`].

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use domain::money::Rupiah;
use domain::time::Timestamp;

use crate::StoreError;
use crate::codes::Coded;

/// The value in a column, as each engine has it.
#[derive(Debug)]
pub enum Cell<'row> {
    /// NULL.
    Null,
    /// A whole number, or a flag as 0 or 1.
    Integer(i64),
    /// Text.
    Text(Cow<'row, str>),
    /// Bytes.
    Bytes(&'row [u8]),
    /// None of these; text that isn't UTF-8, for one.
    Strange,
}

/// An engine's row.
pub trait Cells {
    /// The value in a column, counted from 0.
    fn cell(&self, index: usize) -> Result<Cell<'_>, StoreError>;

    /// What the column is called, where the engine knows.
    fn column(&self, index: usize) -> Option<&str>;
}

/// A table, as far as a broken row has to be named.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// How many of the first columns that are read make up the key.
    pub key_columns: usize,
}

/// The columns of a row, from left to right. Each is named where it is read, so that a fault can say where it is.
#[derive(Debug)]
pub struct Fields<'row, R> {
    table: &'static Table,
    row: &'row R,
    next: usize,
}

impl<'row, R: Cells> Fields<'row, R> {
    /// Begins at a row's first column.
    pub const fn of(table: &'static Table, row: &'row R) -> Self {
        Self { table, row, next: 0 }
    }

    /// A whole number that fits the type.
    pub fn integer<T: TryFrom<i64>>(&mut self, column: &'static str) -> Result<T, StoreError> {
        self.optional_integer(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// A whole number that fits the type, or nothing.
    pub fn optional_integer<T: TryFrom<i64>>(&mut self, column: &'static str) -> Result<Option<T>, StoreError> {
        match self.next(column)? {
            Cell::Null => Ok(None),
            Cell::Integer(number) => T::try_from(number).map(Some).map_err(|_| self.corrupt(column)),
            _ => Err(self.corrupt(column)),
        }
    }

    /// Any text.
    pub fn text(&mut self, column: &'static str) -> Result<Arc<str>, StoreError> {
        self.parsed(column, |text| Some(text.into()))
    }

    /// Any text, or nothing.
    pub fn optional_text(&mut self, column: &'static str) -> Result<Option<Arc<str>>, StoreError> {
        self.optional_parsed(column, |text| Some(text.into()))
    }

    /// Text that keeps a rule.
    pub fn parsed<T>(&mut self, column: &'static str, parse: fn(&str) -> Option<T>) -> Result<T, StoreError> {
        self.optional_parsed(column, parse)?.ok_or_else(|| self.corrupt(column))
    }

    /// Text that keeps a rule, or nothing.
    pub fn optional_parsed<T>(
        &mut self,
        column: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        match self.next(column)? {
            Cell::Null => Ok(None),
            Cell::Text(text) => parse(&text).map(Some).ok_or_else(|| self.corrupt(column)),
            _ => Err(self.corrupt(column)),
        }
    }

    /// Texts, one a line.
    pub fn lines(&mut self, column: &'static str) -> Result<Vec<Arc<str>>, StoreError> {
        let text = self.text(column)?;
        if text.is_empty() || text.ends_with('\n') {
            Ok(text.split_terminator('\n').map(Arc::from).collect())
        } else {
            Err(self.corrupt(column))
        }
    }

    /// Bytes, or nothing.
    pub fn optional_bytes(&mut self, column: &'static str) -> Result<Option<Arc<[u8]>>, StoreError> {
        match self.next(column)? {
            Cell::Null => Ok(None),
            Cell::Bytes(bytes) => Ok(Some(bytes.into())),
            _ => Err(self.corrupt(column)),
        }
    }

    /// Sixteen bytes, or nothing.
    pub fn optional_sixteen_bytes(&mut self, column: &'static str) -> Result<Option<[u8; 16]>, StoreError> {
        let bytes = self.optional_bytes(column)?;
        bytes.map(|bytes| bytes.as_ref().try_into().map_err(|_| self.corrupt(column))).transpose()
    }

    /// Bytes.
    pub fn bytes(&mut self, column: &'static str) -> Result<Arc<[u8]>, StoreError> {
        self.optional_bytes(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// An enum.
    pub fn coded<T: Coded>(&mut self, column: &'static str) -> Result<T, StoreError> {
        self.optional_coded(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// An enum, or nothing.
    pub fn optional_coded<T: Coded>(&mut self, column: &'static str) -> Result<Option<T>, StoreError> {
        let code = self.optional_integer(column)?;
        code.map(|code| T::from_code(code).ok_or_else(|| self.corrupt(column))).transpose()
    }

    /// Yes or no.
    pub fn flag(&mut self, column: &'static str) -> Result<bool, StoreError> {
        self.optional_flag(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// Yes or no, or nothing.
    pub fn optional_flag(&mut self, column: &'static str) -> Result<Option<bool>, StoreError> {
        match self.optional_integer::<i64>(column)? {
            None => Ok(None),
            Some(0) => Ok(Some(false)),
            Some(1) => Ok(Some(true)),
            Some(_) => Err(self.corrupt(column)),
        }
    }

    /// An amount.
    pub fn rupiah(&mut self, column: &'static str) -> Result<Rupiah, StoreError> {
        self.optional_rupiah(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// An amount, or nothing.
    pub fn optional_rupiah(&mut self, column: &'static str) -> Result<Option<Rupiah>, StoreError> {
        let amount = self.optional_integer(column)?;
        amount.map(|amount| Rupiah::new(amount).ok_or_else(|| self.corrupt(column))).transpose()
    }

    /// A moment.
    pub fn moment(&mut self, column: &'static str) -> Result<Timestamp, StoreError> {
        self.optional_moment(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// A moment, or nothing.
    pub fn optional_moment(&mut self, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
        let micros = self.optional_integer(column)?;
        micros
            .map(|micros| {
                let moment = Timestamp::from_micros(micros);
                // `from_micros` holds what is out of range within it: such a moment was never written by us.
                if moment.micros() == micros { Ok(moment) } else { Err(self.corrupt(column)) }
            })
            .transpose()
    }

    /// A duration in microseconds.
    pub fn duration(&mut self, column: &'static str) -> Result<Duration, StoreError> {
        self.integer(column).map(Duration::from_micros)
    }

    /// The fault of this row in that column.
    pub fn corrupt(&self, column: &'static str) -> StoreError {
        let key: Vec<String> = (0..self.table.key_columns).map(|index| self.value_as_text(index)).collect();
        StoreError::Corrupt { table: self.table.name, column, id: key.join("/") }
    }

    fn next(&mut self, column: &'static str) -> Result<Cell<'row>, StoreError> {
        debug_assert_eq!(self.row.column(self.next), Some(column), "of {}", self.table.name);
        let value = self.row.cell(self.next)?;
        self.next += 1;
        Ok(value)
    }

    fn value_as_text(&self, index: usize) -> String {
        match self.row.cell(index) {
            Ok(Cell::Integer(number)) => number.to_string(),
            Ok(Cell::Text(text)) => text.into_owned(),
            _ => "?".to_owned(),
        }
    }
}

/// Texts as [`Fields::lines`] reads them: one a line, each line ended. One with a line break in it would come back as two.
pub fn lines(texts: &[impl AsRef<str>]) -> Result<String, StoreError> {
    if texts.iter().any(|text| text.as_ref().contains('\n')) {
        return Err(StoreError::Engine("a text that must be one line contains a line break".to_owned()));
    }
    Ok(texts.iter().flat_map(|text| [text.as_ref(), "\n"]).collect())
}
