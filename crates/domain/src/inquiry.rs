//! An inquiry: what a bill was found to be, frozen for the five minutes in which it may be paid.

use std::sync::Arc;
use std::time::Duration;

use crate::bill::BillKey;
use crate::exchange::Words;
use crate::id::{CustomerNo, ProductCode, RefKey, SupplierRef};
use crate::money::Rupiah;
use crate::product::Route;
use crate::refusal::Fault;
use crate::row::Row;
use crate::time::Timestamp;

/// How long a bill may be paid after its inquiry. Given by the published interface.
pub const SESSION: Duration = Duration::from_mins(5);

/// Everything that the payment will use, as the supplier answered it and on the merchant's terms of that moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// Whose bill it is.
    pub customer_name: Arc<str>,
    /// The bill before admin.
    pub tagihan: Rupiah,
    /// What the customer pays on top.
    pub admin: Rupiah,
    /// What of the total the merchant keeps.
    pub commission: Rupiah,
    /// The bill's details as a JSON object, in the shape and order of the public API.
    pub desc: Arc<str>,
    /// The bill's periods as the supplier wrote them, to recognise the same bill.
    pub periods: Arc<str>,
    /// Where it will be paid, and at what cost.
    pub route: Route,
    /// Our reference for it at the supplier.
    pub supplier_ref: SupplierRef,
    /// What the supplier wants to hear again when the bill is paid; empty if nothing.
    pub token: Arc<str>,
    /// The supplier can quote this bill again, and is asked to before the payment is accepted.
    pub requotable: bool,
    /// The supplier takes the payment only on the day of the inquiry.
    pub same_day: bool,
    /// How long after a success a bill with this amount and periods counts as paid already.
    pub repaid_window: Duration,
}

impl Quote {
    /// What the customer pays: `tagihan + admin`.
    pub fn total(&self) -> Result<Rupiah, Fault> {
        self.tagihan.plus(self.admin)
    }

    /// What the merchant is debited: the total less its commission.
    pub fn debit(&self) -> Result<Rupiah, Fault> {
        self.total()?.minus(self.commission)
    }

    /// Whether no part is below nothing, and there is something to pay.
    pub fn is_sound(&self) -> Result<bool, Fault> {
        let parts = [self.tagihan, self.admin, self.commission, self.route.cost];
        Ok(!parts.into_iter().any(Rupiah::is_negative) && self.debit()?.is_positive())
    }
}

/// A stored inquiry. Once an order stands under its reference it is used, and never changes again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inquiry {
    /// Under which reference.
    pub key: RefKey,
    /// For which product.
    pub product_code: ProductCode,
    /// For which number, as the merchant wrote it.
    pub customer_no: CustomerNo,
    /// Which bill it found.
    pub bill: BillKey,
    /// How often the bill had been paid before the supplier was asked.
    pub successes_seen: u32,
    /// What the supplier answered.
    pub quote: Quote,
    /// The words in which it did.
    pub words: Option<Words>,
    /// When.
    pub opened_at: Timestamp,
    /// Payable while now is before this moment.
    pub expires_at: Timestamp,
}

impl Inquiry {
    /// Whether it may still be paid.
    pub fn is_alive(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Whether it is for this product and number.
    pub fn is_for(&self, product_code: &ProductCode, customer_no: &CustomerNo) -> bool {
        self.product_code == *product_code && self.customer_no == *customer_no
    }
}

impl Row for Inquiry {
    type Key = RefKey;
    const NAME: &'static str = "inquiry";

    fn key(&self) -> RefKey {
        self.key.clone()
    }

    fn changed_at(&self) -> Timestamp {
        self.opened_at
    }
}
