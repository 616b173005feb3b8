//! Looks at every step of a sequence, and says which rule it broke. Keeps running sums of its own, so that a step costs little.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::attempt::{Attempt, AttemptKey, AttemptState};
use domain::bill::BillKey;
use domain::duplicate::DuplicateKey;
use domain::endpoint::{Endpoint, Endpoints};
use domain::id::{CauseId, MerchantId, Mode, OrderId};
use domain::ledger::{Account, Slot, Transfer};
use domain::money::Rupiah;
use domain::order::{Claim, DeskReason, Order, OrderStatus};
use domain::revision::Listing;
use domain::time::Timestamp;

use crate::shop::{Shift, Shop, Step};

#[derive(Clone, Copy, Default)]
struct Sums {
    available: i64,
    held: i64,
    pending: i64,
    mutations: i64,
}

struct Payment {
    order_id: OrderId,
    tagihan: Rupiah,
    periods: std::sync::Arc<str>,
    until: Timestamp,
    is_refunded: bool,
}

/// Running sums over all steps so far.
#[derive(Default)]
pub struct Watch {
    sums: HashMap<MerchantId, Sums>,
    transfers: HashSet<(MerchantId, CauseId, Slot, u8)>,
    pending: HashMap<BillKey, BTreeSet<OrderId>>,
    contradicted: HashMap<BillKey, BTreeSet<OrderId>>,
    paid: HashMap<BillKey, Vec<Payment>>,
    alike: HashMap<DuplicateKey, u32>,
    settled: HashSet<(MerchantId, CauseId)>,
    attempts: HashMap<OrderId, u16>,
    exchanges: HashMap<AttemptKey, u32>,
    findings: Vec<&'static str>,
}

pub const TWO_SIDES: &str = "a transfer has two sides and a positive amount";
pub const UNIQUE: &str = "a transfer is unique by cause, slot and leg";
pub const MUTATIONS: &str = "what changes `available` is numbered densely, with the balance afterwards";
pub const AVAILABLE: &str = "`available` equals its transfers";
pub const HELD: &str = "`held` equals its transfers";
pub const HELD_IS_PENDING: &str = "`held` equals the pending production orders";
pub const CREDIT: &str = "nothing is spent beyond the credit limit";
pub const HELD_NEGATIVE: &str = "`held` is never negative";
pub const STATUS: &str = "a final status changes only from success to refunded";
pub const REROUTED: &str = "only a pending purchase goes to another supplier, and no money moves by it";
pub const FROZEN: &str = "what an order is about never changes, nor its cost and proof once known";
pub const ONE_PENDING: &str = "a bill has at most one pending order";
pub const OCCUPIED: &str = "a bill knows its pending order, and how many of its orders are contradicted";
pub const SUCCESSES: &str = "a bill's successes never decrease";
pub const TESTING: &str = "testing moves no money";
pub const CONTRADICTION: &str = "a contradiction moves no money";
pub const GUARD: &str = "a duplicate guard counts its pending orders";
pub const SENT_AGAIN: &str = "an attempt is sent again only after it was not received";
pub const SETTLED_ONCE: &str = "an order's money is captured or released in one step, once";
pub const SUPERSEDED: &str = "what is said of a superseded attempt moves no money, and nobody asks about it";
pub const DENSE: &str = "attempts are numbered densely, and their order counts them";
pub const ARRIVED: &str = "that an attempt may have arrived is never taken back";
pub const HISTORY: &str = "exchanges are numbered densely, and their attempt counts them";
pub const UNRESOLVED: &str = "only a pending order is unresolved";
pub const REPAID: &str = "a bill that was paid within its window is not offered again";
pub const SESSION: &str = "an alive session is not replaced";
pub const REVISED: &str = "what nodes keep in memory changes with its revision";

impl Watch {
    /// All broken rules of one step.
    pub fn observe(&mut self, shop: &Shop, step: &Step) -> Vec<&'static str> {
        for transfer in &step.transfers {
            self.transfer(transfer);
        }
        for shift in &step.orders {
            self.order(shop, shift, step);
        }
        self.settlements(step);
        self.attempts.extend(step.orders.iter().map(|shift| (shift.after.order_id, shift.after.attempts)));
        for exchange in &step.exchanges {
            let count = self.exchanges.entry(exchange.attempt).or_default();
            *count += 1;
            let is_next = exchange.number == *count;
            self.check(is_next, HISTORY);
        }
        for shift in &step.attempts {
            self.attempt(shop, shift, step);
        }
        for shift in &step.inquiries {
            let paid = self.paid.get(&shift.after.bill).map_or(&[][..], Vec::as_slice);
            let is_repaid = paid.iter().any(|paid| {
                !paid.is_refunded
                    && paid.tagihan == shift.after.quote.tagihan
                    && paid.periods == shift.after.quote.periods
                    && shop.now < paid.until
            });
            self.check(!is_repaid, REPAID);
            let was_alive = shift.before.as_ref().is_some_and(|before| before.is_alive(shop.now));
            self.check(!was_alive, SESSION);
        }
        let claims = step.orders.iter().map(|shift| &shift.after.claim);
        for claim in claims {
            if let Claim::Bill(key) = claim {
                self.occupation(shop, key);
            }
        }
        for shift in &step.bills {
            let was = shift.before.as_ref().map_or(0, |bill| bill.successes);
            self.check(was <= shift.after.successes, SUCCESSES);
            self.occupation(shop, &shift.after.key);
        }
        for shift in &step.duplicates {
            let alike = self.alike.get(&shift.after.key).copied().unwrap_or(0);
            self.check(alike == shift.after.pending, GUARD);
        }
        for shift in &step.books {
            let book = &shift.after;
            let sums = self.sums.get(&book.merchant_id).copied().unwrap_or_default();
            self.check(book.available.get() == sums.available, AVAILABLE);
            self.check(book.held.get() == sums.held, HELD);
            self.check(book.held.get() == sums.pending, HELD_IS_PENDING);
            self.check(!book.held.is_negative(), HELD_NEGATIVE);
            self.check(book.mutations == sums.mutations, MUTATIONS);
            let is_beyond = book.available.get() < -book.credit_limit.get();
            let is_less = shift.before.as_ref().is_none_or(|before| book.available < before.available);
            self.check(!(is_beyond && is_less), CREDIT);
        }
        for (listing, is_changed) in [
            (Listing::Merchants, !step.merchants.is_empty()),
            (Listing::Products, !step.products.is_empty()),
            (Listing::Suppliers, !step.suppliers.is_empty()),
            (Listing::Endpoints, step.endpoints.iter().any(is_elsewhere)),
        ] {
            let is_revised = step.revisions.iter().any(|shift| shift.after.listing == listing);
            self.check(is_revised || !is_changed, REVISED);
        }
        std::mem::take(&mut self.findings)
    }

    fn check(&mut self, holds: bool, rule: &'static str) {
        if !holds {
            self.findings.push(rule);
        }
    }

    fn transfer(&mut self, transfer: &Transfer) {
        self.check(transfer.debit != transfer.credit && transfer.amount.is_positive(), TWO_SIDES);
        let is_new = self.transfers.insert((transfer.merchant_id, transfer.cause_id, transfer.slot, transfer.leg));
        self.check(is_new, UNIQUE);
        let sums = self.sums.entry(transfer.merchant_id).or_default();
        let change = transfer.change_of(Account::Available).get();
        sums.available += change;
        sums.held += transfer.change_of(Account::Held).get();
        let expected = (change != 0).then(|| {
            sums.mutations += 1;
            (sums.mutations, sums.available)
        });
        let found = transfer.mutation.map(|mutation| (mutation.number, mutation.balance_after.get()));
        self.check(found == expected, MUTATIONS);
    }

    fn settlements(&mut self, step: &Step) {
        let settled: BTreeSet<_> = step
            .transfers
            .iter()
            .filter(|transfer| transfer.slot == Slot::Settle)
            .map(|transfer| (transfer.merchant_id, transfer.cause_id))
            .collect();
        for order in settled {
            let is_first = self.settled.insert(order);
            self.check(is_first, SETTLED_ONCE);
        }
    }

    fn attempt(&mut self, shop: &Shop, shift: &Shift<Attempt>, step: &Step) {
        let after = &shift.after;
        let was = shift.before.as_ref().map(|attempt| attempt.state);
        let is_sent = after.state == AttemptState::Sending && was != Some(AttemptState::Sending);
        self.check(!is_sent || matches!(was, None | Some(AttemptState::NotReceived)), SENT_AGAIN);
        let has_arrived = shift.before.as_ref().is_some_and(|before| before.may_have_arrived);
        self.check(after.may_have_arrived || !has_arrived, ARRIVED);
        self.check(after.exchanges == self.exchanges.get(&after.key).copied().unwrap_or(0), HISTORY);

        let count = self.attempts.get(&after.key.order_id).copied().unwrap_or(0);
        let has_earlier = (1..after.key.number).all(|number| {
            let earlier = AttemptKey { number, ..after.key };
            shop.attempts.get(&earlier).is_some_and(|attempt| attempt.state != AttemptState::Sending)
        });
        self.check(after.key.number <= count && (was.is_some() || (has_earlier && after.key.number == count)), DENSE);
        let is_superseded = after.key.number < count;
        let is_let_be = step.transfers.is_empty() && after.check_at.is_none();
        self.check(!is_superseded || is_let_be, SUPERSEDED);
    }

    fn order(&mut self, shop: &Shop, shift: &Shift<Order>, step: &Step) {
        let after = &shift.after;
        let was = shift.before.as_ref();
        let may_be = match (was.map(|order| order.status), after.status) {
            (None, is) => is == OrderStatus::Pending,
            (Some(was), is) if was == is => true,
            (Some(OrderStatus::Pending), OrderStatus::Success | OrderStatus::Failed)
            | (Some(OrderStatus::Success), OrderStatus::Refunded) => true,
            (Some(_), _) => false,
        };
        self.check(may_be, STATUS);
        let is_frozen = was.is_none_or(|before| {
            (&before.key, before.order_id, before.kind, &before.claim, before.amount)
                == (&after.key, after.order_id, after.kind, &after.claim, after.amount)
                && (before.quoted_cost == after.quoted_cost || before.attempts != after.attempts)
                && before.created_at == after.created_at
                && (before.cost.is_none() || before.cost == after.cost)
                && (before.sn.is_none() || before.sn == after.sn)
        });
        self.check(is_frozen, FROZEN);
        let is_rerouted = was.is_some_and(|before| before.attempts != after.attempts);
        let is_pending_purchase = after.status == OrderStatus::Pending && matches!(after.claim, Claim::Purchase(_));
        self.check(!is_rerouted || (is_pending_purchase && step.transfers.is_empty()), REROUTED);
        let is_counted = match was {
            None => after.attempts == 1,
            Some(before) => after.attempts == before.attempts || after.attempts == before.attempts + 1,
        };
        self.check(is_counted, DENSE);
        self.check(after.desk != Some(DeskReason::Unresolved) || after.status == OrderStatus::Pending, UNRESOLVED);
        let is_testing = after.key.mode == Mode::Testing;
        self.check(!is_testing || step.transfers.is_empty(), TESTING);
        let contradicts = |order: &Order| order.desk.is_some_and(DeskReason::is_contradiction);
        // Nobody buys knowingly once more what an earlier supplier has done.
        self.check(!(is_rerouted && was.is_some_and(contradicts)), REROUTED);
        let is_news = contradicts(after) && !was.is_some_and(contradicts);
        self.check(!is_news || step.transfers.is_empty(), CONTRADICTION);

        let (was_pending, is_pending) = (was.is_some_and(is_pending), is_pending(after));
        if was_pending != is_pending && !is_testing {
            let pending = &mut self.sums.entry(after.key.merchant_id).or_default().pending;
            *pending += if is_pending { after.amount.get() } else { -after.amount.get() };
        }
        match &after.claim {
            Claim::Purchase(key) if was_pending != is_pending => {
                let alike = self.alike.entry(key.clone()).or_default();
                *alike = if is_pending { *alike + 1 } else { *alike - 1 };
            }
            Claim::Purchase(_) => {}
            Claim::Bill(key) => {
                let pending = self.pending.entry(key.clone()).or_default();
                set(pending, after.order_id, is_pending);
                let is_alone = pending.len() <= 1;
                self.check(is_alone, ONE_PENDING);
                let contradicted = self.contradicted.entry(key.clone()).or_default();
                set(contradicted, after.order_id, contradicts(after));
                let quote = &shop.inquiries[&was.unwrap_or(after).key].quote;
                let paid = self.paid.entry(key.clone()).or_default();
                if was.is_some_and(|before| before.cost.is_none()) && after.cost.is_some() {
                    paid.push(Payment {
                        order_id: after.order_id,
                        tagihan: quote.tagihan,
                        periods: quote.periods.clone(),
                        until: shop.now.plus(quote.repaid_window),
                        is_refunded: false,
                    });
                }
                for paid in paid.iter_mut().filter(|paid| paid.order_id == after.order_id) {
                    paid.is_refunded = after.status == OrderStatus::Refunded;
                }
            }
        }
    }

    fn occupation(&mut self, shop: &Shop, key: &BillKey) {
        let (pending, contradictions) =
            shop.bills.get(key).map_or((None, 0), |bill| (bill.pending, bill.contradictions));
        let pending: BTreeSet<OrderId> = pending.into_iter().map(|(_, order_id)| order_id).collect();
        let is_claimed = self.pending.get(key).cloned().unwrap_or_default() == pending;
        let contradicted = self.contradicted.get(key).map_or(0, BTreeSet::len);
        let is_counted = usize::try_from(contradictions).unwrap() == contradicted;
        self.check(is_claimed && is_counted, OCCUPIED);
    }
}

fn is_pending(order: &Order) -> bool {
    order.status == OrderStatus::Pending
}

fn set(orders: &mut BTreeSet<OrderId>, order_id: OrderId, is_in: bool) {
    if is_in {
        orders.insert(order_id);
    } else {
        orders.remove(&order_id);
    }
}

/// Whether endpoints came, went, moved, or were switched: what a delivery notes of their troubles is nobody else's news.
fn is_elsewhere(shift: &Shift<Endpoints>) -> bool {
    let places = |endpoints: &Endpoints| {
        let place = |endpoint: &Endpoint| (endpoint.endpoint_id, endpoint.url.clone(), endpoint.state);
        endpoints.list.iter().map(place).collect::<Vec<_>>()
    };
    shift.before.as_ref().map(places).unwrap_or_default() != places(&shift.after)
}
