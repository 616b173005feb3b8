//! What an inquiry must know before its supplier is asked. Changes nothing.

use crate::bill::{Bill, BillKey};
use crate::command::Decide;
use crate::id::{CustomerNo, ProductCode, RefKey};
use crate::inquiry::Inquiry;
use crate::refusal::{ProductRefusal, Refusal};
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// A merchant asks about a bill.
#[derive(Clone, Debug)]
pub struct BeginInquiry {
    /// Under which reference.
    pub key: RefKey,
    /// For which product.
    pub product_code: ProductCode,
    /// For which number.
    pub customer_no: CustomerNo,
    /// Which bill that is, or why the product can't be asked about now; reported in its place among the checks.
    pub bill: Result<BillKey, ProductRefusal>,
}

/// How to go on.
#[derive(Clone, Debug)]
pub enum Begun {
    /// The same was asked and is alive: this is the answer.
    Stored(Box<Inquiry>),
    /// Ask the supplier.
    Ask {
        /// Which bill.
        bill: BillKey,
        /// How often it has been paid so far.
        successes_seen: u32,
    },
}

impl Decide for BeginInquiry {
    type Decision = Begun;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.key.merchant_id);
        reads.inquiries.push(self.key.clone());
        reads.orders.push(self.key.clone());
        reads.bills.extend(self.bill.clone());
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Begun, Refusal> {
        if let Some(stored) = alive_session(world, &self.key, &self.product_code, &self.customer_no, now)? {
            return Ok(Begun::Stored(Box::new(stored.clone())));
        }
        if world.books.get(&self.key.merchant_id)?.ok_or(Refusal::MerchantNotFound)?.is_suspended {
            return Err(Refusal::MerchantSuspended);
        }
        let bill = self.bill.as_ref().map_err(|refusal| *refusal)?;
        let claim = world.bills.get(bill)?;
        if claim.is_some_and(Bill::is_occupied) {
            return Err(Refusal::PaymentInProgress);
        }
        Ok(Begun::Ask { bill: bill.clone(), successes_seen: claim.map_or(0, |claim| claim.successes) })
    }
}

/// The inquiry under a reference, if it is for this product and number and may still be paid. A reference that stands for anything else
/// is a conflict, for ever.
pub(super) fn alive_session<'a>(
    world: &'a World,
    key: &RefKey,
    product_code: &ProductCode,
    customer_no: &CustomerNo,
    now: Timestamp,
) -> Result<Option<&'a Inquiry>, Refusal> {
    if world.orders.get(key)?.is_some() {
        return Err(Refusal::RefIdConflict);
    }
    match world.inquiries.get(key)? {
        Some(stored) if !stored.is_for(product_code, customer_no) => Err(Refusal::RefIdConflict),
        stored => Ok(stored.filter(|stored| stored.is_alive(now))),
    }
}
