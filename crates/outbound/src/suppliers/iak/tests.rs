//! The adapter as a whole, held against the contract: every code in every call, every family's bills, whatever a server may say.

mod bills;
mod callbacks;
pub mod contract;
mod hostile;
mod inquiries;
mod over_http;
mod purchases;
mod server;
mod trial;

use std::sync::Arc;

use domain::answer::Answer;
use domain::id::{CustomerNo, SupplierRef};
use domain::money::Rupiah;
use domain::product::ProductKind;
use serde_json::{Value, json};

use crate::supplier::Task;

/// An answer's body with these members in `data`, besides those of `base`.
fn body(base: &Value, members: &Value) -> String {
    let mut data = base.clone();
    for (name, value) in members.as_object().unwrap() {
        data[name] = value.clone();
    }
    json!({"data": data, "meta": []}).to_string()
}

/// The documented success of a PLN bill, as the answer to its status check.
fn paid_bill() -> Value {
    let mut data = contract::sample("pln", "payment");
    data["status"] = json!(1);
    data
}

fn bill_task() -> Task {
    Task {
        kind: ProductKind::Postpaid,
        sku: "PLNPOSTPAID".into(),
        customer_no: CustomerNo::parse("530000000001").unwrap(),
        supplier_ref: SupplierRef::parse("09128374655").unwrap(),
        token: "9732792".into(),
        cost: Rupiah::whole(301_900),
        is_repeat: false,
    }
}

/// The documented success of a purchase.
fn bought() -> Value {
    json!({"ref_id": "order001", "status": 1, "product_code": "xld25000", "customer_id": "0817777215", "price": 25000,
        "message": "SUCCESS", "sn": "123456789", "balance": 997_061_249, "tr_id": 3482, "rc": "00"})
}

fn purchase_task() -> Task {
    Task {
        kind: ProductKind::Prepaid,
        sku: "xld25000".into(),
        customer_no: CustomerNo::parse("0817777215").unwrap(),
        supplier_ref: SupplierRef::parse("order001").unwrap(),
        token: Arc::default(),
        cost: Rupiah::whole(25_000),
        is_repeat: false,
    }
}

fn repeated(task: Task) -> Task {
    Task { is_repeat: true, ..task }
}

/// Confirmed, with this proof.
fn confirmed(sn: Option<&str>, cost: u32) -> Answer {
    Answer::Confirmed { sn: sn.map(Arc::from), cost: Some(Rupiah::whole(cost)), desc: None, ask_again: false }
}

fn refused(code: &str, nothing_created: bool) -> Answer {
    Answer::Refused { code: code.into(), nothing_created }
}

/// Why nothing is known.
fn why_unknown(answer: &Answer) -> &str {
    match answer {
        Answer::Unknown { why } => why,
        other => panic!("{other:?}"),
    }
}
