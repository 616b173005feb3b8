//! What every supplier can be asked, and the typed answers.

mod callback;
mod exchange;
mod manners;
mod price_list;

use std::sync::Arc;

use domain::answer::Answer;
use domain::id::{CustomerNo, SupplierRef};
use domain::money::Rupiah;
use domain::product::ProductKind;
use futures_util::future::BoxFuture;
use thiserror::Error;

pub use callback::{CallbackFault, CallbackNews, CallbackRequest};
pub use exchange::{Exchange, Heard};
pub use manners::{Manners, Pace};
pub use price_list::{CallFault, PriceList, SupplierProduct};

/// A supplier, spoken to in its own language behind this one.
///
/// No method retries. No method panics on what a supplier says: what can't be read is [`Answer::Unknown`] or
/// [`InquiryAnswer::Unreadable`].
pub trait Supplier: Send + Sync {
    /// What it expects of whoever asks it.
    fn manners(&self) -> Manners;

    /// Whether it can take this question or task now. Asked before anything is accepted; a refusal creates nothing.
    fn admit(&self, sku: &str, customer_no: &CustomerNo) -> Result<(), Unavailable>;

    /// Looks a bill up. Creates nothing that would have to be paid.
    fn inquire<'a>(&'a self, question: &'a BillQuestion) -> BoxFuture<'a, Heard<InquiryAnswer>>;

    /// Pays the bill of an earlier inquiry, or buys a prepaid product. Called once for each sending of an attempt.
    /// [`Answer::NotReceived`] from here means that no byte has left.
    fn send<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>>;

    /// Asks what became of an earlier [`Supplier::send`]. Never makes a new purchase: where a supplier's way of asking is to send the very
    /// same again, only within the time in which it takes that for the same.
    fn check<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>>;

    /// Whether [`Supplier::check`] sends the very same purchase again. Then only what is pending, or was done, may be asked about: what it
    /// refused before there was a transaction would be bought.
    fn asks_by_sending(&self, _kind: ProductKind) -> bool {
        false
    }

    /// What it sells, and at which prices.
    fn products(&self) -> BoxFuture<'_, Result<PriceList, CallFault>>;

    /// What of the operator's deposit there is left.
    fn balance(&self) -> BoxFuture<'_, Result<Rupiah, CallFault>>;

    /// Reads what came in at the address that it was given. The body is as it came over the wire.
    fn read_callback(&self, request: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault>;
}

/// The supplier can't take anything of this kind now; nothing was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("the supplier cannot take orders now")]
pub struct Unavailable;

/// Why a bill is looked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// A merchant's inquiry.
    First,
    /// Once more before the payment is accepted, to see whether the amount still holds.
    Again,
}

/// A bill to be looked up.
#[derive(Clone, Debug)]
pub struct BillQuestion {
    /// First or again.
    pub question: Question,
    /// The supplier's own code for the product.
    pub sku: Arc<str>,
    /// Whose bill.
    pub customer_no: CustomerNo,
    /// Our reference, which the payment will bear too.
    pub supplier_ref: SupplierRef,
}

/// A bill as the supplier quotes it, mapped to the shape of the public API.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BillQuote {
    /// Whose bill it is.
    pub customer_name: Arc<str>,
    /// The bill before any admin.
    pub tagihan: Rupiah,
    /// What the supplier will take when it is paid.
    pub cost: Rupiah,
    /// The details as a JSON object, in the shapes and order of the public API's `desc`.
    pub desc: Arc<str>,
    /// The periods, as the supplier writes them.
    pub periods: Arc<str>,
    /// What the supplier wants to hear again when the bill is paid (IAK's `tr_id`); empty if nothing.
    pub token: Arc<str>,
    /// It can be asked again before the payment.
    pub requotable: bool,
    /// It takes the payment only on the day of the inquiry.
    pub same_day: bool,
}

/// What a supplier said to an inquiry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InquiryAnswer {
    /// There is a bill.
    Found(BillQuote),
    /// There is no bill for this number.
    NotFound,
    /// There is none to pay any more.
    AlreadyPaid,
    /// There is no such number.
    NumberInvalid,
    /// It can't be reached, or has trouble; nothing was created, so another supplier may be asked.
    Unavailable,
    /// It did not answer in time, or what it said can't be read. Nothing has to be paid, so nothing is pending.
    Unreadable,
}

/// An attempt's order as its supplier needs it.
#[derive(Clone, Debug)]
pub struct Task {
    /// Bill, prepaid or game.
    pub kind: ProductKind,
    /// The supplier's own code for the product.
    pub sku: Arc<str>,
    /// For whom.
    pub customer_no: CustomerNo,
    /// Our reference.
    pub supplier_ref: SupplierRef,
    /// What the supplier said in the inquiry that it wants to hear again; empty if nothing, and for purchases.
    pub token: Arc<str>,
    /// What the supplier is expected to take.
    pub cost: Rupiah,
    /// It may have been sent before under this reference. Then "duplicate" or "already paid" prove nothing: they may be about ourselves.
    pub is_repeat: bool,
}
