//! Accepts the payment of an inquired bill: order, hold, claim on the bill and first attempt, in one commit.

use std::sync::Arc;

use crate::attempt::{Attempt, AttemptKey, Deadlines};
use crate::bill::{Bill, BillKey};
use crate::command::Decide;
use crate::dispatch::DispatchKey;
use crate::id::{CustomerNo, Mode, OrderId, ProductCode, RefKey, SupplierName};
use crate::inquiry::Inquiry;
use crate::ledger::movements;
use crate::money::Rupiah;
use crate::order::{Claim, Order, OrderStatus};
use crate::product::ProductKind;
use crate::refusal::{Fault, ProductRefusal, Refusal};
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// A merchant asks to pay the bill of an inquiry.
#[derive(Clone, Debug)]
pub struct AcceptPayment {
    /// Under which reference: the inquiry's.
    pub key: RefKey,
    /// The order's number, if it becomes one.
    pub order_id: OrderId,
    /// For which product, as the request says.
    pub product_code: ProductCode,
    /// For which number, as the request says.
    pub customer_no: CustomerNo,
    /// The bill that the product and number stand for; `None`: the product is gone.
    pub bill: Option<BillKey>,
    /// The product's name, or why it can't be bought now; reported in its place among the checks.
    pub product: Result<Arc<str>, ProductRefusal>,
    /// The suppliers that can be paid through now; the inquiry's must be among them.
    pub payable: Vec<SupplierName>,
    /// The bill's amount when the supplier was asked again; `None`: it was not.
    pub requoted: Option<Rupiah>,
    /// Within which time the attempt is sent or lost.
    pub deadlines: Deadlines,
}

/// What became of the request to pay.
#[derive(Clone, Debug)]
pub enum Payment {
    /// It is an order now: send the attempt.
    Accepted(Order, Attempt, Inquiry),
    /// It was an order already; this is how it stands. Never send anything.
    Existing(Order, Inquiry),
    /// Nothing was changed: the supplier can quote this bill again, and must be asked first.
    MustRequote(Inquiry),
}

impl Decide for AcceptPayment {
    type Decision = Payment;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.key.merchant_id);
        reads.inquiries.push(self.key.clone());
        reads.orders.push(self.key.clone());
        reads.bills.extend(self.bill.clone());
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Payment, Refusal> {
        if let Some(order) = world.orders.get(&self.key)? {
            return self.existing(world, order);
        }
        let book = world.books.get(&self.key.merchant_id)?.ok_or(Refusal::MerchantNotFound)?;
        if book.is_suspended {
            return Err(Refusal::MerchantSuspended);
        }
        let inquiry = world.inquiries.get(&self.key)?.cloned().ok_or(Refusal::InquiryNotFound)?;
        if !inquiry.is_for(&self.product_code, &self.customer_no) {
            return Err(Refusal::InquiryMismatch);
        }
        if !inquiry.is_alive(now) {
            return Err(Refusal::InquiryExpired);
        }
        let bill = self.free_bill(world, &inquiry)?;
        let product_name = self.product.as_ref().map_err(|refusal| *refusal)?;
        if !self.payable.contains(&inquiry.quote.route.supplier) {
            return Err(ProductRefusal::SupplierUnavailable.into());
        }
        let amount = inquiry.quote.debit()?;
        if self.key.mode == Mode::Production {
            book.check_covers(amount)?;
        }
        match self.requoted {
            None if inquiry.quote.requotable => return Ok(Payment::MustRequote(inquiry)),
            Some(tagihan) if tagihan != inquiry.quote.tagihan => return Err(Refusal::BillChanged),
            None | Some(_) => {}
        }

        let order = self.order(&inquiry, product_name, amount, now);
        let attempt = Attempt::sending(
            AttemptKey { merchant_id: self.key.merchant_id, order_id: self.order_id, number: 1 },
            inquiry.quote.route.clone(),
            inquiry.quote.supplier_ref.clone(),
            inquiry.quote.token.clone(),
            self.deadlines,
            now,
        );
        if self.key.mode == Mode::Production {
            movements::hold(world, &order, now)?;
        }
        world.bills.put(Bill { pending: Some((self.key.merchant_id, self.order_id)), updated_at: now, ..bill })?;
        world.orders.put(order.clone())?;
        world.attempts.load(attempt.key, None);
        world.attempts.put(attempt.clone())?;
        // Nobody was told of it yet: its answer needn't look that up.
        let dispatch = DispatchKey { merchant_id: self.key.merchant_id, order_id: self.order_id };
        world.dispatches.load(dispatch, None);
        Ok(Payment::Accepted(order, attempt, inquiry))
    }
}

impl AcceptPayment {
    fn existing(&self, world: &World, order: &Order) -> Result<Payment, Refusal> {
        if order.kind != ProductKind::Postpaid {
            return Err(Refusal::RefIdConflict);
        }
        if !order.is_for(ProductKind::Postpaid, &self.product_code, &self.customer_no) {
            return Err(Refusal::InquiryMismatch);
        }
        let inquiry =
            world.inquiries.get(&self.key)?.ok_or(Fault::Inconsistent("a bill's order without its inquiry"))?;
        Ok(Payment::Existing(order.clone(), inquiry.clone()))
    }

    fn free_bill(&self, world: &World, inquiry: &Inquiry) -> Result<Bill, Refusal> {
        let key = self.bill.as_ref().ok_or(ProductRefusal::NotFound)?;
        // The operator regrouped the product since the inquiry: its claim would guard another bill.
        if *key != inquiry.bill {
            return Err(Refusal::InquiryExpired);
        }
        let bill = world.bills.get(key)?.cloned().unwrap_or_else(|| Bill::untouched(key.clone()));
        if bill.is_occupied() {
            return Err(Refusal::PaymentInProgress);
        }
        if bill.successes != inquiry.successes_seen {
            return Err(Refusal::BillAlreadyPaid);
        }
        Ok(bill)
    }

    fn order(&self, inquiry: &Inquiry, product_name: &Arc<str>, amount: Rupiah, now: Timestamp) -> Order {
        Order {
            key: self.key.clone(),
            order_id: self.order_id,
            kind: ProductKind::Postpaid,
            product_code: inquiry.product_code.clone(),
            product_name: product_name.clone(),
            customer_no: inquiry.customer_no.clone(),
            claim: Claim::Bill(inquiry.bill.clone()),
            amount,
            quoted_cost: inquiry.quote.route.cost,
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
