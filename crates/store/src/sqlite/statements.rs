//! The shapes in which statements are run.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;

use foldhash::fast::RandomState;
use rusqlite::{CachedStatement, Connection, Params, Row};

use crate::StoreError;
use crate::fields::Cell;
use crate::rows::{Kept, Sink};
use crate::sqlite::fields::bound;

/// The statements of one batch or one question. The connection keeps them prepared, but to look one up there by its text, and to put it
/// back, costs as much as to run it; so what was looked up once stays here until this is dropped.
pub struct Statements<'c> {
    connection: &'c Connection,
    /// By where their text stands in the program.
    idle: RefCell<HashMap<*const str, CachedStatement<'c>, RandomState>>,
}

impl<'c> Statements<'c> {
    /// Those of a connection.
    pub fn of(connection: &'c Connection) -> Self {
        Self { connection, idle: RefCell::default() }
    }

    /// The one row that a query finds, if any.
    pub fn find<T>(
        &self,
        sql: &'static str,
        params: impl Params,
        decode: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.take(sql)?;
        let found = statement.query(params)?.next()?.map(decode).transpose();
        self.give_back(sql, statement);
        found
    }

    /// Every row that a query finds.
    pub fn list<T>(
        &self,
        sql: &'static str,
        params: impl Params,
        decode: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.each(sql, params, |row| {
            found.push(decode(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Visits every row that a query finds.
    pub fn each(
        &self,
        sql: &'static str,
        params: impl Params,
        mut visit: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.take(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            visit(row)?;
        }
        drop(rows);
        self.give_back(sql, statement);
        Ok(())
    }

    /// Inserts or updates exactly one row.
    pub fn write(&self, sql: &'static str, params: impl Params) -> Result<(), StoreError> {
        one(self.change(sql, params)?)
    }

    /// Inserts or updates the one row that this is, its columns the parameters in the order of the layout.
    pub fn save(&self, sql: &'static str, kept: &impl Kept) -> Result<(), StoreError> {
        let mut statement = self.take(sql)?;
        let mut binding = Binding { statement: &mut statement, last: 0, result: Ok(()) };
        kept.write(&mut binding)?;
        binding.result?;
        let written = statement.raw_execute()?;
        self.give_back(sql, statement);
        one(written)
    }

    /// Changes as many rows as there are, and gives how many.
    pub fn change(&self, sql: &'static str, params: impl Params) -> Result<usize, StoreError> {
        let mut statement = self.take(sql)?;
        let changed = statement.execute(params)?;
        self.give_back(sql, statement);
        Ok(changed)
    }

    /// A statement that isn't running: a query within a query may need the same one twice.
    fn take(&self, sql: &'static str) -> Result<CachedStatement<'c>, StoreError> {
        let idle = self.idle.borrow_mut().remove(&std::ptr::from_ref(sql));
        idle.map_or_else(|| Ok(self.connection.prepare_cached(sql)?), Ok)
    }

    fn give_back(&self, sql: &'static str, statement: CachedStatement<'c>) {
        self.idle.borrow_mut().insert(std::ptr::from_ref(sql), statement);
    }
}

fn one(written: usize) -> Result<(), StoreError> {
    match written {
        1 => Ok(()),
        written => Err(StoreError::Engine(format!("{written} rows were written where one was meant"))),
    }
}

/// A statement whose parameters are given their values, from the first on.
struct Binding<'a, 'c> {
    statement: &'a mut CachedStatement<'c>,
    last: usize,
    result: rusqlite::Result<()>,
}

impl Sink for Binding<'_, '_> {
    fn put(&mut self, cell: Cell<'_>) {
        self.last += 1;
        if self.result.is_ok() {
            self.result = self.statement.raw_bind_parameter(self.last, bound(cell));
        }
    }
}

impl fmt::Debug for Statements<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Statements").field("connection", self.connection).finish_non_exhaustive()
    }
}
