//! Loads the rows that a batch names, with all locks that it needs, in one round trip.
//!
//! Locks are taken in one order by everybody: the writer's own row, books by merchant, bills by key, callbacks, products, suppliers, revisions, leases. Each
//! statement sees what was committed before it began, so what is loaded behind a lock is what its last holder left.

use domain::attempt::Attempt;
use domain::bill::Bill;
use domain::callback::Callback;
use domain::duplicate::DuplicateGuard;
use domain::inquiry::Inquiry;
use domain::lease::Lease;
use domain::ledger::Book;
use domain::merchant::Merchant;
use domain::order::Order;
use domain::product::Product;
use domain::revision::Revision;
use domain::row::Row;
use domain::supplier::SupplierProfile;
use domain::voucher::Voucher;
use domain::world::{Reads, Rows, World};
use futures_util::FutureExt;

use crate::StoreError;
use crate::fields::Fields;
use crate::postgres::arrays::Arrays;
use crate::postgres::deadline::answered;
use crate::postgres::failure::Failure;
use crate::postgres::pipeline;
use crate::postgres::writer::named::{merchants, sorted};
use crate::postgres::writer::session::Session;
use crate::postgres::{dispatches, endpoints, products};
use crate::rows::{DeliveryRow, EndpointRow, HeaderRow, Kept, KeptKey};

type Found = Vec<tokio_postgres::Row>;

/// What a batch begins with.
#[derive(Debug)]
pub struct Loaded {
    /// Which batch this writer wrote last; `None` if it isn't known any more.
    pub last_batch: Option<i64>,
    /// The rows.
    pub world: World,
}

/// Whether the rows of the catalogue and revisions are locked as well. They are in every payment's batch and hardly ever written: only a batch that is
/// known to write them locks them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Catalogue {
    /// It is only read.
    Read,
    /// It is written.
    Locked,
}

/// Begins a transaction and loads.
pub async fn load(session: &mut Session, reads: &Reads, catalogue: Catalogue) -> Result<Loaded, Failure> {
    let begin = session.begin();
    let session = &*session;
    let of = &session.statements;
    let is_locked = catalogue == Catalogue::Locked;

    let locked_books = Arrays::of_numbers(merchants(reads).into_iter().map(|merchant| merchant.0));
    let books: Named<'_, Book> = Named::in_reads(&reads.books);
    let bills: Named<'_, Bill> = Named::in_reads(&reads.bills);
    let callbacks: Named<'_, Callback> = Named::in_reads(&reads.callbacks);
    let catalogue: Named<'_, Product> = Named::in_reads(&reads.products);
    let suppliers: Named<'_, SupplierProfile> = Named::in_reads(&reads.suppliers);
    let revisions: Named<'_, Revision> = Named::in_reads(&reads.revisions);
    let leases: Named<'_, Lease> = Named::in_reads(&reads.leases);
    let profiles: Named<'_, Merchant> = Named::in_reads(&reads.merchants);
    let inquiries: Named<'_, Inquiry> = Named::in_reads(&reads.inquiries);
    let orders: Named<'_, Order> = Named::in_reads(&reads.orders);
    let attempts: Named<'_, Attempt> = Named::in_reads(&reads.attempts);
    let duplicates: Named<'_, DuplicateGuard> = Named::in_reads(&reads.duplicates);
    let vouchers: Named<'_, Voucher> = Named::in_reads(&reads.vouchers);
    let (endpoint_keys, dispatch_keys) = (sorted(&reads.endpoints), sorted(&reads.dispatches));
    let endpoint_arrays = Arrays::of_keys(&EndpointRow::LAYOUT, 1, endpoint_keys.iter().copied());
    let dispatch_arrays = Arrays::of_keys(&DeliveryRow::LAYOUT, 2, dispatch_keys.iter().copied());

    let begin = async { session.connection.client.batch_execute(begin).await.map(|()| Found::new()) };
    let writer_id = session.writer_id.as_slice();
    let found = pipeline::all(vec![
        begin.boxed(),
        session.ask(&of.lock_writer, vec![&writer_id]),
        session.find(&of.books.lock, &locked_books),
        session.find(&of.bills.lock, &bills.arrays),
        session.find(&of.callbacks.lock, &callbacks.arrays),
        session.find(if is_locked { &of.products.lock } else { &of.products.load }, &catalogue.arrays),
        session.find(&of.product_tiers.load, &catalogue.arrays),
        session.find(&of.product_routes.load, &catalogue.arrays),
        session.find(if is_locked { &of.suppliers.lock } else { &of.suppliers.load }, &suppliers.arrays),
        session.find(if is_locked { &of.revisions.lock } else { &of.revisions.load }, &revisions.arrays),
        session.find(&of.leases.lock, &leases.arrays),
        session.find(&of.merchants.load, &profiles.arrays),
        session.find(&of.inquiries.load, &inquiries.arrays),
        session.find(&of.orders.load, &orders.arrays),
        session.find(&of.attempts.load, &attempts.arrays),
        session.find(&of.duplicates.load, &duplicates.arrays),
        session.find(&of.vouchers.load, &vouchers.arrays),
        session.find(&of.endpoints.load, &endpoint_arrays),
        session.find(&of.endpoint_headers.load, &endpoint_arrays),
        session.find(&of.deliveries.load, &dispatch_arrays),
    ]);
    let mut found = answered(found).await?.into_iter().skip(1);
    let mut next = || found.next().unwrap_or_default();

    let last_batch = next().first().map(|row| row.try_get(0)).transpose().map_err(Failure::from)?;
    let mut world = World::default();
    books.put_into(&mut world.books, read(&next())?);
    bills.put_into(&mut world.bills, read(&next())?);
    callbacks.put_into(&mut world.callbacks, read(&next())?);
    let (bare, tiers, routes) = (read(&next())?, read(&next())?, read(&next())?);
    catalogue.put_into(&mut world.products, products::with_parts(bare, tiers, routes));
    suppliers.put_into(&mut world.suppliers, read(&next())?);
    revisions.put_into(&mut world.revisions, read(&next())?);
    leases.put_into(&mut world.leases, read(&next())?);
    profiles.put_into(&mut world.merchants, read(&next())?);
    inquiries.put_into(&mut world.inquiries, read(&next())?);
    orders.put_into(&mut world.orders, read(&next())?);
    attempts.put_into(&mut world.attempts, read(&next())?);
    duplicates.put_into(&mut world.duplicates, read(&next())?);
    vouchers.put_into(&mut world.vouchers, read(&next())?);
    let (bare, headers): (Vec<EndpointRow>, Vec<HeaderRow>) = (read(&next())?, read(&next())?);
    put_into(&mut world.endpoints, &endpoint_keys, endpoints::by_merchant(bare, headers));
    put_into(&mut world.dispatches, &dispatch_keys, dispatches::by_key(read(&next())?));
    Ok(Loaded { last_batch, world })
}

/// The rows of one kind that a batch names.
struct Named<'a, R: Row> {
    keys: Vec<&'a R::Key>,
    arrays: Arrays,
}

impl<'a, R: Row<Key: KeptKey> + Kept> Named<'a, R> {
    fn in_reads(keys: &'a [R::Key]) -> Self {
        let keys = sorted(keys);
        let arrays = Arrays::of_keys(&R::LAYOUT, R::LAYOUT.key.len(), keys.iter().copied());
        Self { keys, arrays }
    }

    fn put_into(&self, rows: &mut Rows<R>, found: Vec<R>) {
        put_into(rows, &self.keys, found);
    }
}

/// Only what was named: books are locked for others' sake as well.
fn put_into<R: Row>(rows: &mut Rows<R>, keys: &[&R::Key], found: Vec<R>) {
    for key in keys {
        rows.load((*key).clone(), None);
    }
    for row in found {
        let key = row.key();
        if keys.binary_search(&&key).is_ok() {
            rows.load(key, Some(row));
        }
    }
}

fn read<R: Kept>(found: &Found) -> Result<Vec<R>, StoreError> {
    found.iter().map(|row| R::read(&mut Fields::of(&R::LAYOUT.table, row))).collect()
}
