//! The built-in supplier of testing mode and the demo.
//!
//! - The last four digits of a customer number choose what happens: `docs/contract/api.md`, section 9. Any other number succeeds at once.
//! - The same product and number always have the same bill, fresh as soon as it is paid.
//! - A `supplier_ref` is paid once, however often it is sent, and that survives a restart through the [`SandboxRecord`]'s file.
//! - The time comes from its [`AdapterClock`]; it waits for nothing.
//!
//! Deliberately absent: knowledge of the catalogue (any product can be bought, its family is told from its code), and a check that a
//! payment had an inquiry. It forgets a payment after some hundred thousand newer ones, and from then on doesn't know of those that it
//! doesn't find: it never says wrongly that it did not receive one. Each process has a sandbox of its own, with a record of its own.

mod bill;
mod family;
mod month;
mod names;
mod payments;
mod record;
mod scenario;
mod seed;
mod sn;
#[cfg(test)]
mod tests;
mod till;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::answer::Answer;
use domain::id::CustomerNo;
use domain::money::Rupiah;
use futures_util::future::BoxFuture;
use parking_lot::Mutex;

use crate::adapter_clock::AdapterClock;
use crate::sandbox::bill::{Bill, Draft};
use crate::sandbox::family::Family;
use crate::sandbox::scenario::Scenario;
use crate::sandbox::seed::Seed;
use crate::sandbox::till::Till;
use crate::supplier::{
    BillQuestion, BillQuote, CallFault, CallbackFault, CallbackNews, CallbackRequest, Heard, InquiryAnswer, Manners,
    Pace, PriceList, Question, Supplier, Task, Unavailable,
};

pub use record::{RecordEvent, RecordLine, SandboxRecord};

/// By how much the bill of the row 9013 is dearer when it is asked again, in rupiah.
const SURCHARGE: u32 = 1_000;
/// It is in the same process, and may be asked as often as one likes: within five seconds, and just when its ten seconds are over.
const PACE: Pace =
    Pace { first: Duration::from_secs(4), shortest: Duration::from_secs(6), longest: Duration::from_secs(30) };

/// The supplier that is always there.
pub struct Sandbox {
    clock: Arc<dyn AdapterClock>,
    till: Mutex<Till>,
}

impl Sandbox {
    /// What it takes on top of a bill, in rupiah.
    pub const BILL_FEE: u32 = 1_500;

    /// Opens the sandbox with its record's file, which is made if it isn't there. Without a file nothing survives a restart.
    ///
    /// Fails if the file can't be read or written, or holds lines that are none of ours.
    pub fn open(record: Option<&Path>, clock: Arc<dyn AdapterClock>) -> io::Result<Self> {
        Ok(Self { clock, till: Mutex::new(Till::open(record)?) })
    }

    fn look_up(&self, question: &BillQuestion) -> InquiryAnswer {
        let customer_no = question.customer_no.as_str();
        let scenario = Scenario::of(customer_no);
        match scenario {
            Scenario::NoBill => InquiryAnswer::NotFound,
            Scenario::PaidBefore => InquiryAnswer::AlreadyPaid,
            Scenario::WrongNumber => InquiryAnswer::NumberInvalid,
            Scenario::Silent => InquiryAnswer::Unreadable,
            Scenario::Closed => InquiryAnswer::Unavailable,
            _ => self.quote(question, scenario).map_or(InquiryAnswer::Unreadable, InquiryAnswer::Found),
        }
    }

    fn quote(&self, question: &BillQuestion, scenario: Scenario) -> serde_json::Result<BillQuote> {
        let customer_no = question.customer_no.as_str();
        let family = Family::of(&question.sku);
        let is_requotable = scenario == Scenario::Dearer;
        let is_dearer = is_requotable && question.question == Question::Again;
        let mut draft = Draft {
            seed: Seed::of(&[&question.sku, customer_no]),
            today: self.clock.now().wib(),
            is_long: scenario == Scenario::TwelvePeriods,
            surcharge: if is_dearer { SURCHARGE } else { 0 },
        };
        let bill = Bill::of(family, &mut draft)?;
        Ok(BillQuote {
            customer_name: names::person(family, customer_no).into(),
            tagihan: Rupiah::whole(bill.tagihan),
            cost: Rupiah::whole(bill.tagihan + Self::BILL_FEE),
            desc: bill.desc.into(),
            periods: bill.periods.into(),
            token: Arc::default(),
            requotable: is_requotable,
            same_day: false,
        })
    }
}

impl Supplier for Sandbox {
    fn manners(&self) -> Manners {
        Manners { pace: PACE, remembers_for: None, can_be_asked: true }
    }

    fn admit(&self, _sku: &str, customer_no: &CustomerNo) -> Result<(), Unavailable> {
        match Scenario::of(customer_no.as_str()) {
            Scenario::Closed => Err(Unavailable),
            _ => Ok(()),
        }
    }

    fn inquire<'a>(&'a self, question: &'a BillQuestion) -> BoxFuture<'a, Heard<InquiryAnswer>> {
        Box::pin(async move { Heard::unspoken(self.look_up(question)) })
    }

    fn send<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        Box::pin(async move { Heard::unspoken(self.till.lock().send(task, self.clock.now())) })
    }

    fn check<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        Box::pin(async move { Heard::unspoken(self.till.lock().check(task, self.clock.now())) })
    }

    fn products(&self) -> BoxFuture<'_, Result<PriceList, CallFault>> {
        Box::pin(async { Err(CallFault::NotOffered) })
    }

    fn balance(&self) -> BoxFuture<'_, Result<Rupiah, CallFault>> {
        Box::pin(async { Err(CallFault::NotOffered) })
    }

    fn read_callback(&self, _request: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault> {
        Err(CallbackFault::NotExpected)
    }
}
