//! How IAK shows things: bills, payments, purchases, failures. Postpaid and prepaid have different words for the same.

use serde_json::{Map, Value, json};

use crate::book::{Quote, State, Transaction};
use crate::call::{Asked, Call, Subject};
use crate::desk::Desk;
use crate::iak::code;
use crate::protocol::Answer;

/// A failure of a call, with its table's words.
pub fn refused(asked: &Asked, rc: &str) -> Answer {
    let message = if is_prepaid(asked.call) { code::prepaid(rc) } else { code::postpaid(rc) };
    coded(asked, rc, None, message)
}

/// A code with any words.
pub fn coded(asked: &Asked, rc: &str, status: Option<&Value>, message: &str) -> Answer {
    let mut data = Map::new();
    let mut set = |name: &str, value: Value| data.insert(name.to_owned(), value);
    let Subject { ref_id, sku, customer_no, tr_id } = &asked.subject;
    match asked.call {
        Call::InqPasca => {
            set("code", json!(sku));
            set("hp", json!(customer_no));
            set("ref_id", json!(ref_id));
        }
        Call::PayPasca => {
            set("tr_id", json!(tr_id));
        }
        Call::StatusPasca => {
            set("status", status.cloned().unwrap_or_else(|| json!(code::postpaid_status(rc))));
            set("ref_id", json!(ref_id));
        }
        // What isn't known has no status.
        Call::StatusPrepaid if rc == "06" => {}
        Call::TopUp | Call::StatusPrepaid => {
            set("ref_id", json!(ref_id));
            set("status", status.cloned().unwrap_or_else(|| json!(code::prepaid_status(rc))));
        }
        _ => {}
    }
    set(if is_prepaid(asked.call) { "rc" } else { "response_code" }, json!(rc));
    set("message", json!(message));
    if is_prepaid(asked.call) { Answer::ok(json!({ "data": data })) } else { postpaid(data) }
}

/// Whether a call belongs to the prepaid host.
const fn is_prepaid(call: Call) -> bool {
    !matches!(call, Call::PriceListPasca | Call::InqPasca | Call::PayPasca | Call::StatusPasca | Call::Unknown)
}

/// What an inquiry found.
pub fn quote(quote: &Quote) -> Answer {
    let Subject { ref_id, sku, customer_no, tr_id } = &quote.subject;
    let of_bill = |name: &str| quote.answer.get(name).cloned();
    let members = [
        ("tr_id", Some(json!(tr_id))),
        ("code", Some(json!(sku))),
        ("hp", Some(json!(customer_no))),
        ("tr_name", of_bill("tr_name")),
        ("period", of_bill("period")),
        ("nominal", of_bill("nominal")),
        ("admin", of_bill("admin")),
        ("ref_id", Some(json!(ref_id))),
        ("response_code", Some(json!("00"))),
        ("message", Some(json!("INQUIRY SUCCESS"))),
        ("price", of_bill("price")),
        ("selling_price", of_bill("selling_price")),
        ("desc", of_bill("desc")),
    ];
    postpaid(present(members))
}

/// A bill's payment as it is now, as the answer to `pay-pasca`.
pub fn payment(desk: &Desk, transaction: &Transaction) -> Answer {
    postpaid(payment_members(desk, transaction))
}

/// The same as the answer to `checkstatus`: with a status, and amounts that are fractional.
pub fn payment_status(desk: &Desk, transaction: &Transaction) -> Answer {
    let mut data = payment_members(desk, transaction);
    let (status, rc) = match transaction.state {
        State::Delivered => (1, "00"),
        State::Failed | State::Refunded => (2, "37"),
        State::Pending => (3, "39"),
    };
    for name in ["nominal", "admin", "price", "selling_price", "balance"] {
        if let Some(amount) = data.get_mut(name) {
            *amount = serde_json::from_str(&format!("{amount}.0")).unwrap_or(Value::Null);
        }
    }
    data.insert("response_code".to_owned(), json!(rc));
    if status != 1 {
        data.insert("message".to_owned(), json!(code::postpaid(rc)));
    }
    data.insert("status".to_owned(), json!(status));
    postpaid(data)
}

fn payment_members(desk: &Desk, transaction: &Transaction) -> Map<String, Value> {
    let Subject { ref_id, sku, customer_no, tr_id } = &transaction.subject;
    let rc = match transaction.state {
        State::Pending => "39",
        State::Delivered => "00",
        State::Failed => transaction.rc.as_str(),
        State::Refunded => "37",
    };
    let is_paid = rc == "00";
    let message = if is_paid { "PAYMENT SUCCESS" } else { code::postpaid(rc) };
    let of_bill = |name: &str| transaction.answer.get(name).filter(|_| is_paid).cloned();
    present([
        ("tr_id", Some(json!(tr_id))),
        ("code", Some(json!(sku))),
        ("datetime", Some(json!(transaction.at.digits())).filter(|_| is_paid)),
        ("hp", Some(json!(customer_no))),
        ("tr_name", of_bill("tr_name")),
        ("period", of_bill("period")),
        ("nominal", of_bill("nominal")),
        ("admin", of_bill("admin")),
        ("response_code", Some(json!(rc))),
        ("message", Some(json!(message))),
        ("price", of_bill("price")),
        ("selling_price", of_bill("selling_price")),
        ("balance", Some(json!(desk.balance())).filter(|_| is_paid)),
        ("noref", Some(json!(transaction.sn)).filter(|_| is_paid)),
        ("ref_id", Some(json!(ref_id))),
        ("desc", of_bill("desc")),
    ])
}

/// A purchase as it is now.
pub fn purchase(desk: &Desk, transaction: &Transaction) -> Answer {
    Answer::ok(json!({ "data": purchase_members(desk, transaction) }))
}

/// The members that tell a purchase.
pub fn purchase_members(desk: &Desk, transaction: &Transaction) -> Map<String, Value> {
    let Subject { ref_id, sku, customer_no, tr_id } = &transaction.subject;
    let (status, rc, message) = match transaction.state {
        State::Pending => (0, "39", code::prepaid("39")),
        State::Delivered => (1, "00", code::prepaid("00")),
        State::Failed => (2, transaction.rc.as_str(), code::prepaid(&transaction.rc)),
        State::Refunded => (2, "07", code::prepaid("07")),
    };
    present([
        ("ref_id", Some(json!(ref_id))),
        ("status", Some(json!(status))),
        ("product_code", Some(json!(sku))),
        ("customer_id", Some(json!(customer_no))),
        ("price", Some(json!(transaction.price))),
        ("message", Some(json!(message))),
        ("sn", Some(json!(transaction.sn)).filter(|_| status == 1)),
        ("balance", Some(json!(desk.balance()))),
        ("tr_id", Some(json!(tr_id))),
        ("rc", Some(json!(rc))),
    ])
}

/// Postpaid answers have an empty `meta` beside their data.
pub fn postpaid(data: impl serde::Serialize) -> Answer {
    Answer::ok(json!({ "data": data, "meta": [] }))
}

fn present<const N: usize>(members: [(&str, Option<Value>); N]) -> Map<String, Value> {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}
