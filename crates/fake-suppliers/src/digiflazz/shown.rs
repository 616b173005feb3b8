//! How Digiflazz shows things: transactions, failures, amounts.

use serde_json::{Map, Value, json};

use crate::book::{State, Transaction};
use crate::call::{Asked, Call, Subject};
use crate::desk::Desk;
use crate::digiflazz::code::Code;
use crate::journal::Kind;
use crate::protocol::Answer;

/// A failure of a call, or anything else that is nothing but a code.
pub fn refused(asked: &Asked, rc: &str) -> Answer {
    coded(asked, rc, None, Code::of(rc).message)
}

/// A code with any words. What isn't about a transaction has no members for one.
pub fn coded(asked: &Asked, rc: &str, status: Option<&Value>, message: &str) -> Answer {
    let status = status.cloned().unwrap_or_else(|| json!(Code::of(rc).status));
    let mut data = match asked.call {
        Call::TopUp | Call::InqPasca | Call::PayPasca | Call::StatusPasca => of(&asked.subject),
        _ => Map::new(),
    };
    let is_list = matches!(asked.call, Call::PriceList | Call::PriceListPasca);
    data.insert("message".to_owned(), json!(message));
    if !is_list {
        data.insert("status".to_owned(), status);
    }
    data.insert("rc".to_owned(), json!(rc));
    Answer::ok(json!({ "data": data }))
}

/// A transaction as it is now.
pub fn transaction(desk: &Desk, transaction: &Transaction) -> Answer {
    Answer::ok(json!({ "data": members(transaction, json!(desk.balance())) }))
}

/// The members that tell a transaction as it is now. Most are absent unless it succeeded.
pub fn members(transaction: &Transaction, balance: Value) -> Map<String, Value> {
    let code = Code::of(code_of(transaction));
    let mut data = of(&transaction.subject);
    let mut set = |name: &str, value: Value| data.insert(name.to_owned(), value);
    match (transaction.kind, code.status) {
        (Kind::Postpaid, "Sukses") => return postpaid(transaction, code, balance),
        (Kind::Postpaid, _) => {
            set("message", json!(code.message));
            set("status", json!(code.status));
            set("rc", json!(code.rc));
        }
        (Kind::Prepaid, status) => {
            set("message", json!(code.message));
            set("status", json!(status));
            set("rc", json!(code.rc));
            set("sn", json!(if status == "Sukses" { transaction.sn.as_str() } else { "" }));
            set("buyer_last_saldo", balance);
            set("price", json!(transaction.price));
            set("tele", json!("@telegram"));
            set("wa", json!("081234512345"));
        }
    }
    data
}

/// A bill that is paid: what the inquiry answered, with the proof among it.
fn postpaid(transaction: &Transaction, code: Code, balance: Value) -> Map<String, Value> {
    quoted(&transaction.subject, &transaction.answer, code, balance, Some(&transaction.sn))
}

/// A bill, in the order of the documentation's samples.
pub fn quoted(
    subject: &Subject,
    bill: &Map<String, Value>,
    code: Code,
    balance: Value,
    sn: Option<&str>,
) -> Map<String, Value> {
    let of_bill = |name: &str| bill.get(name).cloned();
    let members = [
        ("ref_id", Some(json!(subject.ref_id))),
        ("customer_no", Some(json!(subject.customer_no))),
        ("customer_name", of_bill("customer_name")),
        ("buyer_sku_code", Some(json!(subject.sku))),
        ("admin", of_bill("admin")),
        ("message", Some(json!(code.message))),
        ("status", Some(json!(code.status))),
        ("rc", Some(json!(code.rc))),
        ("periode", of_bill("periode")),
        ("sn", sn.map(Value::from)),
        ("buyer_last_saldo", Some(balance)),
        ("price", of_bill("price")),
        ("selling_price", of_bill("selling_price")),
        ("desc", of_bill("desc")),
    ];
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// Rupiah as a fractional number: the documentation calls the deposit a float, and its samples show whole ones.
pub fn as_float(rupiah: i64) -> Value {
    serde_json::from_str(&format!("{rupiah}.0")).unwrap_or(Value::Null)
}

fn of(subject: &Subject) -> Map<String, Value> {
    [("ref_id", &subject.ref_id), ("customer_no", &subject.customer_no), ("buyer_sku_code", &subject.sku)]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect()
}

fn code_of(transaction: &Transaction) -> &str {
    match transaction.state {
        State::Pending => "03",
        State::Delivered => "00",
        State::Failed => &transaction.rc,
        State::Refunded => "74",
    }
}
