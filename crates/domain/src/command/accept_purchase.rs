//! Accepts a prepaid or game order: order, hold, claim and first attempt, in one commit.

use std::sync::Arc;
use std::time::Duration;

use crate::attempt::{Attempt, AttemptKey, Deadlines};
use crate::command::Decide;
use crate::dispatch::DispatchKey;
use crate::duplicate::{DuplicateGuard, DuplicateKey};
use crate::id::{CustomerNo, Mode, OrderId, ProductCode, RefKey, SupplierRef};
use crate::ledger::movements;
use crate::money::Rupiah;
use crate::order::{Claim, Order, OrderStatus};
use crate::product::{ProductKind, Route};
use crate::refusal::{ProductRefusal, Refusal};
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// A merchant asks to buy a prepaid product or a game's.
#[derive(Clone, Debug)]
pub struct AcceptPurchase {
    /// Under which reference.
    pub key: RefKey,
    /// The order's number, if it becomes one.
    pub order_id: OrderId,
    /// Prepaid or game, as the request says.
    pub kind: ProductKind,
    /// Which product, as the request says.
    pub product_code: ProductCode,
    /// For which number.
    pub customer_no: CustomerNo,
    /// On which terms, or why it can't be bought now; reported in its place among the checks.
    pub offer: Result<Offer, ProductRefusal>,
    /// The merchant pays no more than this.
    pub max_price: Option<Rupiah>,
    /// The merchant knows that it looks like a duplicate.
    pub allow_duplicate: bool,
    /// Within which time the attempt is sent or lost.
    pub deadlines: Deadlines,
}

/// The terms on which a product can be bought now.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The product's name.
    pub product_name: Arc<str>,
    /// What this merchant pays.
    pub price: Rupiah,
    /// Where it is bought, and at what cost.
    pub route: Route,
    /// Our reference for it at the supplier.
    pub supplier_ref: SupplierRef,
    /// The normalised customer number.
    pub number: Arc<str>,
    /// How long a like order is a duplicate.
    pub duplicate_window: Duration,
}

/// What became of the request to buy.
#[derive(Clone, Debug)]
pub enum Purchase {
    /// It is an order now: send the attempt.
    Accepted(Order, Attempt),
    /// It was an order already; this is how it stands. Never send anything.
    Existing(Order),
}

impl Decide for AcceptPurchase {
    type Decision = Purchase;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.key.merchant_id);
        reads.inquiries.push(self.key.clone());
        reads.orders.push(self.key.clone());
        if let Ok(offer) = &self.offer {
            reads.duplicates.push(self.duplicate_key(offer));
        }
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Purchase, Refusal> {
        if let Some(order) = world.orders.get(&self.key)? {
            let is_same = order.is_for(self.kind, &self.product_code, &self.customer_no);
            return if is_same { Ok(Purchase::Existing(order.clone())) } else { Err(Refusal::RefIdConflict) };
        }
        if world.inquiries.get(&self.key)?.is_some() {
            return Err(Refusal::RefIdConflict);
        }
        if world.books.get(&self.key.merchant_id)?.ok_or(Refusal::MerchantNotFound)?.is_suspended {
            return Err(Refusal::MerchantSuspended);
        }
        let offer = self.offer.as_ref().map_err(|refusal| *refusal)?;
        let guard_key = self.duplicate_key(offer);
        let guard = world.duplicates.get(&guard_key)?.cloned().unwrap_or_else(|| DuplicateGuard::fresh(guard_key));
        if !self.allow_duplicate && guard.forbids(now, offer.duplicate_window) {
            return Err(Refusal::DuplicateOrder);
        }
        if self.max_price.is_some_and(|most| offer.price > most) {
            return Err(Refusal::PriceAboveMax);
        }
        if !offer.price.is_positive() || offer.route.cost.is_negative() {
            return Err(Refusal::AmountInvalid);
        }

        let order = self.order(offer, now);
        let attempt = Attempt::sending(
            AttemptKey { merchant_id: self.key.merchant_id, order_id: self.order_id, number: 1 },
            offer.route.clone(),
            offer.supplier_ref.clone(),
            Arc::default(),
            self.deadlines,
            now,
        );
        if self.key.mode == Mode::Production {
            movements::hold(world, &order, now)?;
        }
        world.duplicates.put(DuplicateGuard { pending: guard.pending.saturating_add(1), updated_at: now, ..guard })?;
        world.orders.put(order.clone())?;
        world.attempts.load(attempt.key, None);
        world.attempts.put(attempt.clone())?;
        // Nobody was told of it yet: its answer needn't look that up.
        let dispatch = DispatchKey { merchant_id: self.key.merchant_id, order_id: self.order_id };
        world.dispatches.load(dispatch, None);
        Ok(Purchase::Accepted(order, attempt))
    }
}

impl AcceptPurchase {
    fn duplicate_key(&self, offer: &Offer) -> DuplicateKey {
        DuplicateKey {
            merchant_id: self.key.merchant_id,
            mode: self.key.mode,
            product_code: self.product_code.clone(),
            number: offer.number.clone(),
        }
    }

    fn order(&self, offer: &Offer, now: Timestamp) -> Order {
        Order {
            key: self.key.clone(),
            order_id: self.order_id,
            kind: self.kind,
            product_code: self.product_code.clone(),
            product_name: offer.product_name.clone(),
            customer_no: self.customer_no.clone(),
            claim: Claim::Purchase(self.duplicate_key(offer)),
            amount: offer.price,
            quoted_cost: offer.route.cost,
            cost: None,
            status: OrderStatus::Pending,
            sn: None,
            desc: None,
            attempts: 1,
            desk: None,
            decided: None,
            is_borne: false,
            created_at: now,
            updated_at: now,
            refunded_at: None,
        }
    }
}
