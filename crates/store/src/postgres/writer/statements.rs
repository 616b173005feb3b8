//! What a batch asks and writes, prepared once for a connection.

use domain::attempt::Attempt;
use domain::bill::Bill;
use domain::callback::Callback;
use domain::delivery_try::DeliveryTry;
use domain::duplicate::DuplicateGuard;
use domain::event::Event;
use domain::exchange::Exchange;
use domain::inquiry::Inquiry;
use domain::lease::Lease;
use domain::ledger::{Book, Transfer};
use domain::merchant::Merchant;
use domain::order::Order;
use domain::product::Product;
use domain::revision::Revision;
use domain::supplier::SupplierProfile;
use domain::voucher::Voucher;
use tokio_postgres::{Client, Error, Statement};

use crate::postgres::{queries, sql};
use crate::rows::{DeliveryRow, EndpointRow, HeaderRow, Kept, RouteRow, TierRow};

/// Of a table whose rows are loaded by key, and added or replaced.
#[derive(Debug)]
pub struct TableStatements {
    /// Loads rows.
    pub load: Statement,
    /// Loads rows and locks them, in the order of their keys.
    pub lock: Statement,
    /// Adds rows.
    pub insert: Statement,
    /// Replaces rows.
    pub update: Statement,
}

/// Of a table whose rows are parts of something.
#[derive(Debug)]
pub struct PartStatements {
    /// Loads all parts.
    pub load: Statement,
    /// Deletes all parts.
    pub delete: Statement,
    /// Adds parts.
    pub insert: Statement,
    /// Adds parts or replaces them.
    pub put: Statement,
}

/// All of them.
#[derive(Debug)]
pub struct Statements {
    pub commit: Statement,
    pub begin_writer: Statement,
    pub lock_writer: Statement,
    pub count_batch: Statement,
    pub note_time: Statement,
    pub oldest_events: Statement,
    pub forget_tries: Statement,
    pub forget_deliveries: Statement,
    pub forget_events: Statement,
    pub books: TableStatements,
    pub merchants: TableStatements,
    pub products: TableStatements,
    pub product_tiers: PartStatements,
    pub product_routes: PartStatements,
    pub inquiries: TableStatements,
    pub orders: TableStatements,
    pub attempts: TableStatements,
    pub bills: TableStatements,
    pub duplicates: TableStatements,
    pub vouchers: TableStatements,
    pub suppliers: TableStatements,
    pub callbacks: TableStatements,
    pub revisions: TableStatements,
    pub leases: TableStatements,
    pub endpoints: PartStatements,
    pub endpoint_headers: PartStatements,
    pub deliveries: PartStatements,
    pub insert_transfers: Statement,
    pub insert_exchanges: Statement,
    pub insert_events: Statement,
    pub insert_tries: Statement,
}

impl Statements {
    /// Prepares them.
    pub async fn prepare(client: &Client) -> Result<Self, Error> {
        Ok(Self {
            commit: client.prepare(queries::COMMIT).await?,
            begin_writer: client.prepare(queries::BEGIN_WRITER).await?,
            lock_writer: client.prepare(queries::LOCK_WRITER).await?,
            count_batch: client.prepare(queries::COUNT_BATCH).await?,
            note_time: client.prepare(queries::NOTE_TIME).await?,
            oldest_events: client.prepare(queries::OLDEST_EVENTS).await?,
            forget_tries: client.prepare(queries::FORGET_TRIES).await?,
            forget_deliveries: client.prepare(queries::FORGET_DELIVERIES).await?,
            forget_events: client.prepare(queries::FORGET_EVENTS).await?,
            books: table::<Book>(client).await?,
            merchants: table::<Merchant>(client).await?,
            products: table::<Product>(client).await?,
            product_tiers: parts::<TierRow>(client, 1).await?,
            product_routes: parts::<RouteRow>(client, 1).await?,
            inquiries: table::<Inquiry>(client).await?,
            orders: table::<Order>(client).await?,
            attempts: table::<Attempt>(client).await?,
            bills: table::<Bill>(client).await?,
            duplicates: table::<DuplicateGuard>(client).await?,
            vouchers: table::<Voucher>(client).await?,
            suppliers: table::<SupplierProfile>(client).await?,
            callbacks: table::<Callback>(client).await?,
            revisions: table::<Revision>(client).await?,
            leases: table::<Lease>(client).await?,
            endpoints: parts::<EndpointRow>(client, 1).await?,
            endpoint_headers: parts::<HeaderRow>(client, 1).await?,
            deliveries: parts::<DeliveryRow>(client, 2).await?,
            insert_transfers: client.prepare(&sql::insert(&Transfer::LAYOUT)).await?,
            insert_exchanges: client.prepare(&sql::insert(&Exchange::LAYOUT)).await?,
            insert_events: client.prepare(&sql::insert(&Event::LAYOUT)).await?,
            insert_tries: client.prepare(&sql::insert(&DeliveryTry::LAYOUT)).await?,
        })
    }
}

async fn table<R: Kept>(client: &Client) -> Result<TableStatements, Error> {
    let layout = &R::LAYOUT;
    Ok(TableStatements {
        load: client.prepare(&sql::load(layout)).await?,
        lock: client.prepare(&sql::lock(layout)).await?,
        insert: client.prepare(&sql::insert(layout)).await?,
        update: client.prepare(&sql::update(layout)).await?,
    })
}

async fn parts<R: Kept>(client: &Client, columns: usize) -> Result<PartStatements, Error> {
    let layout = &R::LAYOUT;
    Ok(PartStatements {
        load: client.prepare(&sql::load_parts(layout, columns)).await?,
        delete: client.prepare(&sql::delete_parts(layout, columns)).await?,
        insert: client.prepare(&sql::insert(layout)).await?,
        put: client.prepare(&sql::put(layout)).await?,
    })
}
