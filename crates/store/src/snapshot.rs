//! Questions about one consistent moment.

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
use domain::voucher::Voucher;

use crate::{EventSnapshot, StoreError};

/// Reads of one consistent moment: every answer of one snapshot is about the same state.
///
/// Lists that can be long are read in pages: `after` is the key of the last row seen, `limit` the most rows to give.
pub trait Snapshot: EventSnapshot {
    /// Every merchant, by number.
    fn merchants(&mut self) -> Result<Vec<Merchant>, StoreError>;
    /// Every product, by code.
    fn products(&mut self) -> Result<Vec<Product>, StoreError>;
    /// Every supplier, by name.
    fn suppliers(&mut self) -> Result<Vec<SupplierProfile>, StoreError>;
    /// How often the lists have changed that nodes keep in memory; those that never did are left out.
    fn revisions(&mut self) -> Result<Vec<Revision>, StoreError>;
    /// Every lease that was ever held.
    fn leases(&mut self) -> Result<Vec<Lease>, StoreError>;
    /// The callbacks about an order, oldest first.
    fn callbacks(&mut self, order_id: OrderId) -> Result<Vec<Callback>, StoreError>;
    /// The newest callbacks, of whichever supplier and about whatever.
    fn newest_callbacks(&mut self, limit: u32) -> Result<Vec<Callback>, StoreError>;
    /// Every book, by merchant.
    fn books(&mut self) -> Result<Vec<Book>, StoreError>;
    /// One book.
    fn book(&mut self, merchant_id: MerchantId) -> Result<Option<Book>, StoreError>;
    /// One inquiry.
    fn inquiry(&mut self, key: &RefKey) -> Result<Option<Inquiry>, StoreError>;
    /// One order.
    fn order(&mut self, key: &RefKey) -> Result<Option<Order>, StoreError>;
    /// The attempts of an order, first to last.
    fn attempts(&mut self, merchant_id: MerchantId, order_id: OrderId) -> Result<Vec<Attempt>, StoreError>;
    /// What was said about an order, by attempt and number.
    fn exchanges(&mut self, merchant_id: MerchantId, order_id: OrderId) -> Result<Vec<Exchange>, StoreError>;
    /// The order and attempt that bear a reference at a supplier.
    fn attempt_by_supplier_ref(
        &mut self,
        supplier: &SupplierName,
        supplier_ref: &SupplierRef,
    ) -> Result<Option<OrderWithAttempt>, StoreError>;
    /// One claim on a bill.
    fn bill(&mut self, key: &BillKey) -> Result<Option<Bill>, StoreError>;

    /// The orders that bear this reference, of any merchant and mode.
    fn orders_by_ref(&mut self, ref_id: &RefId) -> Result<Vec<Order>, StoreError>;
    /// The order with this number, of whichever merchant.
    fn order_by_id(&mut self, order_id: OrderId) -> Result<Option<Order>, StoreError>;
    /// Orders that fit a filter, newest first.
    fn orders(&mut self, filter: &OrderFilter, limit: u32) -> Result<Vec<Order>, StoreError>;

    /// Attempts about which the supplier is to be asked by `now`, the longest due first.
    fn due_attempts(&mut self, now: Timestamp, limit: u32) -> Result<Vec<OrderWithAttempt>, StoreError>;

    /// A page of a merchant's changes of `available`, newest first, from and to inclusive moments. `page` counts from 1.
    fn mutations(
        &mut self,
        merchant_id: MerchantId,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
        page: u32,
        per_page: u32,
    ) -> Result<MutationPage, StoreError>;

    /// The newest moment that was ever in a row or noted, and the highest number of an order, voucher, callback or endpoint; what a node's clock and numbers go on from.
    fn newest(&mut self) -> Result<(Timestamp, CauseId), StoreError>;

    /// For audits: all orders in the order of their numbers.
    fn orders_after(&mut self, after: OrderId, limit: u32) -> Result<Vec<Order>, StoreError>;
    /// For audits: all vouchers in the order of their numbers.
    fn vouchers_after(&mut self, after: CauseId, limit: u32) -> Result<Vec<Voucher>, StoreError>;
    /// For audits: the transfers of all causes with numbers above `after`, up to and including `until`, by cause, slot, leg.
    fn transfers_between(&mut self, after: CauseId, until: CauseId) -> Result<Vec<Transfer>, StoreError>;
    /// For audits: a merchant's transfers that bear a mutation number above `after`, by that number.
    fn mutations_after(&mut self, merchant_id: MerchantId, after: i64, limit: u32)
    -> Result<Vec<Transfer>, StoreError>;
    /// For audits: every bill that has a row or is claimed by an order, in the order of the keys, with all orders that claim it, by number.
    /// A claimed bill without a row of its own is shown as [`Bill::untouched`].
    fn each_bill(&mut self, visit: &mut dyn FnMut(&Bill, &[Order])) -> Result<(), StoreError>;
}

/// An order with one of its attempts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderWithAttempt {
    /// The order.
    pub order: Order,
    /// Its attempt.
    pub attempt: Attempt,
}

/// Which orders to list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OrderFilter {
    /// Only this merchant's.
    pub merchant_id: Option<MerchantId>,
    /// Only with this status.
    pub status: Option<OrderStatus>,
    /// Only those on the operator's desk.
    pub on_desk: bool,
}

/// One change of `available`, as a merchant's list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MutationEntry {
    /// The transfer behind it.
    pub transfer: Transfer,
    /// The order's reference, or the voucher's.
    pub reference: Arc<str>,
    /// The voucher's note; empty for orders.
    pub note: Arc<str>,
    /// The voucher behind it is a deposit; `None` for orders.
    pub is_deposit: Option<bool>,
}

/// A page of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MutationPage {
    /// Newest first.
    pub entries: Vec<MutationEntry>,
    /// How many there are on all pages.
    pub total: u64,
}
