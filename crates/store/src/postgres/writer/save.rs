//! Saves what a batch changed, and commits, in one round trip.

use domain::row::Row;
use domain::world::{Change, Rows, World};
use tokio_postgres::Statement;

use crate::StoreError;
use crate::postgres::arrays::Arrays;
use crate::postgres::deadline::answered;
use crate::postgres::failure::Failure;
use crate::postgres::writer::session::Session;
use crate::postgres::writer::statements::{PartStatements, Statements, TableStatements};
use crate::postgres::{dispatches, endpoints, pipeline, products};
use crate::rows::{EndpointRow, Kept, KeptKey, TierRow};

/// What a batch writes, in the order in which it is written.
#[derive(Debug, Default)]
pub struct Changes<'a> {
    writes: Vec<Write<'a>>,
}

#[derive(Debug)]
struct Write<'a> {
    statement: &'a Statement,
    arrays: Arrays,
    /// One row is written for each that goes in; of what is deleted, it isn't known how much there is.
    is_counted: bool,
}

impl<'a> Changes<'a> {
    /// What has changed in a world.
    pub fn of(world: &World, of: &'a Statements) -> Result<Self, StoreError> {
        let mut changes = Self::default();
        changes.table(&of.books, &world.books)?;
        changes.table(&of.bills, &world.bills)?;
        changes.table(&of.callbacks, &world.callbacks)?;
        changes.products(of, world)?;
        changes.table(&of.suppliers, &world.suppliers)?;
        changes.table(&of.revisions, &world.revisions)?;
        changes.table(&of.leases, &world.leases)?;
        changes.table(&of.merchants, &world.merchants)?;
        changes.table(&of.inquiries, &world.inquiries)?;
        changes.table(&of.orders, &world.orders)?;
        changes.table(&of.attempts, &world.attempts)?;
        changes.table(&of.duplicates, &world.duplicates)?;
        changes.table(&of.vouchers, &world.vouchers)?;
        changes.endpoints(of, world)?;
        changes.rows(&of.deliveries.put, &dispatches::rows_of(changed(&world.dispatches)))?;
        changes.rows(&of.insert_transfers, world.transfers())?;
        changes.rows(&of.insert_exchanges, world.exchanges())?;
        changes.rows(&of.insert_events, world.events())?;
        changes.rows(&of.insert_tries, world.tries())?;
        Ok(changes)
    }

    /// Whether there is nothing to write.
    pub const fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    /// Writes and commits.
    pub async fn commit(&self, session: &Session, batch: i64, world: &World) -> Result<(), Failure> {
        let of = &session.statements;
        let (writer_id, newest_at) = (session.writer_id.as_slice(), world.newest().micros());
        let mut answers: Vec<_> =
            self.writes.iter().map(|write| session.write(write.statement, write.arrays.params())).collect();
        answers.push(session.write(&of.count_batch, vec![&writer_id, &batch, &newest_at]));
        answers.push(session.write(&of.commit, vec![]));
        let written = answered(pipeline::all(answers)).await?;

        let meant = self.writes.iter().map(|write| write.is_counted.then_some(write.arrays.rows())).chain([Some(1)]);
        let is_as_meant = written.iter().zip(meant).all(|(written, meant)| {
            meant.is_none_or(|meant| u64::try_from(meant).is_ok_and(|meant| meant == *written))
        });
        if is_as_meant {
            Ok(())
        } else {
            // Too late to take it back.
            let why = format!("other rows were written than were meant: {written:?}");
            Err(Failure::Refused(StoreError::Unknown(why)))
        }
    }

    fn table<R: Row + Kept>(&mut self, of: &'a TableStatements, rows: &Rows<R>) -> Result<(), StoreError> {
        let (stored, new): (Vec<Change<'_, R>>, Vec<_>) =
            rows.changes().into_iter().partition(|change| change.is_stored);
        self.rows(&of.update, stored.iter().map(|change| change.row))?;
        self.rows(&of.insert, new.iter().map(|change| change.row))
    }

    fn rows<'r, R: Kept + 'r>(
        &mut self,
        statement: &'a Statement,
        rows: impl IntoIterator<Item = &'r R>,
    ) -> Result<(), StoreError> {
        self.push(statement, Arrays::of_rows(rows)?, true);
        Ok(())
    }

    /// Deletes the parts of these, whole.
    fn delete<'k, R: Kept, K: KeptKey + 'k>(&mut self, of: &'a PartStatements, keys: impl IntoIterator<Item = &'k K>) {
        self.push(&of.delete, Arrays::of_keys(&R::LAYOUT, 1, keys), false);
    }

    fn push(&mut self, statement: &'a Statement, arrays: Arrays, is_counted: bool) {
        if arrays.rows() > 0 {
            self.writes.push(Write { statement, arrays, is_counted });
        }
    }

    fn products(&mut self, of: &'a Statements, world: &World) -> Result<(), StoreError> {
        self.table(&of.products, &world.products)?;
        let changed: Vec<_> = changed(&world.products).collect();
        let keys: Vec<_> = changed.iter().map(|product| product.key()).collect();
        self.delete::<TierRow, _>(&of.product_tiers, &keys);
        self.delete::<TierRow, _>(&of.product_routes, &keys);
        self.rows(&of.product_tiers.insert, &products::tiers_of(changed.iter().copied()))?;
        self.rows(&of.product_routes.insert, &products::routes_of(changed))
    }

    /// A merchant has few, and they seldom change: they are written anew.
    fn endpoints(&mut self, of: &'a Statements, world: &World) -> Result<(), StoreError> {
        let changed: Vec<_> = changed(&world.endpoints).collect();
        let keys: Vec<_> = changed.iter().map(|endpoints| endpoints.key()).collect();
        self.delete::<EndpointRow, _>(&of.endpoint_headers, &keys);
        self.delete::<EndpointRow, _>(&of.endpoints, &keys);
        self.rows(&of.endpoints.insert, &endpoints::rows_of(changed.iter().copied()))?;
        self.rows(&of.endpoint_headers.insert, &endpoints::headers_of(changed))
    }
}

fn changed<R: Row>(rows: &Rows<R>) -> impl Iterator<Item = &R> {
    rows.changes().into_iter().map(|change| change.row)
}
