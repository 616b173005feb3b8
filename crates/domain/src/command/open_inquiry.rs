//! Stores a supplier's quote as an inquiry that may be paid for five minutes.

use crate::bill::{Bill, BillKey};
use crate::command::Decide;
use crate::id::{CustomerNo, ProductCode, RefKey};
use crate::inquiry::{Inquiry, Quote, SESSION};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// The supplier has answered with a bill; keep it, if the reference and the bill are still as they were when it was asked.
#[derive(Clone, Debug)]
pub struct OpenInquiry {
    /// Under which reference.
    pub key: RefKey,
    /// The generation of the lapsed inquiry that this one replaces; 0 if there was none.
    pub replaces: u32,
    /// For which product.
    pub product_code: ProductCode,
    /// For which number.
    pub customer_no: CustomerNo,
    /// Which bill it found.
    pub bill: BillKey,
    /// How often the bill had been paid before the supplier was asked.
    pub successes_seen: u32,
    /// What the supplier answered, on the merchant's terms.
    pub quote: Quote,
}

impl Decide for OpenInquiry {
    type Decision = Inquiry;

    fn name_rows(&self, reads: &mut Reads) {
        reads.inquiries.push(self.key.clone());
        reads.orders.push(self.key.clone());
        reads.bills.push(self.bill.clone());
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Inquiry, Refusal> {
        if world.orders.get(&self.key)?.is_some() {
            return Err(Refusal::RefIdConflict);
        }
        if let Some(stored) = world.inquiries.get(&self.key)? {
            if !stored.is_for(&self.product_code, &self.customer_no) {
                return Err(Refusal::RefIdConflict);
            }
            // Somebody else's question was faster: its answer is the session's.
            if stored.generation != self.replaces && stored.is_alive(now) {
                return Ok(stored.clone());
            }
        }
        let bill = world.bills.get(&self.bill)?.cloned().unwrap_or_else(|| Bill::untouched(self.bill.clone()));
        self.check_payable(&bill, now)?;

        let generation = world.inquiries.get(&self.key)?.map_or(0, |stored| stored.generation);
        let session_end = now.plus(SESSION);
        let inquiry = Inquiry {
            key: self.key.clone(),
            generation: generation.saturating_add(1),
            product_code: self.product_code.clone(),
            customer_no: self.customer_no.clone(),
            bill: self.bill.clone(),
            successes_seen: self.successes_seen,
            quote: self.quote.clone(),
            opened_at: now,
            expires_at: if self.quote.same_day { session_end.min(now.end_of_wib_day()) } else { session_end },
        };
        // The amounts must add up before anybody is shown them.
        if !inquiry.quote.debit()?.is_positive() {
            return Err(Refusal::AmountInvalid);
        }
        world.inquiries.put(inquiry.clone())?;
        Ok(inquiry)
    }
}

impl OpenInquiry {
    fn check_payable(&self, bill: &Bill, now: Timestamp) -> Result<(), Refusal> {
        if bill.pending.is_some() {
            return Err(Refusal::PaymentInProgress);
        }
        if bill.successes != self.successes_seen {
            return Err(Refusal::BillAlreadyPaid);
        }
        let looks_paid = bill.last_paid.as_ref().is_some_and(|paid| {
            paid.tagihan == self.quote.tagihan
                && paid.periods == self.quote.periods
                && now < paid.paid_at.plus(self.quote.repaid_window)
        });
        if looks_paid { Err(Refusal::BillAlreadyPaid) } else { Ok(()) }
    }
}
