//! Answers questions from one read transaction.

use std::collections::HashMap;
use std::sync::Arc;

use domain::attempt::Attempt;
use domain::bill::{Bill, BillKey};
use domain::callback::Callback;
use domain::exchange::Exchange;
use domain::id::{CauseId, MerchantId, OrderId, RefId, RefKey, SupplierName, SupplierRef};
use domain::inquiry::Inquiry;
use domain::lease::Lease;
use domain::ledger::{Book, Transfer};
use domain::merchant::Merchant;
use domain::order::{Order, OrderStatus};
use domain::product::Product;
use domain::revision::Revision;
use domain::supplier::SupplierProfile;
use domain::time::Timestamp;
use domain::voucher::{Voucher, VoucherKind};

use crate::codes::Coded;
use crate::mutation_pages::{length, numbers_within, page_of};
use crate::postgres::arrays::Arrays;
use crate::postgres::bills_in_order;
use crate::postgres::products::with_parts;
use crate::postgres::queries as q;
use crate::postgres::readers::Reading;
use crate::postgres::sql;
use crate::rows::{Kept, KeptKey};
use crate::{MutationEntry, MutationPage, OrderFilter, OrderWithAttempt, Snapshot, StoreError};

/// A snapshot of a [`crate::PostgresStore`].
#[derive(Debug)]
pub struct PostgresSnapshot {
    reading: Reading,
}

impl PostgresSnapshot {
    /// Looks through this transaction.
    pub const fn of(reading: Reading) -> Self {
        Self { reading }
    }

    /// What it reads through.
    pub const fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The row under a key, if there is one.
    fn load<R: Kept>(&self, key: &impl KeptKey) -> Result<Option<R>, StoreError> {
        Ok(self.load_all([key])?.pop())
    }

    /// The rows under these keys that there are, in no order.
    pub fn load_all<'a, R: Kept, K: KeptKey + 'a>(
        &self,
        keys: impl IntoIterator<Item = &'a K>,
    ) -> Result<Vec<R>, StoreError> {
        let layout = &R::LAYOUT;
        self.reading.rows(&sql::load(layout), &Arrays::of_keys(layout, layout.key.len(), keys).params())
    }

    /// The orders with these numbers, by merchant and number.
    fn orders_by_ids(
        &self,
        ids: impl Iterator<Item = OrderId>,
    ) -> Result<HashMap<(MerchantId, OrderId), Order>, StoreError> {
        let ids: Vec<i64> = ids.map(|order_id| order_id.0).collect();
        let found: Vec<Order> = self.reading.list(&q::ORDERS_BY_IDS, &[&ids])?;
        Ok(found.into_iter().map(|order| ((order.key.merchant_id, order.order_id), order)).collect())
    }

    fn with_orders(&self, attempts: Vec<Attempt>) -> Result<Vec<OrderWithAttempt>, StoreError> {
        let orders = self.orders_by_ids(attempts.iter().map(|attempt| attempt.key.order_id))?;
        attempts
            .into_iter()
            .map(|attempt| {
                let order = orders.get(&(attempt.key.merchant_id, attempt.key.order_id)).cloned();
                let order = order.ok_or_else(|| StoreError::Corrupt {
                    table: "attempts",
                    column: "order_id",
                    id: attempt.key.order_id.to_string(),
                })?;
                Ok(OrderWithAttempt { order, attempt })
            })
            .collect()
    }

    /// With what is behind them: orders or vouchers.
    fn mutation_entries(&self, transfers: Vec<Transfer>) -> Result<Vec<MutationEntry>, StoreError> {
        let orders = self.orders_by_ids(transfers.iter().map(|transfer| OrderId(transfer.cause_id.0)))?;
        let causes: Vec<i64> = transfers.iter().map(|transfer| transfer.cause_id.0).collect();
        let vouchers: Vec<Voucher> = self.reading.list(&q::VOUCHERS_BY_CAUSES, &[&causes])?;
        let vouchers: HashMap<(MerchantId, CauseId), Voucher> =
            vouchers.into_iter().map(|voucher| ((voucher.key.merchant_id, voucher.cause_id), voucher)).collect();
        transfers
            .into_iter()
            .map(|transfer| {
                let (merchant_id, cause_id) = (transfer.merchant_id, transfer.cause_id);
                if let Some(order) = orders.get(&(merchant_id, OrderId(cause_id.0))) {
                    let reference = order.key.ref_id.as_str().into();
                    return Ok(MutationEntry { transfer, reference, note: Arc::default(), is_deposit: None });
                }
                let voucher = vouchers.get(&(merchant_id, cause_id)).ok_or_else(|| StoreError::Corrupt {
                    table: "transfers",
                    column: "cause_id",
                    id: cause_id.0.to_string(),
                })?;
                Ok(MutationEntry {
                    transfer,
                    reference: voucher.key.reference.as_str().into(),
                    note: Arc::clone(&voucher.note),
                    is_deposit: Some(voucher.kind == VoucherKind::Deposit),
                })
            })
            .collect()
    }
}

impl Snapshot for PostgresSnapshot {
    fn merchants(&mut self) -> Result<Vec<Merchant>, StoreError> {
        self.reading.list(&q::MERCHANTS, &[])
    }

    fn products(&mut self) -> Result<Vec<Product>, StoreError> {
        let products = self.reading.list(&q::PRODUCTS, &[])?;
        Ok(with_parts(products, self.reading.list(&q::TIERS, &[])?, self.reading.list(&q::ROUTES, &[])?))
    }

    fn suppliers(&mut self) -> Result<Vec<SupplierProfile>, StoreError> {
        self.reading.list(&q::SUPPLIERS, &[])
    }

    fn revisions(&mut self) -> Result<Vec<Revision>, StoreError> {
        self.reading.list(&q::REVISIONS, &[])
    }

    fn leases(&mut self) -> Result<Vec<Lease>, StoreError> {
        self.reading.list(&q::LEASES, &[])
    }

    fn callbacks(&mut self, order_id: OrderId) -> Result<Vec<Callback>, StoreError> {
        self.reading.list(&q::CALLBACKS_OF_ORDER, &[&order_id.0])
    }

    fn newest_callbacks(&mut self, limit: u32) -> Result<Vec<Callback>, StoreError> {
        self.reading.list(&q::NEWEST_CALLBACKS, &[&i64::from(limit)])
    }

    fn books(&mut self) -> Result<Vec<Book>, StoreError> {
        self.reading.list(&q::BOOKS, &[])
    }

    fn book(&mut self, merchant_id: MerchantId) -> Result<Option<Book>, StoreError> {
        self.load(&merchant_id)
    }

    fn inquiry(&mut self, key: &RefKey) -> Result<Option<Inquiry>, StoreError> {
        self.load(key)
    }

    fn order(&mut self, key: &RefKey) -> Result<Option<Order>, StoreError> {
        self.load(key)
    }

    fn attempts(&mut self, merchant_id: MerchantId, order_id: OrderId) -> Result<Vec<Attempt>, StoreError> {
        self.reading.list(&q::ATTEMPTS_OF_ORDER, &[&merchant_id.0, &order_id.0])
    }

    fn exchanges(&mut self, merchant_id: MerchantId, order_id: OrderId) -> Result<Vec<Exchange>, StoreError> {
        self.reading.list(&q::EXCHANGES_OF_ORDER, &[&merchant_id.0, &order_id.0])
    }

    fn attempt_by_supplier_ref(
        &mut self,
        supplier: &SupplierName,
        supplier_ref: &SupplierRef,
    ) -> Result<Option<OrderWithAttempt>, StoreError> {
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 2] = [&supplier_ref.as_str(), &supplier.as_str()];
        let attempts = self.reading.list(&q::ATTEMPT_BY_SUPPLIER_REF, &params)?;
        Ok(self.with_orders(attempts)?.pop())
    }

    fn bill(&mut self, key: &BillKey) -> Result<Option<Bill>, StoreError> {
        self.load(key)
    }

    fn orders_by_ref(&mut self, ref_id: &RefId) -> Result<Vec<Order>, StoreError> {
        self.reading.list(&q::ORDERS_BY_REF, &[&ref_id.as_str()])
    }

    fn order_by_id(&mut self, order_id: OrderId) -> Result<Option<Order>, StoreError> {
        self.reading.find(&q::ORDER_BY_ID, &[&order_id.0])
    }

    fn orders(&mut self, filter: &OrderFilter, limit: u32) -> Result<Vec<Order>, StoreError> {
        let query = if filter.on_desk {
            &q::ORDERS_ON_DESK
        } else if filter.status == Some(OrderStatus::Pending) {
            &q::ORDERS_PENDING
        } else if filter.merchant_id.is_some() {
            &q::ORDERS_OF_MERCHANT
        } else {
            &q::ORDERS
        };
        let merchant_id = filter.merchant_id.map(|merchant_id| merchant_id.0);
        let status = filter.status.map(OrderStatus::code);
        self.reading.list(query, &[&merchant_id, &status, &i64::from(limit)])
    }

    fn due_attempts(&mut self, now: Timestamp, limit: u32) -> Result<Vec<OrderWithAttempt>, StoreError> {
        self.with_orders(self.reading.list(&q::DUE_ATTEMPTS, &[&now.micros(), &i64::from(limit)])?)
    }

    fn mutations(
        &mut self,
        merchant_id: MerchantId,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
        page: u32,
        per_page: u32,
    ) -> Result<MutationPage, StoreError> {
        let count = self.book(merchant_id)?.map_or(0, |book| book.mutations);
        let numbers = numbers_within(count, from, to, |number| {
            let transfer: Option<Transfer> = self.reading.find(&q::MUTATION, &[&merchant_id.0, &number])?;
            transfer.map(|transfer| transfer.created_at).ok_or_else(|| StoreError::Corrupt {
                table: "transfers",
                column: "mutation_number",
                id: format!("{merchant_id}/{number}"),
            })
        })?;
        let on_page = page_of(&numbers, page, per_page);
        let transfers = self.reading.list(&q::MUTATIONS_BETWEEN, &[&merchant_id.0, on_page.start(), on_page.end()])?;
        Ok(MutationPage { entries: self.mutation_entries(transfers)?, total: length(&numbers) })
    }

    fn newest(&mut self) -> Result<(Timestamp, CauseId), StoreError> {
        let rows = self.reading.ask(q::NEWEST, &[])?;
        let row = rows.first().ok_or_else(|| StoreError::Engine("the newest moment was not answered".to_owned()))?;
        let (newest_at, highest): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        Ok((Timestamp::from_micros(newest_at), CauseId(highest)))
    }

    fn orders_after(&mut self, after: OrderId, limit: u32) -> Result<Vec<Order>, StoreError> {
        self.reading.list(&q::ORDERS_AFTER, &[&after.0, &i64::from(limit)])
    }

    fn vouchers_after(&mut self, after: CauseId, limit: u32) -> Result<Vec<Voucher>, StoreError> {
        self.reading.list(&q::VOUCHERS_AFTER, &[&after.0, &i64::from(limit)])
    }

    fn transfers_between(&mut self, after: CauseId, until: CauseId) -> Result<Vec<Transfer>, StoreError> {
        self.reading.list(&q::TRANSFERS_BETWEEN, &[&after.0, &until.0])
    }

    fn mutations_after(
        &mut self,
        merchant_id: MerchantId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Transfer>, StoreError> {
        self.reading.list(&q::MUTATIONS_AFTER, &[&merchant_id.0, &after, &i64::from(limit)])
    }

    fn each_bill(&mut self, visit: &mut dyn FnMut(&Bill, &[Order])) -> Result<(), StoreError> {
        bills_in_order::each(&self.reading, visit)
    }
}
