//! Stores a supplier's quote as an inquiry that may be paid for five minutes.

use crate::bill::{Bill, BillKey};
use crate::command::Decide;
use crate::command::begin_inquiry::alive_session;
use crate::exchange::Words;
use crate::id::{CustomerNo, ProductCode, RefKey};
use crate::inquiry::{Inquiry, Quote, SESSION};
use crate::refusal::{ProductRefusal, Refusal};
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// The supplier has answered with a bill; keep it, if the reference and the bill are still as they were when it was asked.
#[derive(Clone, Debug)]
pub struct OpenInquiry {
    /// Under which reference.
    pub key: RefKey,
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
    /// The words in which it did.
    pub words: Option<Words>,
}

impl Decide for OpenInquiry {
    type Decision = Inquiry;

    fn name_rows(&self, reads: &mut Reads) {
        reads.inquiries.push(self.key.clone());
        reads.orders.push(self.key.clone());
        reads.bills.push(self.bill.clone());
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Inquiry, Refusal> {
        // Somebody else's question was faster: its answer is the session's.
        if let Some(stored) = alive_session(world, &self.key, &self.product_code, &self.customer_no, now)? {
            return Ok(stored.clone());
        }
        let bill = world.bills.get(&self.bill)?.cloned().unwrap_or_else(|| Bill::untouched(self.bill.clone()));
        self.check_payable(&bill, now)?;

        let session_end = now.plus(SESSION);
        let inquiry = Inquiry {
            key: self.key.clone(),
            product_code: self.product_code.clone(),
            customer_no: self.customer_no.clone(),
            bill: self.bill.clone(),
            successes_seen: self.successes_seen,
            quote: self.quote.clone(),
            words: self.words.clone(),
            opened_at: now,
            expires_at: if self.quote.same_day { session_end.min(now.end_of_wib_day()) } else { session_end },
        };
        // The day is over for this supplier, though not for the calendar.
        if !inquiry.is_alive(now) {
            return Err(ProductRefusal::CutOff(now.until_wib_minute(0)).into());
        }
        if !self.quote.is_sound()? {
            return Err(Refusal::AmountInvalid);
        }
        world.inquiries.put(inquiry.clone())?;
        Ok(inquiry)
    }
}

impl OpenInquiry {
    fn check_payable(&self, bill: &Bill, now: Timestamp) -> Result<(), Refusal> {
        if bill.is_occupied() {
            return Err(Refusal::PaymentInProgress);
        }
        if bill.successes != self.successes_seen {
            return Err(Refusal::BillAlreadyPaid);
        }
        let has_paid = bill.has_paid(self.quote.tagihan, &self.quote.periods, now);
        if has_paid { Err(Refusal::BillAlreadyPaid) } else { Ok(()) }
    }
}
