//! The rows that a batch named beforehand, with every change tracked.
//!
//! The store loads the rows that [`Reads`] names, the commands of the batch change them one after the other, and the store saves what
//! changed. A refused command leaves no trace: [`World::rollback`] takes its changes back, and its neighbours see nothing of it.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::attempt::{Attempt, AttemptKey};
use crate::bill::{Bill, BillKey};
use crate::callback::Callback;
use crate::delivery_try::DeliveryTry;
use crate::dispatch::{Dispatch, DispatchKey};
use crate::duplicate::{DuplicateGuard, DuplicateKey};
use crate::endpoint::Endpoints;
use crate::event::{Event, EventKind};
use crate::exchange::Exchange;
use crate::id::{MerchantId, OrderId, ProductCode, RefKey, SupplierName};
use crate::inquiry::Inquiry;
use crate::lease::{Lease, Work};
use crate::ledger::{Book, Transfer};
use crate::merchant::Merchant;
use crate::order::Order;
use crate::product::Product;
use crate::refusal::Fault;
use crate::revision::{Listing, Revision};
use crate::row::Row;
use crate::supplier::SupplierProfile;
use crate::time::Timestamp;
use crate::voucher::{Voucher, VoucherKey};

/// The rows of one kind.
#[derive(Debug)]
pub struct Rows<R: Row> {
    slots: HashMap<R::Key, Slot<R>, RandomState>,
    undo: Vec<(R::Key, Slot<R>)>,
}

/// Rows are some hundred bytes long and go from map to map, so they are boxed.
#[derive(Clone, Debug)]
struct Slot<R> {
    row: Option<Box<R>>,
    is_stored: bool,
    is_changed: bool,
}

/// A row to be written.
#[derive(Debug)]
pub struct Change<'a, R> {
    /// The row as it is now.
    pub row: &'a R,
    /// It stands in the store already, and is to be replaced.
    pub is_stored: bool,
}

impl<R: Row> Default for Rows<R> {
    fn default() -> Self {
        Self { slots: HashMap::default(), undo: Vec::new() }
    }
}

impl<R: Row> Rows<R> {
    /// Makes room for so many more rows.
    pub fn reserve(&mut self, additional: usize) {
        self.slots.reserve(additional);
    }

    /// Puts in what the store has under a key that was named: a row, or that there is none.
    pub fn load(&mut self, key: R::Key, row: Option<R>) {
        self.load_boxed(key, row.map(Box::new));
    }

    /// As [`Rows::load`], for a row that was in another world before.
    pub fn load_boxed(&mut self, key: R::Key, row: Option<Box<R>>) {
        let is_stored = row.is_some();
        self.slots.insert(key, Slot { row, is_stored, is_changed: false });
    }

    /// The row under a named key, if there is one.
    pub fn get(&self, key: &R::Key) -> Result<Option<&R>, Fault> {
        self.slots.get(key).map(|slot| slot.row.as_deref()).ok_or(Fault::Unnamed(R::NAME))
    }

    /// Puts a row in the place of what stood under its key.
    pub fn put(&mut self, row: R) -> Result<(), Fault> {
        let key = row.key();
        let slot = self.slots.get_mut(&key).ok_or(Fault::Unnamed(R::NAME))?;
        let is_stored = slot.is_stored;
        let before = std::mem::replace(slot, Slot { row: Some(Box::new(row)), is_stored, is_changed: true });
        self.undo.push((key, before));
        Ok(())
    }

    /// Every key that was named, with what stands under it now.
    pub fn into_slots(self) -> impl Iterator<Item = (R::Key, Option<Box<R>>)> {
        self.slots.into_iter().map(|(key, slot)| (key, slot.row))
    }

    /// What the store has to write, in the order of the keys.
    pub fn changes(&self) -> Vec<Change<'_, R>> {
        let mut changes: Vec<_> = self
            .slots
            .iter()
            .filter(|(_, slot)| slot.is_changed)
            .filter_map(|(key, slot)| slot.row.as_deref().map(|row| (key, Change { row, is_stored: slot.is_stored })))
            .collect();
        changes.sort_unstable_by_key(|(key, _)| *key);
        changes.into_iter().map(|(_, change)| change).collect()
    }

    fn newest(&self) -> Option<Timestamp> {
        self.slots.values().filter_map(|slot| slot.row.as_deref().map(R::changed_at)).max()
    }

    fn commit(&mut self) {
        self.undo.clear();
    }

    fn rollback(&mut self) {
        while let Some((key, before)) = self.undo.pop() {
            self.slots.insert(key, before);
        }
    }
}

/// The keys of the rows that a batch's commands will use. Keys may repeat; the store sorts and dedupes them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reads {
    /// Books.
    pub books: Vec<MerchantId>,
    /// Merchants' profiles.
    pub merchants: Vec<MerchantId>,
    /// Products.
    pub products: Vec<ProductCode>,
    /// Inquiries.
    pub inquiries: Vec<RefKey>,
    /// Orders.
    pub orders: Vec<RefKey>,
    /// Attempts.
    pub attempts: Vec<AttemptKey>,
    /// Bills.
    pub bills: Vec<BillKey>,
    /// Duplicate guards.
    pub duplicates: Vec<DuplicateKey>,
    /// Vouchers.
    pub vouchers: Vec<VoucherKey>,
    /// Suppliers.
    pub suppliers: Vec<SupplierName>,
    /// Callbacks.
    pub callbacks: Vec<i64>,
    /// Endpoints, by merchant.
    pub endpoints: Vec<MerchantId>,
    /// Dispatches.
    pub dispatches: Vec<DispatchKey>,
    /// Revisions.
    pub revisions: Vec<Listing>,
    /// Leases.
    pub leases: Vec<Work>,
}

/// The rows of one batch.
#[derive(Debug, Default)]
pub struct World {
    /// Books.
    pub books: Rows<Book>,
    /// Merchants' profiles.
    pub merchants: Rows<Merchant>,
    /// Products.
    pub products: Rows<Product>,
    /// Inquiries.
    pub inquiries: Rows<Inquiry>,
    /// Orders.
    pub orders: Rows<Order>,
    /// Attempts.
    pub attempts: Rows<Attempt>,
    /// Bills.
    pub bills: Rows<Bill>,
    /// Duplicate guards.
    pub duplicates: Rows<DuplicateGuard>,
    /// Vouchers.
    pub vouchers: Rows<Voucher>,
    /// Suppliers.
    pub suppliers: Rows<SupplierProfile>,
    /// Callbacks.
    pub callbacks: Rows<Callback>,
    /// Endpoints.
    pub endpoints: Rows<Endpoints>,
    /// Dispatches.
    pub dispatches: Rows<Dispatch>,
    /// Revisions.
    pub revisions: Rows<Revision>,
    /// Leases.
    pub leases: Rows<Lease>,
    transfers: Vec<Transfer>,
    committed_transfers: usize,
    exchanges: Vec<Exchange>,
    committed_exchanges: usize,
    events: Vec<Event>,
    committed_events: usize,
    tries: Vec<DeliveryTry>,
    committed_tries: usize,
}

impl World {
    /// Adds transfers to the ledger. Nothing that was added is ever changed.
    pub fn append(&mut self, transfers: impl IntoIterator<Item = Transfer>) {
        self.transfers.extend(transfers);
    }

    /// The transfers that this batch adds, in order.
    pub fn transfers(&self) -> &[Transfer] {
        &self.transfers
    }

    /// Adds to the history of an order.
    pub fn append_exchange(&mut self, exchange: Exchange) {
        self.exchanges.push(exchange);
    }

    /// The exchanges that this batch adds, in order.
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// Notes that a list has changed which other nodes keep in memory.
    pub fn revise(&mut self, listing: Listing, now: Timestamp) -> Result<(), Fault> {
        let number = self.revisions.get(&listing)?.map_or(0, |revision| revision.number);
        let number = number.checked_add(1).ok_or(Fault::Overflow)?;
        self.revisions.put(Revision { listing, number, updated_at: now })
    }

    /// Adds an event, numbered by its merchant's book.
    pub fn append_event(
        &mut self,
        merchant_id: MerchantId,
        order_id: OrderId,
        kind: EventKind,
        body: Arc<[u8]>,
        now: Timestamp,
    ) -> Result<Event, Fault> {
        let book = self.books.get(&merchant_id)?.cloned().ok_or(Fault::Inconsistent("an event without a book"))?;
        let number = book.events.checked_add(1).ok_or(Fault::Overflow)?;
        self.books.put(Book { events: number, updated_at: book.updated_at.max(now), ..book })?;
        let event = Event { merchant_id, number, order_id, kind, body, created_at: now };
        self.events.push(event.clone());
        Ok(event)
    }

    /// The events that this batch adds, in order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Adds to the log of deliveries.
    pub fn append_try(&mut self, made: DeliveryTry) {
        self.tries.push(made);
    }

    /// The tries that this batch adds, in order.
    pub fn tries(&self) -> &[DeliveryTry] {
        &self.tries
    }

    /// The newest moment in any row, or the epoch.
    pub fn newest(&self) -> Timestamp {
        [
            self.books.newest(),
            self.merchants.newest(),
            self.products.newest(),
            self.inquiries.newest(),
            self.orders.newest(),
            self.attempts.newest(),
            self.bills.newest(),
            self.duplicates.newest(),
            self.vouchers.newest(),
            self.suppliers.newest(),
            self.callbacks.newest(),
            self.endpoints.newest(),
            self.dispatches.newest(),
            self.revisions.newest(),
            self.leases.newest(),
        ]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or_default()
    }

    /// Keeps the changes of the command that was just applied.
    pub fn commit(&mut self) {
        self.books.commit();
        self.merchants.commit();
        self.products.commit();
        self.inquiries.commit();
        self.orders.commit();
        self.attempts.commit();
        self.bills.commit();
        self.duplicates.commit();
        self.vouchers.commit();
        self.suppliers.commit();
        self.callbacks.commit();
        self.endpoints.commit();
        self.dispatches.commit();
        self.revisions.commit();
        self.leases.commit();
        self.committed_transfers = self.transfers.len();
        self.committed_exchanges = self.exchanges.len();
        self.committed_events = self.events.len();
        self.committed_tries = self.tries.len();
    }

    /// Takes back the changes of the command that was just refused.
    pub fn rollback(&mut self) {
        self.books.rollback();
        self.merchants.rollback();
        self.products.rollback();
        self.inquiries.rollback();
        self.orders.rollback();
        self.attempts.rollback();
        self.bills.rollback();
        self.duplicates.rollback();
        self.vouchers.rollback();
        self.suppliers.rollback();
        self.callbacks.rollback();
        self.endpoints.rollback();
        self.dispatches.rollback();
        self.revisions.rollback();
        self.leases.rollback();
        self.transfers.truncate(self.committed_transfers);
        self.exchanges.truncate(self.committed_exchanges);
        self.events.truncate(self.committed_events);
        self.tries.truncate(self.committed_tries);
    }
}
