//! PostgreSQL's rows, as fields are read from them.

use std::error::Error;

use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use crate::StoreError;
use crate::fields::{Cell, Cells};
use crate::postgres::nul::with_nul;

impl Cells for Row {
    fn cell(&self, index: usize) -> Result<Cell<'_>, StoreError> {
        self.try_get(index).map(|Raw(cell)| cell).map_err(|error| StoreError::Engine(error.to_string()))
    }

    fn column(&self, index: usize) -> Option<&str> {
        self.columns().get(index).map(tokio_postgres::Column::name)
    }
}

struct Raw<'row>(Cell<'row>);

impl<'row> FromSql<'row> for Raw<'row> {
    fn from_sql(of: &Type, bytes: &'row [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *of {
            Type::INT8 => Cell::Integer(i64::from_sql(of, bytes)?),
            Type::INT4 => Cell::Integer(i32::from_sql(of, bytes)?.into()),
            Type::INT2 => Cell::Integer(i16::from_sql(of, bytes)?.into()),
            Type::BOOL => Cell::Integer(bool::from_sql(of, bytes)?.into()),
            Type::BYTEA => Cell::Bytes(bytes),
            _ => with_nul(std::str::from_utf8(bytes)?).map_or(Cell::Strange, Cell::Text),
        }))
    }

    fn from_sql_null(_of: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Cell::Null))
    }

    fn accepts(of: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::INT2, Type::BOOL, Type::BYTEA, Type::TEXT].contains(of)
    }
}
