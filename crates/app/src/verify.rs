//! Holds the books against every rule, at one consistent moment, while the server runs or not.

use domain::audit::{BookAudit, Cause, Finding, audit_bill};
use domain::id::{CauseId, MerchantId, OrderId};
use domain::ledger::{Book, Transfer};
use domain::order::Order;
use domain::voucher::Voucher;
use store::{Snapshot, StoreError};

/// How many rows are read at a time.
const PAGE: u32 = 1_000;
/// After every number there is.
const LAST: CauseId = CauseId(i64::MAX);

/// What was looked at, and what was found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verification {
    /// Books.
    pub books: u64,
    /// Orders.
    pub orders: u64,
    /// Deposits and adjustments.
    pub vouchers: u64,
    /// Transfers.
    pub transfers: u64,
    /// Bills.
    pub bills: u64,
    /// Broken rules; none, if all is well.
    pub findings: Vec<Finding>,
}

/// Reads everything once, in pages; `progress` is told after each book how many of how many are done.
pub fn verify(snapshot: &mut dyn Snapshot, progress: &mut dyn FnMut(u64, u64)) -> Result<Verification, StoreError> {
    let mut verification = Verification::default();
    let books = snapshot.books()?;
    let total = u64::try_from(books.len()).unwrap_or(u64::MAX);
    for book in &books {
        verify_book(snapshot, book, &mut verification)?;
        verification.books = verification.books.saturating_add(1);
        progress(verification.books, total);
    }
    verify_bills(snapshot, &mut verification)?;
    Ok(verification)
}

fn verify_book(snapshot: &mut dyn Snapshot, book: &Book, verification: &mut Verification) -> Result<(), StoreError> {
    let merchant_id = book.merchant_id;
    let mut audit = BookAudit::new(merchant_id);
    let mut causes = Causes::of(merchant_id);
    let mut done = CauseId(i64::MIN);
    while let Some(cause) = causes.next(snapshot)? {
        let cause_id = cause.as_cause().cause_id();
        // Whatever lies between this cause and the one before belongs to nobody.
        let mut transfers = snapshot.transfers_between(merchant_id, done, cause_id)?;
        let own = transfers.split_off(transfers.partition_point(|transfer| transfer.cause_id < cause_id));
        verification.transfers = verification.transfers.saturating_add(count(&transfers)).saturating_add(count(&own));
        audit.orphans(&transfers);
        audit.cause(cause.as_cause(), &own);
        match cause {
            Owned::Order(_) => verification.orders = verification.orders.saturating_add(1),
            Owned::Voucher(_) => verification.vouchers = verification.vouchers.saturating_add(1),
        }
        done = cause_id;
    }
    let orphans = snapshot.transfers_between(merchant_id, done, LAST)?;
    verification.transfers = verification.transfers.saturating_add(count(&orphans));
    audit.orphans(&orphans);

    let mut after = 0;
    loop {
        let page = snapshot.mutations_after(merchant_id, after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.mutation.map_or(i64::MAX, |mutation| mutation.number);
        for transfer in &page {
            audit.mutation(transfer);
        }
    }
    verification.findings.extend(audit.finish(book));
    Ok(())
}

fn verify_bills(snapshot: &mut dyn Snapshot, verification: &mut Verification) -> Result<(), StoreError> {
    snapshot.each_bill(&mut |bill, orders| {
        verification.findings.extend(audit_bill(bill, orders));
        verification.bills = verification.bills.saturating_add(1);
    })
}

fn count(transfers: &[Transfer]) -> u64 {
    u64::try_from(transfers.len()).unwrap_or(u64::MAX)
}

enum Owned {
    Order(Box<Order>),
    Voucher(Box<Voucher>),
}

impl Owned {
    fn as_cause(&self) -> Cause<'_> {
        match self {
            Self::Order(order) => Cause::Order(order),
            Self::Voucher(voucher) => Cause::Voucher(voucher),
        }
    }
}

/// A merchant's orders and vouchers merged by their numbers, which come from one sequence.
struct Causes {
    merchant_id: MerchantId,
    orders: Vec<Order>,
    vouchers: Vec<Voucher>,
    last_order: OrderId,
    last_voucher: CauseId,
    is_at_last_order: bool,
    is_at_last_voucher: bool,
}

impl Causes {
    const fn of(merchant_id: MerchantId) -> Self {
        Self {
            merchant_id,
            orders: Vec::new(),
            vouchers: Vec::new(),
            last_order: OrderId(i64::MIN),
            last_voucher: CauseId(i64::MIN),
            is_at_last_order: false,
            is_at_last_voucher: false,
        }
    }

    /// The next one; pages are kept back to front, so that taking one is cheap.
    fn next(&mut self, snapshot: &mut dyn Snapshot) -> Result<Option<Owned>, StoreError> {
        if self.orders.is_empty() && !self.is_at_last_order {
            self.orders = snapshot.orders_after(self.merchant_id, self.last_order, PAGE)?;
            self.last_order = self.orders.last().map_or(self.last_order, |order| order.order_id);
            self.is_at_last_order = self.orders.is_empty();
            self.orders.reverse();
        }
        if self.vouchers.is_empty() && !self.is_at_last_voucher {
            self.vouchers = snapshot.vouchers_after(self.merchant_id, self.last_voucher, PAGE)?;
            self.last_voucher = self.vouchers.last().map_or(self.last_voucher, |voucher| voucher.cause_id);
            self.is_at_last_voucher = self.vouchers.is_empty();
            self.vouchers.reverse();
        }
        let is_order_next = match (self.orders.last(), self.vouchers.last()) {
            (Some(order), Some(voucher)) => CauseId::from(order.order_id) < voucher.cause_id,
            (Some(_), None) => true,
            (None, _) => false,
        };
        Ok(if is_order_next {
            self.orders.pop().map(|order| Owned::Order(Box::new(order)))
        } else {
            self.vouchers.pop().map(|voucher| Owned::Voucher(Box::new(voucher)))
        })
    }
}
