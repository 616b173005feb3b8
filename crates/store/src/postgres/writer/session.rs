//! A writer's connection, with its statements.

use std::time::Duration;

use domain::id::MerchantId;
use domain::time::Timestamp;
use futures_util::FutureExt;
use tokio::runtime::Handle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Row, Statement};

use crate::StoreError;
use crate::postgres::address::Address;
use crate::postgres::arrays::Arrays;
use crate::postgres::connection::Connection;
use crate::postgres::deadline::answered;
use crate::postgres::failure::Failure;
use crate::postgres::pipeline::{self, Answer};
use crate::postgres::queries;
use crate::postgres::writer::statements::Statements;

/// A writer that noted no time for so long is gone: a living one notes it every minute.
const GONE_AFTER: Duration = Duration::from_hours(24);
/// Plans are made anew as the tables grow, until they have seen so many batches.
const SETTLED_AFTER: u64 = 1 << 14;

/// A connection that stands, and what it was prepared for.
#[derive(Debug)]
pub struct Session {
    /// The connection.
    pub connection: Connection,
    /// What it can do.
    pub statements: Statements,
    /// Who writes.
    pub writer_id: [u8; 16],
    begun: u64,
}

impl Session {
    /// Connects, and makes the writer known.
    pub async fn open(address: &Address, runtime: &Handle, writer_id: [u8; 16]) -> Result<Self, StoreError> {
        let connection = Connection::for_writing(address, runtime).await?;
        let statements = answered(Statements::prepare(&connection.client)).await?;
        let gone_us = i64::try_from(GONE_AFTER.as_micros()).unwrap_or(i64::MAX);
        answered(connection.client.execute(queries::FORGET_WRITERS, &[&gone_us])).await?;
        let session = Self { connection, statements, writer_id, begun: 0 };
        session.make_known().await?;
        Ok(session)
    }

    /// Gives the writer its row, if it has none.
    pub async fn make_known(&self) -> Result<(), Failure> {
        let writer_id = self.writer_id.as_slice();
        answered(self.connection.client.execute(&self.statements.begin_writer, &[&writer_id])).await.map(drop)
    }

    /// What begins a batch. A plan that was made while a table was empty would read all of it for ever: plans are made anew whenever the
    /// number of batches has doubled.
    pub fn begin(&mut self) -> &'static str {
        self.begun = self.begun.saturating_add(1);
        let is_grown =
            (self.begun.is_power_of_two() && self.begun <= SETTLED_AFTER) || self.begun.is_multiple_of(SETTLED_AFTER);
        if is_grown { queries::BEGIN_ANEW } else { queries::BEGIN }
    }

    /// Asks something of few parameters.
    pub fn ask<'a>(&'a self, statement: &'a Statement, params: Vec<&'a (dyn ToSql + Sync)>) -> Answer<'a, Vec<Row>> {
        async move { self.connection.client.query(statement, &params).await }.boxed()
    }

    /// Asks for the rows with these keys; for none, nobody is asked.
    pub fn find<'a>(&'a self, statement: &'a Statement, keys: &'a Arrays) -> Answer<'a, Vec<Row>> {
        if keys.rows() == 0 {
            return std::future::ready(Ok(Vec::new())).boxed();
        }
        async move { self.connection.client.query(statement, &keys.params()).await }.boxed()
    }

    /// Writes; gives how many rows were written.
    pub fn write<'a>(&'a self, statement: &'a Statement, params: Vec<&'a (dyn ToSql + Sync)>) -> Answer<'a, u64> {
        async move { self.connection.client.execute(statement, &params).await }.boxed()
    }

    /// Ends a transaction that came to nothing.
    pub async fn roll_back(&self) -> Result<(), Failure> {
        answered(self.connection.client.batch_execute("ROLLBACK")).await
    }

    /// Writes a batch's number once more, and commits.
    pub async fn confirm(&self, batch: i64) -> Result<(), Failure> {
        let (of, writer_id) = (&self.statements, self.writer_id.as_slice());
        self.connection.warnings.take();
        answered(pipeline::all(vec![
            self.write(&of.count_batch, vec![&writer_id, &batch, &0_i64]),
            self.write(&of.commit, vec![]),
        ]))
        .await?;
        self.check_warnings()
    }

    /// Notes what time it is.
    pub async fn note_time(&self, now: Timestamp) -> Result<(), Failure> {
        let (client, of, writer_id) = (&self.connection.client, &self.statements, self.writer_id.as_slice());
        self.connection.warnings.take();
        if answered(client.execute(&of.note_time, &[&writer_id, &now.micros()])).await? == 0 {
            // Whoever tidied up took us for gone.
            self.make_known().await?;
            answered(client.execute(&of.note_time, &[&writer_id, &now.micros()])).await?;
        }
        self.check_warnings()
    }

    /// Whether the server warned of something in a commit: that a standby did not confirm it.
    pub fn check_warnings(&self) -> Result<(), Failure> {
        let warnings = self.connection.warnings.take();
        if warnings.is_empty() { Ok(()) } else { Err(Failure::Refused(StoreError::Unknown(warnings.join("; ")))) }
    }

    /// Forgets old events as one transaction; gives how many.
    pub async fn forget_events(&self, before: Timestamp, limit: u32) -> Result<u32, Failure> {
        let (client, of) = (&self.connection.client, &self.statements);
        answered(client.batch_execute(queries::BEGIN)).await?;
        let oldest = answered(client.query(&of.oldest_events, &[&before.micros(), &i64::from(limit)])).await?;
        let column = |index| oldest.iter().map(|row| row.try_get(index)).collect::<Result<Vec<i64>, _>>();
        let (merchants, numbers, orders) =
            (column(0).map_err(Failure::from)?, column(1).map_err(Failure::from)?, column(2).map_err(Failure::from)?);
        // Whoever writes a delivery of theirs holds the same locks, and would bring it back.
        let mut books: Vec<MerchantId> = merchants.iter().copied().map(MerchantId).collect();
        books.sort_unstable();
        books.dedup();
        let books = Arrays::of_numbers(books.iter().map(|merchant| merchant.0));
        answered(self.find(&of.books.lock, &books)).await?;
        let written = answered(pipeline::all(vec![
            self.write(&of.forget_tries, vec![&merchants, &orders, &numbers]),
            self.write(&of.forget_deliveries, vec![&merchants, &orders, &numbers]),
            self.write(&of.forget_events, vec![&merchants, &numbers]),
            self.write(&of.commit, vec![]),
        ]))
        .await?;
        Ok(written.get(2).and_then(|forgotten| u32::try_from(*forgotten).ok()).unwrap_or(limit))
    }
}
