//! The whole sandbox through its trait, with a clock that moves only when told.

mod bills;
mod record;
mod table;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domain::answer::Answer;
use domain::id::{CustomerNo, SupplierRef};
use domain::money::Rupiah;
use domain::product::ProductKind;
use domain::time::Timestamp;
use futures_util::FutureExt;

use crate::sandbox::{AdapterClock, Sandbox};
use crate::supplier::{BillQuestion, BillQuote, InquiryAnswer, Question, Supplier, Task};

/// A clock's hands, and the sandbox that looks at them.
struct Bench {
    hands: Arc<Hands>,
    sandbox: Sandbox,
}

struct Hands(AtomicI64);

impl AdapterClock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::Relaxed))
    }
}

impl Bench {
    /// A sandbox without a record, on the day of the published example.
    fn new() -> Self {
        Self::with_record(None)
    }

    fn with_record(record: Option<&Path>) -> Self {
        let hands = Arc::new(Hands(AtomicI64::new(Timestamp::parse_wib("2026-05-31 10:40:02").unwrap().micros())));
        Self { sandbox: Sandbox::open(record, hands.clone()).unwrap(), hands }
    }

    /// The process ends, and another opens the same record.
    fn restart(self, record: &Path) -> Self {
        Self { sandbox: Sandbox::open(Some(record), self.hands.clone()).unwrap(), hands: self.hands }
    }

    fn wait(&self, time: Duration) {
        self.hands.0.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::Relaxed);
    }

    fn inquire(&self, sku: &str, customer_no: &str) -> InquiryAnswer {
        self.ask(Question::First, sku, customer_no)
    }

    fn ask(&self, question: Question, sku: &str, customer_no: &str) -> InquiryAnswer {
        let question = BillQuestion {
            question,
            sku: sku.into(),
            customer_no: CustomerNo::parse(customer_no).unwrap(),
            supplier_ref: SupplierRef::parse("Ref").unwrap(),
        };
        self.sandbox.inquire(&question).now_or_never().unwrap().meaning
    }

    fn quote(&self, sku: &str, customer_no: &str) -> BillQuote {
        found(self.inquire(sku, customer_no))
    }

    fn send(&self, task: &Task) -> Answer {
        self.sandbox.send(task).now_or_never().unwrap().meaning
    }

    fn check(&self, task: &Task) -> Answer {
        self.sandbox.check(task).now_or_never().unwrap().meaning
    }
}

fn found(answer: InquiryAnswer) -> BillQuote {
    match answer {
        InquiryAnswer::Found(quote) => quote,
        other => panic!("no bill: {other:?}"),
    }
}

/// A payment of the bill, under a reference of its own for each number.
fn bill(customer_no: &str) -> Task {
    task(ProductKind::Postpaid, "MPBPJS", customer_no)
}

fn pulsa(customer_no: &str) -> Task {
    task(ProductKind::Prepaid, "TSEL21", customer_no)
}

fn task(kind: ProductKind, sku: &str, customer_no: &str) -> Task {
    Task {
        kind,
        sku: sku.into(),
        customer_no: CustomerNo::parse(customer_no).unwrap(),
        supplier_ref: SupplierRef::parse(&format!("{sku}x{customer_no}")).unwrap(),
        cost: Rupiah::whole(24_000),
        token: Arc::default(),
        is_repeat: false,
    }
}
