//! The books against every rule, as pure checks over rows that somebody reads in order.
//!
//! Nothing here repairs anything: a finding says which rule is broken, and where.

use crate::bill::Bill;
use crate::id::{CauseId, MerchantId, Mode};
use crate::ledger::{Account, Book, Slot, Transfer};
use crate::money::Rupiah;
use crate::order::{Claim, DeskReason, Order, OrderStatus};
use crate::voucher::{Voucher, VoucherKind};

/// A broken rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The rule, in words that stay the same.
    pub rule: &'static str,
    /// Where, for a person to look it up.
    pub place: String,
}

/// What transfers are made for.
#[derive(Clone, Copy, Debug)]
pub enum Cause<'a> {
    /// An accepted order.
    Order(&'a Order),
    /// A deposit or adjustment.
    Voucher(&'a Voucher),
}

impl Cause<'_> {
    /// Its number in the ledger.
    pub fn cause_id(&self) -> CauseId {
        match self {
            Self::Order(order) => order.order_id.into(),
            Self::Voucher(voucher) => voucher.cause_id,
        }
    }
}

/// Goes through one book: every cause with its transfers, then every mutation in its order, then the head.
#[derive(Debug)]
pub struct BookAudit {
    merchant_id: MerchantId,
    // Wide sums, so that what is added first never matters.
    available: i128,
    held: i128,
    pending: i128,
    mutations: i64,
    balance: i128,
    findings: Vec<Finding>,
}

impl BookAudit {
    /// Begins with an empty book.
    pub const fn new(merchant_id: MerchantId) -> Self {
        Self { merchant_id, available: 0, held: 0, pending: 0, mutations: 0, balance: 0, findings: Vec::new() }
    }

    /// A cause and all its transfers, by slot and leg.
    pub fn cause(&mut self, cause: Cause<'_>, transfers: &[Transfer]) {
        for transfer in transfers {
            self.transfer(transfer);
        }
        let expected = match cause {
            Cause::Order(order) => {
                if order.key.mode == Mode::Production && order.status == OrderStatus::Pending {
                    self.pending = add(self.pending, order.amount);
                }
                legs_of_order(order)
            }
            Cause::Voucher(voucher) => vec![leg_of_voucher(voucher)],
        };
        let found: Vec<Leg> = transfers
            .iter()
            .map(|transfer| (transfer.slot, transfer.debit, transfer.credit, transfer.amount))
            .collect();
        if found != expected {
            self.find("the transfers of an order or voucher are those that its state calls for", cause.cause_id().0);
        }
    }

    /// Transfers for which there is no order and no voucher.
    pub fn orphans(&mut self, transfers: &[Transfer]) {
        for transfer in transfers {
            self.transfer(transfer);
            self.find("every transfer belongs to an order or a voucher", transfer.cause_id.0);
        }
    }

    /// The next transfer of those that changed `available`, by their number.
    pub fn mutation(&mut self, transfer: &Transfer) {
        self.mutations = self.mutations.saturating_add(1);
        self.balance = add(self.balance, transfer.change_of(Account::Available));
        match transfer.mutation {
            Some(mutation) if mutation.number == self.mutations && add(0, mutation.balance_after) == self.balance => {}
            _ => {
                self.find(
                    "the list of mutations is dense and its balances follow from each other",
                    transfer.cause_id.0,
                );
            }
        }
    }

    /// Closes the book.
    pub fn finish(mut self, book: &Book) -> Vec<Finding> {
        if add(0, book.available) != self.available {
            self.find("`available` equals its transfers", book.available.get());
        }
        if add(0, book.held) != self.held {
            self.find("`held` equals its transfers", book.held.get());
        }
        if add(0, book.held) != self.pending {
            self.find("what is held equals the pending orders", book.held.get());
        }
        if book.mutations != self.mutations {
            self.find("the book counts its mutations", book.mutations);
        }
        self.findings
    }

    fn transfer(&mut self, transfer: &Transfer) {
        self.available = add(self.available, transfer.change_of(Account::Available));
        self.held = add(self.held, transfer.change_of(Account::Held));
        if transfer.debit == transfer.credit || !transfer.amount.is_positive() {
            self.find("every transfer has two sides and an amount", transfer.cause_id.0);
        }
        if transfer.mutation.is_some() == transfer.change_of(Account::Available).is_zero() {
            self.find("a transfer has a mutation if, and only if, it changes `available`", transfer.cause_id.0);
        }
    }

    fn find(&mut self, rule: &'static str, what: i64) {
        self.findings.push(Finding { rule, place: format!("merchant {}, number {what}", self.merchant_id) });
    }
}

/// Checks one claim on a bill against all orders that bear it.
pub fn audit_bill(bill: &Bill, orders: &[Order]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find =
        |rule| findings.push(Finding { rule, place: format!("bill {}/{}", bill.key.group, bill.key.number) });

    let pending = orders.iter().find(|order| order.status == OrderStatus::Pending);
    if bill.pending != pending.map(|order| (order.key.merchant_id, order.order_id)) {
        find("a bill is claimed by its pending order, and by no other");
    }
    let is_contradicted = |order: &&Order| order.desk.is_some_and(DeskReason::is_contradiction);
    if usize::try_from(bill.contradictions).ok() != Some(orders.iter().filter(is_contradicted).count()) {
        find("a bill counts its contradicted orders");
    }
    if orders.iter().filter(|order| order.status == OrderStatus::Pending).count() > 1 {
        find("a bill has at most one pending order");
    }
    let captured = |order: &&Order| matches!(order.status, OrderStatus::Success | OrderStatus::Refunded);
    let borne = orders.iter().filter(|order| order.is_borne).count();
    let paid = orders.iter().filter(captured).count().saturating_add(borne);
    if usize::try_from(bill.successes).ok() != Some(paid) {
        find("a bill counts its successes");
    }
    if orders.iter().any(|order| order.claim != Claim::Bill(bill.key.clone())) {
        find("an order's claim is the bill that it is listed under");
    }
    findings
}

fn add(sum: i128, amount: Rupiah) -> i128 {
    sum.saturating_add(i128::from(amount.get()))
}

type Leg = (Slot, Account, Account, Rupiah);

/// What the ledger must hold for an order in its state.
fn legs_of_order(order: &Order) -> Vec<Leg> {
    if order.key.mode == Mode::Testing {
        return Vec::new();
    }
    let mut legs = vec![(Slot::Hold, Account::Available, Account::Held, order.amount)];
    let captured = order.cost.map(|cost| split(order.amount, cost.amount));
    match (order.status, captured) {
        (OrderStatus::Pending, _) => {}
        (OrderStatus::Success, Some((held_to_supplier, rest))) => legs.extend(capture(held_to_supplier, rest)),
        (OrderStatus::Refunded, Some((held_to_supplier, rest))) => {
            legs.extend(capture(held_to_supplier, rest));
            legs.push((Slot::Reverse, Account::SupplierCost, Account::Available, held_to_supplier));
            legs.push(if rest.is_negative() {
                (Slot::Reverse, Account::SupplierCost, Account::Revenue, rest.negated())
            } else {
                (Slot::Reverse, Account::Revenue, Account::Available, rest)
            });
        }
        (OrderStatus::Failed, _) => {
            legs.push((Slot::Settle, Account::Held, Account::Available, order.amount));
        }
        // A success without its cost can't be: nothing that the ledger holds would fit.
        (OrderStatus::Success | OrderStatus::Refunded, None) => legs.clear(),
    }
    if let (true, Some(cost)) = (order.is_borne, order.cost) {
        legs.push((Slot::Bear, Account::Revenue, Account::SupplierCost, cost.amount));
    }
    legs.retain(|(_, _, _, amount)| !amount.is_zero());
    legs
}

fn capture(held_to_supplier: Rupiah, rest: Rupiah) -> [Leg; 2] {
    [
        (Slot::Settle, Account::Held, Account::SupplierCost, held_to_supplier),
        if rest.is_negative() {
            (Slot::Settle, Account::Revenue, Account::SupplierCost, rest.negated())
        } else {
            (Slot::Settle, Account::Held, Account::Revenue, rest)
        },
    ]
}

/// What of the hold goes to the supplier, and what is left for the house (or, below zero, missing).
fn split(amount: Rupiah, cost: Rupiah) -> (Rupiah, Rupiah) {
    (amount.min(cost), [amount, cost.negated()].into_iter().sum())
}

fn leg_of_voucher(voucher: &Voucher) -> Leg {
    let counter = match voucher.kind {
        VoucherKind::Deposit => Account::Deposits,
        VoucherKind::Adjustment => Account::Adjustments,
    };
    if voucher.amount.is_negative() {
        (Slot::Voucher, Account::Available, counter, voucher.amount.negated())
    } else {
        (Slot::Voucher, counter, Account::Available, voucher.amount)
    }
}
