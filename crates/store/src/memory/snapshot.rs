//! Answers questions from one state.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Included, Unbounded};
use std::sync::Arc;

use domain::attempt::{Attempt, AttemptKey};
use domain::bill::{Bill, BillKey};
use domain::callback::Callback;
use domain::exchange::Exchange;
use domain::id::{CauseId, MerchantId, OrderId, RefId, RefKey, SupplierName, SupplierRef};
use domain::inquiry::Inquiry;
use domain::lease::Lease;
use domain::ledger::{Book, Slot, Transfer};
use domain::merchant::Merchant;
use domain::order::{Claim, Order};
use domain::product::Product;
use domain::revision::Revision;
use domain::supplier::SupplierProfile;
use domain::time::Timestamp;
use domain::voucher::{Voucher, VoucherKind};

use crate::memory::state::State;
use crate::mutation_pages::{length, numbers_within, page_of};
use crate::{MutationEntry, MutationPage, OrderFilter, OrderWithAttempt, Snapshot, StoreError};

/// A snapshot of a [`crate::MemoryStore`].
#[derive(Debug)]
pub struct MemorySnapshot {
    state: Arc<State>,
}

impl MemorySnapshot {
    /// Looks at this state.
    pub const fn of(state: Arc<State>) -> Self {
        Self { state }
    }

    /// What it looks at.
    pub fn state(&self) -> &State {
        &self.state
    }

    fn orders_by_number(&self) -> impl DoubleEndedIterator<Item = &Order> {
        self.state.order_keys.values().filter_map(|key| self.state.orders.get(key))
    }

    fn order_numbered(&self, order_id: OrderId) -> Option<&Order> {
        self.state.orders.get(self.state.order_keys.get(&order_id)?)
    }

    fn transfer_numbered(&self, merchant_id: MerchantId, number: i64) -> Option<&Transfer> {
        self.state.transfers.get(self.state.mutation_keys.get(&(merchant_id, number))?)
    }

    fn with_orders<'a>(&self, attempts: impl Iterator<Item = &'a Attempt>, limit: u32) -> Vec<OrderWithAttempt> {
        attempts
            .take(whole(limit))
            .filter_map(|attempt| {
                let order = self.order_numbered(attempt.key.order_id)?.clone();
                Some(OrderWithAttempt { order, attempt: attempt.clone() })
            })
            .collect()
    }

    fn mutation_entry(&self, transfer: &Transfer) -> Option<MutationEntry> {
        let transfer = transfer.clone();
        if let Some(order) = self.order_numbered(OrderId(transfer.cause_id.0)) {
            let reference = order.key.ref_id.as_str().into();
            return Some(MutationEntry { transfer, reference, note: Arc::default(), is_deposit: None });
        }
        let voucher = self.state.vouchers.get(self.state.voucher_keys.get(&transfer.cause_id)?)?;
        Some(MutationEntry {
            transfer,
            reference: voucher.key.reference.as_str().into(),
            note: voucher.note.clone(),
            is_deposit: Some(voucher.kind == VoucherKind::Deposit),
        })
    }
}

impl Snapshot for MemorySnapshot {
    fn merchants(&mut self) -> Result<Vec<Merchant>, StoreError> {
        Ok(self.state.merchants.values().cloned().collect())
    }

    fn products(&mut self) -> Result<Vec<Product>, StoreError> {
        Ok(self.state.products.values().cloned().collect())
    }

    fn suppliers(&mut self) -> Result<Vec<SupplierProfile>, StoreError> {
        Ok(self.state.suppliers.values().cloned().collect())
    }

    fn revisions(&mut self) -> Result<Vec<Revision>, StoreError> {
        Ok(self.state.revisions.values().copied().collect())
    }

    fn leases(&mut self) -> Result<Vec<Lease>, StoreError> {
        Ok(self.state.leases.values().copied().collect())
    }

    fn callbacks(&mut self, order_id: OrderId) -> Result<Vec<Callback>, StoreError> {
        let about = self.state.callbacks.values().filter(|callback| callback.order_id == Some(order_id));
        Ok(about.cloned().collect())
    }

    fn newest_callbacks(&mut self, limit: u32) -> Result<Vec<Callback>, StoreError> {
        Ok(self.state.callbacks.values().rev().take(whole(limit)).cloned().collect())
    }

    fn books(&mut self) -> Result<Vec<Book>, StoreError> {
        Ok(self.state.books.values().cloned().collect())
    }

    fn book(&mut self, merchant_id: MerchantId) -> Result<Option<Book>, StoreError> {
        Ok(self.state.books.get(&merchant_id).cloned())
    }

    fn inquiry(&mut self, key: &RefKey) -> Result<Option<Inquiry>, StoreError> {
        Ok(self.state.inquiries.get(key).cloned())
    }

    fn order(&mut self, key: &RefKey) -> Result<Option<Order>, StoreError> {
        Ok(self.state.orders.get(key).cloned())
    }

    fn attempts(&mut self, merchant_id: MerchantId, order_id: OrderId) -> Result<Vec<Attempt>, StoreError> {
        let numbered = |number| AttemptKey { merchant_id, order_id, number };
        Ok(self.state.attempts.range(numbered(0)..=numbered(u16::MAX)).map(|(_, attempt)| attempt.clone()).collect())
    }

    fn exchanges(&mut self, merchant_id: MerchantId, order_id: OrderId) -> Result<Vec<Exchange>, StoreError> {
        let of_order = self.state.exchanges.range((order_id, 0, 0)..=(order_id, u16::MAX, u32::MAX));
        let own = of_order.filter(|(_, exchange)| exchange.attempt.merchant_id == merchant_id);
        Ok(own.map(|(_, exchange)| exchange.clone()).collect())
    }

    fn attempt_by_supplier_ref(
        &mut self,
        supplier: &SupplierName,
        supplier_ref: &SupplierRef,
    ) -> Result<Option<OrderWithAttempt>, StoreError> {
        let bearing = self
            .state
            .attempts
            .values()
            .filter(|attempt| attempt.route.supplier == *supplier && attempt.supplier_ref == *supplier_ref);
        let newest = bearing.max_by_key(|attempt| (attempt.key.order_id, attempt.key.number));
        Ok(self.with_orders(newest.into_iter(), 1).pop())
    }

    fn bill(&mut self, key: &BillKey) -> Result<Option<Bill>, StoreError> {
        Ok(self.state.bills.get(key).cloned())
    }

    fn orders_by_ref(&mut self, ref_id: &RefId) -> Result<Vec<Order>, StoreError> {
        Ok(self.orders_by_number().filter(|order| order.key.ref_id == *ref_id).cloned().collect())
    }

    fn order_by_id(&mut self, order_id: OrderId) -> Result<Option<Order>, StoreError> {
        Ok(self.order_numbered(order_id).cloned())
    }

    fn orders(&mut self, filter: &OrderFilter, limit: u32) -> Result<Vec<Order>, StoreError> {
        let fits = |order: &&Order| {
            filter.merchant_id.is_none_or(|merchant_id| order.key.merchant_id == merchant_id)
                && filter.status.is_none_or(|status| order.status == status)
                && (!filter.on_desk || order.desk.is_some())
        };
        Ok(self.orders_by_number().rev().filter(fits).take(whole(limit)).cloned().collect())
    }

    fn due_attempts(&mut self, now: Timestamp, limit: u32) -> Result<Vec<OrderWithAttempt>, StoreError> {
        let due_at = |attempt: &Attempt| attempt.check_at.filter(|check_at| *check_at <= now);
        let mut due: Vec<&Attempt> = self.state.attempts.values().filter(|attempt| due_at(attempt).is_some()).collect();
        due.sort_by_key(|attempt| (attempt.check_at, attempt.key.order_id, attempt.key.number));
        Ok(self.with_orders(due.into_iter(), limit))
    }

    fn mutations(
        &mut self,
        merchant_id: MerchantId,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
        page: u32,
        per_page: u32,
    ) -> Result<MutationPage, StoreError> {
        let count = self.state.books.get(&merchant_id).map_or(0, |book| book.mutations);
        let made_at = |number| self.transfer_numbered(merchant_id, number).map(|transfer| transfer.created_at);
        let numbers = numbers_within(count, from, to, |number| Ok(made_at(number).unwrap_or_default()))?;
        let on_page = page_of(&numbers, page, per_page).rev();
        let entries =
            on_page.filter_map(|number| self.mutation_entry(self.transfer_numbered(merchant_id, number)?)).collect();
        Ok(MutationPage { entries, total: length(&numbers) })
    }

    fn newest(&mut self) -> Result<(Timestamp, CauseId), StoreError> {
        let order = self.state.order_keys.last_key_value().map(|(order_id, _)| CauseId::from(*order_id));
        let voucher = self.state.voucher_keys.last_key_value().map(|(cause_id, _)| *cause_id);
        let callback = self.state.callbacks.last_key_value().map(|(callback_id, _)| CauseId(*callback_id));
        let endpoints = self.state.endpoints.values().flat_map(|endpoints| &endpoints.list);
        let endpoint = endpoints.map(|endpoint| CauseId(endpoint.endpoint_id.0)).max();
        // Test events are about orders that there never were.
        let told = self.state.dispatches.keys().map(|key| CauseId::from(key.order_id)).max();
        let highest = [order, voucher, callback, endpoint, told].into_iter().flatten().max();
        Ok((self.state.newest_at, highest.unwrap_or(CauseId(0))))
    }

    fn orders_after(&mut self, after: OrderId, limit: u32) -> Result<Vec<Order>, StoreError> {
        let behind = self.state.order_keys.range((Excluded(after), Unbounded));
        let orders = behind.filter_map(|(_, key)| self.state.orders.get(key));
        Ok(orders.take(whole(limit)).cloned().collect())
    }

    fn vouchers_after(&mut self, after: CauseId, limit: u32) -> Result<Vec<Voucher>, StoreError> {
        let behind = self.state.voucher_keys.range((Excluded(after), Unbounded));
        let vouchers = behind.filter_map(|(_, key)| self.state.vouchers.get(key));
        Ok(vouchers.take(whole(limit)).cloned().collect())
    }

    fn transfers_between(&mut self, after: CauseId, until: CauseId) -> Result<Vec<Transfer>, StoreError> {
        if until <= after {
            return Ok(Vec::new());
        }
        let last_of = |cause_id| (cause_id, Slot::Voucher, u8::MAX);
        let between = self.state.transfers.range((Excluded(last_of(after)), Included(last_of(until))));
        Ok(between.map(|(_, transfer)| transfer.clone()).collect())
    }

    fn mutations_after(
        &mut self,
        merchant_id: MerchantId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Transfer>, StoreError> {
        let behind =
            self.state.mutation_keys.range((Excluded((merchant_id, after)), Included((merchant_id, i64::MAX))));
        Ok(behind.filter_map(|(_, key)| self.state.transfers.get(key)).take(whole(limit)).cloned().collect())
    }

    fn each_bill(&mut self, visit: &mut dyn FnMut(&Bill, &[Order])) -> Result<(), StoreError> {
        let mut claims: BTreeMap<&BillKey, Vec<Order>> = self.state.bills.keys().map(|key| (key, Vec::new())).collect();
        for order in self.orders_by_number() {
            if let Claim::Bill(key) = &order.claim {
                claims.entry(key).or_default().push(order.clone());
            }
        }
        for (key, orders) in claims {
            let bill = self.state.bills.get(key).cloned().unwrap_or_else(|| Bill::untouched(key.clone()));
            visit(&bill, &orders);
        }
        Ok(())
    }
}

/// A page's length.
pub fn whole(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
