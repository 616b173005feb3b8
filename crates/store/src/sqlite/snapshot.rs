//! Answers questions from one read transaction.

use std::ops::Deref;
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
use domain::order::Order;
use domain::product::Product;
use domain::revision::Revision;
use domain::supplier::SupplierProfile;
use domain::time::Timestamp;
use domain::voucher::{Voucher, VoucherKind};
use rusqlite::Connection;

use crate::mutation_pages::{length, numbers_within, page_of};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::{
    Stored, attempts, bills, books, callbacks, deliveries, endpoints, exchanges, leases, merchants, meta, orders,
    products, revisions, suppliers, transfers, vouchers,
};
use crate::{MutationEntry, MutationPage, OrderFilter, OrderWithAttempt, Snapshot, StoreError};

/// A snapshot of a [`crate::SqliteStore`] or a [`crate::SqliteFile`], over a connection that nobody else uses meanwhile.
#[derive(Debug)]
pub struct SqliteSnapshot<C: Deref<Target = Connection>> {
    reader: C,
}

impl<C: Deref<Target = Connection>> SqliteSnapshot<C> {
    /// Begins a read transaction.
    pub fn begin(reader: C) -> Result<Self, StoreError> {
        if !reader.is_autocommit() {
            // Whoever had it before could not end its transaction.
            reader.execute_batch("ROLLBACK")?;
        }
        reader.prepare_cached("BEGIN")?.execute([])?;
        let snapshot = Self { reader };
        // `BEGIN` alone fixes nothing: the moment is that of the first read.
        meta::newest_at(&snapshot.statements())?;
        Ok(snapshot)
    }

    /// What it asks with.
    pub fn statements(&self) -> Statements<'_> {
        Statements::of(&self.reader)
    }

    fn with_orders(&self, attempts: Vec<Attempt>) -> Result<Vec<OrderWithAttempt>, StoreError> {
        attempts
            .into_iter()
            .map(|attempt| {
                let order = orders::by_id(&self.statements(), attempt.key.order_id)?;
                let order = order.ok_or_else(|| StoreError::Corrupt {
                    table: "attempts",
                    column: "order_id",
                    id: attempt.key.order_id.to_string(),
                })?;
                Ok(OrderWithAttempt { order, attempt })
            })
            .collect()
    }

    fn mutation_entry(&self, transfer: Transfer) -> Result<MutationEntry, StoreError> {
        let cause_id = transfer.cause_id;
        if let Some(order) = orders::by_id(&self.statements(), OrderId(cause_id.0))? {
            return Ok(MutationEntry {
                transfer,
                reference: order.key.ref_id.as_str().into(),
                note: Arc::default(),
                is_deposit: None,
            });
        }
        let voucher = vouchers::by_cause(&self.statements(), cause_id)?.ok_or_else(|| StoreError::Corrupt {
            table: "transfers",
            column: "cause_id",
            id: cause_id.0.to_string(),
        })?;
        Ok(MutationEntry {
            transfer,
            reference: voucher.key.reference.as_str().into(),
            note: voucher.note,
            is_deposit: Some(voucher.kind == VoucherKind::Deposit),
        })
    }
}

impl<C: Deref<Target = Connection>> Drop for SqliteSnapshot<C> {
    fn drop(&mut self) {
        let ended = self.reader.prepare_cached("ROLLBACK").and_then(|mut statement| statement.execute([]));
        if let Err(error) = ended {
            tracing::warn!(%error, "a read transaction could not be ended");
        }
    }
}

impl<C: Deref<Target = Connection>> Snapshot for SqliteSnapshot<C> {
    fn merchants(&mut self) -> Result<Vec<Merchant>, StoreError> {
        merchants::all(&self.statements())
    }

    fn products(&mut self) -> Result<Vec<Product>, StoreError> {
        products::all(&self.statements())
    }

    fn suppliers(&mut self) -> Result<Vec<SupplierProfile>, StoreError> {
        suppliers::all(&self.statements())
    }

    fn revisions(&mut self) -> Result<Vec<Revision>, StoreError> {
        revisions::all(&self.statements())
    }

    fn leases(&mut self) -> Result<Vec<Lease>, StoreError> {
        leases::all(&self.statements())
    }

    fn callbacks(&mut self, order_id: OrderId) -> Result<Vec<Callback>, StoreError> {
        callbacks::of_order(&self.statements(), order_id)
    }

    fn newest_callbacks(&mut self, limit: u32) -> Result<Vec<Callback>, StoreError> {
        callbacks::newest(&self.statements(), limit)
    }

    fn books(&mut self) -> Result<Vec<Book>, StoreError> {
        books::all(&self.statements())
    }

    fn book(&mut self, merchant_id: MerchantId) -> Result<Option<Book>, StoreError> {
        Book::load(&self.statements(), &merchant_id)
    }

    fn inquiry(&mut self, key: &RefKey) -> Result<Option<Inquiry>, StoreError> {
        Inquiry::load(&self.statements(), key)
    }

    fn order(&mut self, key: &RefKey) -> Result<Option<Order>, StoreError> {
        Order::load(&self.statements(), key)
    }

    fn attempts(&mut self, merchant_id: MerchantId, order_id: OrderId) -> Result<Vec<Attempt>, StoreError> {
        attempts::of_order(&self.statements(), merchant_id, order_id)
    }

    fn exchanges(&mut self, merchant_id: MerchantId, order_id: OrderId) -> Result<Vec<Exchange>, StoreError> {
        exchanges::of_order(&self.statements(), merchant_id, order_id)
    }

    fn attempt_by_supplier_ref(
        &mut self,
        supplier: &SupplierName,
        supplier_ref: &SupplierRef,
    ) -> Result<Option<OrderWithAttempt>, StoreError> {
        let attempt = attempts::by_supplier_ref(&self.statements(), supplier, supplier_ref)?;
        Ok(self.with_orders(attempt.into_iter().collect())?.pop())
    }

    fn bill(&mut self, key: &BillKey) -> Result<Option<Bill>, StoreError> {
        Bill::load(&self.statements(), key)
    }

    fn orders_by_ref(&mut self, ref_id: &RefId) -> Result<Vec<Order>, StoreError> {
        orders::by_ref(&self.statements(), ref_id)
    }

    fn order_by_id(&mut self, order_id: OrderId) -> Result<Option<Order>, StoreError> {
        orders::by_id(&self.statements(), order_id)
    }

    fn orders(&mut self, filter: &OrderFilter, limit: u32) -> Result<Vec<Order>, StoreError> {
        orders::filtered(&self.statements(), filter, limit)
    }

    fn due_attempts(&mut self, now: Timestamp, limit: u32) -> Result<Vec<OrderWithAttempt>, StoreError> {
        self.with_orders(attempts::due(&self.statements(), now, limit)?)
    }

    fn mutations(
        &mut self,
        merchant_id: MerchantId,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
        page: u32,
        per_page: u32,
    ) -> Result<MutationPage, StoreError> {
        let count = Book::load(&self.statements(), &merchant_id)?.map_or(0, |book| book.mutations);
        let numbers = numbers_within(count, from, to, |number| {
            transfers::mutation_made_at(&self.statements(), merchant_id, number)?.ok_or_else(|| StoreError::Corrupt {
                table: "transfers",
                column: "mutation_number",
                id: format!("{merchant_id}/{number}"),
            })
        })?;
        let on_page = page_of(&numbers, page, per_page);
        let transfers =
            transfers::mutations_between(&self.statements(), merchant_id, *on_page.start(), *on_page.end())?;
        let entries = transfers.into_iter().map(|transfer| self.mutation_entry(transfer)).collect::<Result<_, _>>()?;
        Ok(MutationPage { entries, total: length(&numbers) })
    }

    fn newest(&mut self) -> Result<(Timestamp, CauseId), StoreError> {
        let highest = orders::highest_id(&self.statements())?
            .max(vouchers::highest_id(&self.statements())?)
            .max(callbacks::highest_id(&self.statements())?)
            .max(endpoints::highest_id(&self.statements())?)
            .max(deliveries::highest_order_id(&self.statements())?);
        Ok((meta::newest_at(&self.statements())?, CauseId(highest)))
    }

    fn orders_after(&mut self, after: OrderId, limit: u32) -> Result<Vec<Order>, StoreError> {
        orders::after(&self.statements(), after, limit)
    }

    fn vouchers_after(&mut self, after: CauseId, limit: u32) -> Result<Vec<Voucher>, StoreError> {
        vouchers::after(&self.statements(), after, limit)
    }

    fn transfers_between(&mut self, after: CauseId, until: CauseId) -> Result<Vec<Transfer>, StoreError> {
        transfers::between(&self.statements(), after, until)
    }

    fn mutations_after(
        &mut self,
        merchant_id: MerchantId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Transfer>, StoreError> {
        transfers::mutations_after(&self.statements(), merchant_id, after, limit)
    }

    fn each_bill(&mut self, visit: &mut dyn FnMut(&Bill, &[Order])) -> Result<(), StoreError> {
        let statements = &self.statements();
        bills::each_with_orders(statements, &mut |key, order_ids| {
            let bill = Bill::load(statements, &key)?.unwrap_or_else(|| Bill::untouched(key));
            let orders: Result<Vec<_>, _> = order_ids.into_iter().map(|id| orders::by_id(statements, id)).collect();
            let orders: Vec<Order> = orders?.into_iter().flatten().collect();
            visit(&bill, &orders);
            Ok(())
        })
    }
}
