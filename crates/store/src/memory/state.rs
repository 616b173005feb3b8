//! All rows, and the second ways in which some are found.

use std::collections::{BTreeMap, BTreeSet};

use domain::attempt::Attempt;
use domain::bill::Bill;
use domain::callback::Callback;
use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Dispatch, DispatchKey};
use domain::duplicate::DuplicateGuard;
use domain::endpoint::Endpoints;
use domain::event::Event;
use domain::exchange::Exchange;
use domain::id::{ApiId, CauseId, EndpointId, MerchantId, OrderId, RefKey};
use domain::inquiry::Inquiry;
use domain::lease::Lease;
use domain::ledger::{Book, Slot, Transfer};
use domain::merchant::Merchant;
use domain::order::Order;
use domain::product::Product;
use domain::revision::Revision;
use domain::row::Row;
use domain::supplier::SupplierProfile;
use domain::time::Timestamp;
use domain::voucher::{Voucher, VoucherKey};
use domain::world::{Rows, World};

use crate::StoreError;

/// The rows of one kind.
pub type Table<R> = BTreeMap<<R as Row>::Key, R>;
/// What a transfer is found by.
pub type TransferKey = (CauseId, Slot, u8);

/// What an exchange is found by: order, attempt, number.
pub type ExchangeKey = (OrderId, u16, u32);

/// What an event is found by: merchant, number.
pub type EventKey = (MerchantId, i64);

/// What a try is found by: order, endpoint, event, number.
pub type TryKey = (OrderId, EndpointId, i64, u32);

/// Everything that is remembered.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Books.
    pub books: Table<Book>,
    /// Merchants.
    pub merchants: Table<Merchant>,
    /// Products.
    pub products: Table<Product>,
    /// Inquiries.
    pub inquiries: Table<Inquiry>,
    /// Orders.
    pub orders: Table<Order>,
    /// Attempts.
    pub attempts: Table<Attempt>,
    /// Bills.
    pub bills: Table<Bill>,
    /// Duplicate guards.
    pub duplicates: Table<DuplicateGuard>,
    /// Vouchers.
    pub vouchers: Table<Voucher>,
    /// Suppliers.
    pub suppliers: Table<SupplierProfile>,
    /// Callbacks.
    pub callbacks: Table<Callback>,
    /// Endpoints.
    pub endpoints: Table<Endpoints>,
    /// Dispatches.
    pub dispatches: Table<Dispatch>,
    /// Revisions.
    pub revisions: Table<Revision>,
    /// Leases.
    pub leases: Table<Lease>,
    /// The ledger.
    pub transfers: BTreeMap<TransferKey, Transfer>,

    /// The history of orders.
    pub exchanges: BTreeMap<ExchangeKey, Exchange>,
    /// What merchants are told.
    pub events: BTreeMap<EventKey, Event>,
    /// The log of deliveries.
    pub tries: BTreeMap<TryKey, DeliveryTry>,

    /// Orders by number.
    pub order_keys: BTreeMap<OrderId, RefKey>,
    /// Vouchers by number.
    pub voucher_keys: BTreeMap<CauseId, VoucherKey>,
    /// Transfers by mutation number.
    pub mutation_keys: BTreeMap<(MerchantId, i64), TransferKey>,
    /// Whose an `api_id` is.
    pub api_ids: BTreeMap<ApiId, MerchantId>,
    /// The newest moment that was ever noted.
    pub newest_at: Timestamp,
}

impl State {
    /// Checks every unique key that a batch would add, before anything is written.
    pub fn check_unique(&self, world: &World) -> Result<(), StoreError> {
        check_new(&self.books, &world.books)?;
        check_new(&self.merchants, &world.merchants)?;
        check_new(&self.products, &world.products)?;
        check_new(&self.inquiries, &world.inquiries)?;
        check_new(&self.orders, &world.orders)?;
        check_new(&self.attempts, &world.attempts)?;
        check_new(&self.bills, &world.bills)?;
        check_new(&self.duplicates, &world.duplicates)?;
        check_new(&self.vouchers, &world.vouchers)?;
        check_new(&self.suppliers, &world.suppliers)?;
        check_new(&self.callbacks, &world.callbacks)?;
        check_new(&self.endpoints, &world.endpoints)?;
        check_new(&self.dispatches, &world.dispatches)?;
        check_new(&self.revisions, &world.revisions)?;
        check_new(&self.leases, &world.leases)?;

        let orders = world.orders.changes();
        check_owners(&self.order_keys, orders.iter().map(|order| (order.row.order_id, order.row.key())))?;
        let vouchers = world.vouchers.changes();
        check_owners(&self.voucher_keys, vouchers.iter().map(|voucher| (voucher.row.cause_id, voucher.row.key())))?;
        let merchants = world.merchants.changes();
        check_owners(
            &self.api_ids,
            merchants.iter().map(|merchant| (merchant.row.api_id.clone(), merchant.row.key())),
        )?;

        check_appended(&self.exchanges, world.exchanges().iter().map(exchange_key))?;
        check_appended(&self.events, world.events().iter().map(event_key))?;
        check_appended(&self.tries, world.tries().iter().map(try_key))?;
        let mut new_transfers = BTreeSet::new();
        let mut new_mutations = BTreeSet::new();
        for transfer in world.transfers() {
            let key = transfer_key(transfer);
            let is_taken = self.transfers.contains_key(&key) || !new_transfers.insert(key);
            let number = transfer.mutation.map(|mutation| (transfer.merchant_id, mutation.number));
            let is_numbered_twice =
                number.is_some_and(|number| self.mutation_keys.contains_key(&number) || !new_mutations.insert(number));
            if is_taken || is_numbered_twice {
                return Err(StoreError::Conflict);
            }
        }
        Ok(())
    }

    /// Writes a batch whose keys were checked.
    pub fn write(&mut self, world: &World) {
        for change in world.orders.changes() {
            self.order_keys.insert(change.row.order_id, change.row.key());
        }
        for change in world.vouchers.changes() {
            self.voucher_keys.insert(change.row.cause_id, change.row.key());
        }
        for change in world.merchants.changes() {
            self.api_ids.insert(change.row.api_id.clone(), change.row.key());
        }
        put_all(&mut self.books, &world.books);
        put_all(&mut self.merchants, &world.merchants);
        put_all(&mut self.products, &world.products);
        put_all(&mut self.inquiries, &world.inquiries);
        put_all(&mut self.orders, &world.orders);
        put_all(&mut self.attempts, &world.attempts);
        put_all(&mut self.bills, &world.bills);
        put_all(&mut self.duplicates, &world.duplicates);
        put_all(&mut self.vouchers, &world.vouchers);
        put_all(&mut self.suppliers, &world.suppliers);
        put_all(&mut self.callbacks, &world.callbacks);
        put_all(&mut self.endpoints, &world.endpoints);
        put_all(&mut self.dispatches, &world.dispatches);
        put_all(&mut self.revisions, &world.revisions);
        put_all(&mut self.leases, &world.leases);
        for transfer in world.transfers() {
            let key = transfer_key(transfer);
            if let Some(mutation) = transfer.mutation {
                self.mutation_keys.insert((transfer.merchant_id, mutation.number), key);
            }
            self.transfers.insert(key, transfer.clone());
        }
        for exchange in world.exchanges() {
            self.exchanges.insert(exchange_key(exchange), exchange.clone());
        }
        self.events.extend(world.events().iter().map(|event| (event_key(event), event.clone())));
        self.tries.extend(world.tries().iter().map(|made| (try_key(made), made.clone())));
        self.newest_at = self.newest_at.max(world.newest());
    }
}

impl State {
    /// Forgets the oldest events that happened before a moment, with all that was said about them; gives how many.
    pub fn forget_events(&mut self, before: Timestamp, limit: u32) -> u32 {
        let mut old: Vec<&Event> = self.events.values().filter(|event| event.created_at < before).collect();
        old.sort_by_key(|event| event.created_at);
        let old: Vec<Event> = old.into_iter().zip(0..limit).map(|(event, _)| event.clone()).collect();
        for event in &old {
            self.events.remove(&event_key(event));
            self.tries.retain(|_, made| (made.key.order_id, made.event) != (event.order_id, event.number));
            let key = DispatchKey { merchant_id: event.merchant_id, order_id: event.order_id };
            if let Some(dispatch) = self.dispatches.get_mut(&key) {
                dispatch.deliveries.retain(|delivery| delivery.event != event.number);
                if dispatch.deliveries.is_empty() {
                    self.dispatches.remove(&key);
                }
            }
        }
        u32::try_from(old.len()).unwrap_or(limit)
    }
}

const fn transfer_key(transfer: &Transfer) -> TransferKey {
    (transfer.cause_id, transfer.slot, transfer.leg)
}

const fn exchange_key(exchange: &Exchange) -> ExchangeKey {
    (exchange.attempt.order_id, exchange.attempt.number, exchange.number)
}

const fn event_key(event: &Event) -> EventKey {
    (event.merchant_id, event.number)
}

const fn try_key(made: &DeliveryTry) -> TryKey {
    (made.key.order_id, made.endpoint_id, made.event, made.number)
}

/// What is only ever added must have a key that nothing has, neither in the table nor in the batch.
fn check_appended<K: Ord, V>(table: &BTreeMap<K, V>, keys: impl Iterator<Item = K>) -> Result<(), StoreError> {
    let mut added = BTreeSet::new();
    for key in keys {
        if table.contains_key(&key) || !added.insert(key) {
            return Err(StoreError::Conflict);
        }
    }
    Ok(())
}

/// A row that is to be added must not stand there already.
fn check_new<R: Row>(table: &Table<R>, rows: &Rows<R>) -> Result<(), StoreError> {
    let is_taken = rows.changes().iter().any(|change| !change.is_stored && table.contains_key(&change.row.key()));
    if is_taken { Err(StoreError::Conflict) } else { Ok(()) }
}

/// What is unique beside the key must belong to nobody else, neither in the table nor in the batch.
fn check_owners<K: Ord, O: PartialEq>(
    owners: &BTreeMap<K, O>,
    claims: impl Iterator<Item = (K, O)>,
) -> Result<(), StoreError> {
    let mut claimed = BTreeMap::new();
    for (key, owner) in claims {
        let is_other = owners.get(&key).is_some_and(|before| *before != owner);
        if is_other || claimed.insert(key, owner).is_some() {
            return Err(StoreError::Conflict);
        }
    }
    Ok(())
}

fn put_all<R: Row>(table: &mut Table<R>, rows: &Rows<R>) {
    for change in rows.changes() {
        table.insert(change.row.key(), change.row.clone());
    }
}
