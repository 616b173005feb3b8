//! The adapter, by what it makes of answers, and over real HTTP.

mod bills;
mod callbacks;
mod codes;
mod orders;
mod prices;
mod stand_in;
mod wire;

use std::sync::Arc;

use domain::answer::Answer;
use domain::id::{CustomerNo, SupplierRef};
use domain::money::Rupiah;
use domain::product::ProductKind;
use domain::time::Timestamp;
use serde_json::{Value, json};

use crate::account::{Account, Secret};
use crate::adapter_clock::AdapterClock;
use crate::client::{Client, Reply};
use crate::supplier::{BillQuestion, Question, Supplier, Task};
use crate::suppliers::isikuota::IsiKuota;
use crate::suppliers::isikuota::codes::{Meaning, Row};
use crate::suppliers::isikuota::order::{self, Occasion};
use crate::suppliers::tests::candidate::{Ask, Candidate};
use crate::suppliers::tests::house_rules;

house_rules!(super::candidate);

const API_KEY: &str = "your_api_key";
const SECRET_KEY: &str = "your_secret_key";

/// The account of the published vectors.
fn account(url: &str) -> Account {
    Account {
        url: Some(url.into()),
        user: "your_api_id".into(),
        key: Secret::new(API_KEY),
        secret: Secret::new(SECRET_KEY),
        is_testing: false,
    }
}

/// The moment of the published vectors.
struct VectorClock;

impl AdapterClock for VectorClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(1_748_678_400)
    }
}

/// For the rules of the house.
fn candidate() -> Candidate {
    Candidate { make, question: Some(question()), tasks: vec![bill_task(), purchase_task()], success }
}

fn make(account: Account, client: Arc<Client>) -> Box<dyn Supplier> {
    Box::new(IsiKuota::new(account, client, Arc::new(VectorClock)).unwrap())
}

fn success(ask: Ask, reference: &str) -> String {
    let (code, task) = match ask {
        Ask::Inquire => ("BILL_INQUIRY_SUCCESS", bill_task()),
        Ask::Send(0) | Ask::Check(0) => ("BILL_PAYMENT_SUCCESS", bill_task()),
        Ask::Send(_) | Ask::Check(_) => ("ORDER_SUCCESS", purchase_task()),
    };
    let mut data = data(&task, "Success");
    data["ref_id"] = reference.into();
    envelope(code, true, &data)
}

fn supplier_ref() -> SupplierRef {
    SupplierRef::parse("INQ001").unwrap()
}

fn bill_task() -> Task {
    Task {
        kind: ProductKind::Postpaid,
        sku: "MPBPJS".into(),
        customer_no: CustomerNo::parse("1234567890").unwrap(),
        supplier_ref: supplier_ref(),
        token: Arc::default(),
        cost: Rupiah::whole(25_200),
        is_repeat: false,
    }
}

fn purchase_task() -> Task {
    Task {
        kind: ProductKind::Prepaid,
        sku: "TSEL21".into(),
        customer_no: CustomerNo::parse("08123456789").unwrap(),
        cost: Rupiah::whole(21_425),
        ..bill_task()
    }
}

fn question() -> BillQuestion {
    BillQuestion {
        question: Question::First,
        sku: "MPBPJS".into(),
        customer_no: CustomerNo::parse("1234567890").unwrap(),
        supplier_ref: supplier_ref(),
    }
}

/// The `data` that fit a task and a state: those of the contract's examples.
fn data(task: &Task, state: &str) -> Value {
    let sn = if state.eq_ignore_ascii_case("success") { json!("S1234554321N") } else { Value::Null };
    match task.kind {
        ProductKind::Postpaid => json!({
            "ref_id": "INQ001", "status": state.to_lowercase(), "customer_no": "1234567890",
            "customer_name": "Demo Member", "code": "MPBPJS", "tagihan": 22_500, "admin": 2_700, "total": 25_200,
            "sn": sn, "desc": {"jumlah_peserta": "2"}, "created_at": "2026-05-31 10:41:16",
        }),
        ProductKind::Prepaid | ProductKind::Game => json!({
            "ref_id": "INQ001", "status": state, "customer_no": "08123456789", "code": "TSEL21",
            "name": "Telkomsel 21.000", "price": 21_425, "sn": sn, "created_at": "2026-05-31 12:36:46",
        }),
    }
}

/// The state that a code tells in one of the calls, capitalised.
fn state_of(row: &Row) -> &'static str {
    match [row.pay, row.buy].into_iter().find(|meaning| *meaning != Meaning::Nothing) {
        Some(Meaning::Pending) => "Pending",
        Some(Meaning::Failed) => "Failed",
        _ => "Success",
    }
}

fn envelope(code: &str, is_success: bool, data: &Value) -> String {
    json!({"success": is_success, "code": code, "message": "Saldo tidak cukup", "data": data, "errors": null,
        "meta": null})
    .to_string()
}

fn answered(status: u16, body: impl Into<String>) -> Reply {
    Reply::Answered { status, body: body.into() }
}

/// What a code means with data that fit it as well as they can.
fn by_code(row: &Row, occasion: Occasion, task: &Task) -> Answer {
    let body = envelope(row.code, row.is_success(), &data(task, state_of(row)));
    order::read(&answered(row.http, body), occasion, task)
}

fn is_unknown(answer: &Answer) -> bool {
    matches!(answer, Answer::Unknown { .. })
}
