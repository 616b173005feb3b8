//! A Loket as another's supplier: the adapter for our own interface against the real program.

use std::sync::Arc;

use app::seams::{Clock, SystemClock};
use domain::answer::Answer;
use domain::id::{CustomerNo, SupplierRef};
use domain::money::Rupiah;
use domain::product::ProductKind;
use domain::supplier::SupplierKind;
use domain::time::Timestamp;
use outbound::{
    Account, AdapterClock, BillQuestion, BillQuote, CallFault, Client, InquiryAnswer, Limits, Question, Secret,
    Supplier, Task, connect,
};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::harness::{DEPOSIT, Loket};

/// The machine's clock, by which requests are dated.
struct WallClock(SystemClock);

impl AdapterClock for WallClock {
    fn now(&self) -> Timestamp {
        self.0.wall()
    }
}

/// Somebody who buys there.
struct Buyer {
    supplier: Arc<dyn Supplier>,
    runtime: Runtime,
}

impl Buyer {
    /// With a new account there, and that deposit.
    fn new(loket: &Loket, api_id: &str, deposit: i64) -> Self {
        let keys = loket.json(&["merchant", "add", "--name", api_id, "--api-id", api_id]);
        if deposit > 0 {
            loket.expect(&["deposit", api_id, &deposit.to_string(), "--note", "for a test"]);
        }
        Self::with_keys(loket, &keys)
    }

    fn with_keys(loket: &Loket, keys: &Value) -> Self {
        let text = |member: &str| keys[member].as_str().unwrap();
        let account = Account {
            url: Some(format!("http://{}", loket.api()).into()),
            user: text("api_id").into(),
            key: Secret::new(text("api_key")),
            secret: Secret::new(text("secret_key")),
            is_testing: false,
        };
        let clock = Arc::new(WallClock(SystemClock::start()));
        let client = Arc::new(Client::new(Limits::default()));
        let supplier = connect(SupplierKind::IsiKuota, account, &client, clock).unwrap();
        Self { supplier, runtime: Runtime::new().unwrap() }
    }

    fn inquire(&self, supplier_ref: &str, customer_no: &str) -> InquiryAnswer {
        let question = BillQuestion {
            question: Question::First,
            sku: "MPBPJS".into(),
            customer_no: CustomerNo::parse(customer_no).unwrap(),
            supplier_ref: SupplierRef::parse(supplier_ref).unwrap(),
        };
        self.runtime.block_on(self.supplier.inquire(&question)).meaning
    }

    #[track_caller]
    fn quote(&self, supplier_ref: &str, customer_no: &str) -> BillQuote {
        match self.inquire(supplier_ref, customer_no) {
            InquiryAnswer::Found(quote) => quote,
            other => panic!("{other:?}"),
        }
    }

    fn send(&self, task: &Task) -> Answer {
        self.runtime.block_on(self.supplier.send(task)).meaning
    }

    fn check(&self, task: &Task) -> Answer {
        self.runtime.block_on(self.supplier.check(task)).meaning
    }

    fn balance(&self) -> Result<Rupiah, CallFault> {
        self.runtime.block_on(self.supplier.balance())
    }
}

fn bill(supplier_ref: &str, customer_no: &str) -> Task {
    Task {
        kind: ProductKind::Postpaid,
        sku: "MPBPJS".into(),
        customer_no: CustomerNo::parse(customer_no).unwrap(),
        supplier_ref: SupplierRef::parse(supplier_ref).unwrap(),
        token: Arc::default(),
        cost: Rupiah::whole(25_200),
        is_repeat: false,
    }
}

fn purchase(supplier_ref: &str, customer_no: &str) -> Task {
    let cost = Rupiah::whole(21_425);
    Task { kind: ProductKind::Prepaid, sku: "TSEL21".into(), cost, ..bill(supplier_ref, customer_no) }
}

fn refused(code: &str, nothing_created: bool) -> Answer {
    Answer::Refused { code: code.into(), nothing_created }
}

#[track_caller]
fn assert_unknown(answer: &Answer, beginning: &str) {
    let Answer::Unknown { why } = answer else { panic!("{answer:?}") };
    assert!(why.starts_with(beginning), "{why}");
}

#[test]
fn a_bill_is_paid_there_once_however_often_it_is_sent() {
    let loket = Loket::start();
    let buyer = Buyer::new(&loket, "toko", DEPOSIT);
    let quote = buyer.quote("A1", "1234567890");
    assert_eq!(
        (&*quote.customer_name, quote.tagihan, quote.cost),
        ("Demo Member", Rupiah::whole(22_500), Rupiah::whole(25_200))
    );
    assert_eq!(&*quote.periods, "01");

    let task = bill("A1", "1234567890");
    assert_eq!(buyer.check(&task), Answer::NotReceived);
    let paid =
        Answer::Confirmed { sn: Some("S1234554321N".into()), cost: None, desc: Some(quote.desc), ask_again: false };
    assert_eq!(buyer.send(&task), paid);
    assert_eq!(buyer.check(&task), paid);
    assert_eq!(buyer.send(&Task { is_repeat: true, ..task }), paid);
    assert_eq!(buyer.balance().unwrap().get(), DEPOSIT - 25_200);
    assert_eq!(loket.paid_at_sandbox().len(), 1);
    loket.verify();
}

#[test]
fn an_inquiry_is_answered_by_the_sandbox_table() {
    let loket = Loket::start();
    let buyer = Buyer::new(&loket, "toko", DEPOSIT);
    for (number, customer_no, expected) in [
        (1, "1234569001", InquiryAnswer::NotFound),
        (2, "1234569002", InquiryAnswer::AlreadyPaid),
        (3, "1234569003", InquiryAnswer::NumberInvalid),
        (4, "1234569004", InquiryAnswer::Unreadable),
        (14, "1234569014", InquiryAnswer::Unavailable),
    ] {
        assert_eq!(buyer.inquire(&format!("A{number}"), customer_no), expected, "{customer_no}");
    }
    assert_eq!(&*buyer.quote("A12", "1234569012").periods, "12");
}

#[test]
fn what_became_of_a_payment_is_read_from_its_state() {
    let loket = Loket::start();
    let buyer = Buyer::new(&loket, "toko", DEPOSIT);
    buyer.quote("A5", "1234569005");
    let desc = Some(buyer.quote("A8", "1234569008").desc);
    let (failing, pending) = (bill("A5", "1234569005"), bill("A8", "1234569008"));
    assert_eq!(buyer.send(&failing), refused("BILL_PAYMENT_FAILED", false));
    assert_eq!(buyer.check(&failing), refused("BILL_PAYMENT_FAILED", false));
    assert_unknown(&buyer.send(&pending), "BILL_PAYMENT_PENDING");
    assert_unknown(&buyer.check(&pending), "BILL_PAYMENT_PENDING");
    loket.expect(&["order", "resolve", "A8", "--success", "FROM-THE-DESK"]);
    let resolved = Answer::Confirmed { sn: Some("FROM-THE-DESK".into()), cost: None, desc, ask_again: false };
    assert_eq!(buyer.check(&pending), resolved);
}

#[test]
fn a_refusal_tells_whether_anything_was_created() {
    let loket = Loket::start();
    let (buyer, poor) = (Buyer::new(&loket, "toko", DEPOSIT), Buyer::new(&loket, "warung", 0));
    let never_inquired = bill("A1", "1234567890");
    assert_eq!(buyer.send(&never_inquired), refused("INQUIRY_NOT_FOUND", true));
    assert_unknown(&buyer.send(&Task { is_repeat: true, ..never_inquired.clone() }), "INQUIRY_NOT_FOUND");
    assert_eq!(buyer.check(&never_inquired), Answer::NotReceived);

    poor.quote("A1", "1234567890");
    assert_eq!(poor.send(&never_inquired), refused("INSUFFICIENT_BALANCE", true));
    loket.expect(&["merchant", "suspend", "warung"]);
    assert_eq!(poor.send(&never_inquired), refused("MERCHANT_SUSPENDED", true));

    let dear = Task { cost: Rupiah::whole(1), ..purchase("B1", "08123456789") };
    assert_eq!(buyer.send(&dear), refused("PRICE_ABOVE_MAX", true));
    let bought = Answer::Confirmed {
        sn: Some("1234-5678-9012-3456".into()),
        cost: Some(Rupiah::whole(21_425)),
        desc: None,
        ask_again: false,
    };
    assert_eq!(buyer.send(&purchase("B2", "08123456789")), bought);
    assert_eq!(buyer.check(&purchase("B2", "08123456789")), bought);
    assert_eq!(buyer.send(&purchase("B3", "08123456789")), refused("DUPLICATE_ORDER", true));
    assert_unknown(&buyer.check(&bill("B2", "08123456789")), "ORDER_SUCCESS");
    loket.verify();
}

#[test]
fn wrong_keys_settle_nothing_that_was_sent_before() {
    let loket = Loket::start();
    let mut keys = loket.json(&["merchant", "add", "--name", "toko", "--api-id", "toko"]);
    keys["secret_key"] = "another".into();
    let stranger = Buyer::with_keys(&loket, &keys);
    let task = purchase("A1", "08123456789");
    assert_eq!(stranger.send(&task), refused("SIGNATURE_INVALID", true));
    assert_unknown(&stranger.send(&Task { is_repeat: true, ..task.clone() }), "SIGNATURE_INVALID");
    assert_unknown(&stranger.check(&task), "SIGNATURE_INVALID");
    assert!(matches!(stranger.balance(), Err(CallFault::Refused { .. })));
}

#[test]
fn its_catalogue_is_a_price_list() {
    let loket = Loket::start();
    loket.expect(&["product", "set", "MPBPJS", "--commission", "900"]);
    loket.expect(&["product", "set", "TSEL21", "--cut-off", "23:45-00:15", "--status", "unavailable"]);
    let buyer = Buyer::new(&loket, "toko", 0);
    let list = buyer.runtime.block_on(buyer.supplier.products()).unwrap();
    let known = loket.json(&["product", "list"]);
    assert_eq!((list.products.len(), list.unreadable), (known.as_array().unwrap().len(), 0));
    let find = |sku: &str| list.products.iter().find(|product| &*product.sku == sku).unwrap();
    let (bill, pulsa) = (find("MPBPJS"), find("TSEL21"));
    assert_eq!((bill.admin, bill.cost), (Rupiah::whole(2_700), Rupiah::whole(1_800)));
    assert_eq!((pulsa.cost, pulsa.is_available), (Rupiah::whole(21_425), false));
    assert!(pulsa.cut_off.is_some() && bill.cut_off.is_none());
}
