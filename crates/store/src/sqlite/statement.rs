//! The three shapes in which statements are run, all prepared once and kept.

use rusqlite::{Connection, Params, Row};

use crate::StoreError;

/// The one row that a query finds, if any.
pub fn find<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    decode: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    rows.next()?.map(decode).transpose()
}

/// Every row that a query finds.
pub fn list<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    decode: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(decode(row)?);
    }
    Ok(found)
}

/// Inserts or updates exactly one row.
pub fn write(connection: &Connection, sql: &str, params: impl Params) -> Result<(), StoreError> {
    match connection.prepare_cached(sql)?.execute(params)? {
        1 => Ok(()),
        written => Err(StoreError::Engine(format!("{written} rows were written where one was meant"))),
    }
}
