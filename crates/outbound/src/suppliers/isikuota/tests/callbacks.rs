//! Callbacks: signed ones say something, forged ones nothing.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::*;
use crate::supplier::{CallbackFault, CallbackNews, CallbackRequest};
use crate::suppliers::isikuota::callback;

fn sign(body: &[u8], secret: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

fn notice(event: &str, status: &str, sn: &str) -> Value {
    json!({"event": event, "timestamp": "2025-01-15T14:30:00+07:00",
        "data": {"order_id": 12_345, "ref_id": "INQ001", "status": status, "product_code": "TSEL10",
            "product_name": "Telkomsel 10.000", "customer_number": "081234567890", "price": 11_500, "sn": sn,
            "message": "Transaksi berhasil", "created_at": "2025-01-15T14:29:55+07:00",
            "updated_at": "2025-01-15T14:30:00+07:00"}})
}

fn read_signed(body: &[u8], signature: Option<String>, account: &Account) -> Result<CallbackNews, CallbackFault> {
    let headers: Vec<_> = signature.map(|signature| ("x-signature".to_owned(), signature)).into_iter().collect();
    callback::read(&CallbackRequest { headers: &headers, body }, account)
}

fn read(notice: &Value) -> Result<CallbackNews, CallbackFault> {
    let body = notice.to_string();
    read_signed(body.as_bytes(), Some(sign(body.as_bytes(), SECRET_KEY)), &account("https://example.com"))
}

fn says(answer: Answer) -> CallbackNews {
    CallbackNews::Says { supplier_ref: supplier_ref(), answer }
}

#[test]
fn every_event_says_what_became_of_the_order() {
    let price = Some(Rupiah::whole(11_500));
    let confirmed =
        |sn: Option<&str>| Answer::Confirmed { sn: sn.map(Into::into), cost: price, desc: None, ask_again: false };
    let table = [
        ("order.success", "Success", "1234", confirmed(Some("1234"))),
        ("order.success", "Success", "", confirmed(None)),
        ("order.sn_received", "Success", "1234", confirmed(Some("1234"))),
        ("order.pending", "Pending", "", Answer::Unknown { why: "pending".into() }),
        ("order.failed", "Failed", "", Answer::Refused { code: "order.failed".into(), nothing_created: false }),
        ("order.refunded", "Failed", "1234", Answer::Refunded { code: "order.refunded".into() }),
    ];
    for (event, status, sn, expected) in table {
        assert_eq!(read(&notice(event, status, sn)), Ok(says(expected)), "{event}");
    }
}

#[test]
fn of_a_bill_the_price_is_not_taken_for_its_cost() {
    let mut bill = notice("order.success", "Success", "1");
    for (member, amount) in [("tagihan", 9_000), ("admin", 2_500), ("total", 11_500)] {
        bill["data"][member] = json!(amount);
    }
    assert_eq!(
        read(&bill),
        Ok(says(Answer::Confirmed { sn: Some("1".into()), cost: None, desc: None, ask_again: false }))
    );
}

#[test]
fn an_event_that_is_unknown_or_contradicts_itself_makes_us_ask() {
    for (event, status) in [
        ("order.success", "Failed"),
        ("order.failed", "Success"),
        ("order.refunded", "Success"),
        ("order.success", "success"),
        ("order.exploded", "Success"),
        ("", "Success"),
    ] {
        assert_eq!(read(&notice(event, status, "1")), Ok(CallbackNews::AskAbout(supplier_ref())), "{event} {status}");
    }
    let mut odd = notice("order.success", "Success", "1");
    odd["data"]["price"] = json!({});
    assert_eq!(read(&odd), Ok(CallbackNews::AskAbout(supplier_ref())));
}

#[test]
fn a_rehearsal_or_an_order_that_is_not_ours_says_nothing() {
    let mut rehearsal = notice("order.success", "Success", "1");
    rehearsal["data"]["testing"] = json!(true);
    assert_eq!(read(&rehearsal), Ok(CallbackNews::Nothing));
    let body = rehearsal.to_string();
    let testing = Account { is_testing: true, ..account("https://example.com") };
    let news = read_signed(body.as_bytes(), Some(sign(body.as_bytes(), SECRET_KEY)), &testing);
    assert!(matches!(news, Ok(CallbackNews::Says { .. })));
    for reference in [json!("ORDER-2025-001"), json!(""), Value::Null, json!([])] {
        let mut other = notice("order.success", "Success", "1");
        other["data"]["ref_id"] = reference;
        assert_eq!(read(&other), Ok(CallbackNews::Nothing));
    }
}

#[test]
fn a_forged_callback_is_not_believed() {
    let account = account("https://example.com");
    let body = notice("order.success", "Success", "1").to_string().into_bytes();
    let right = sign(&body, SECRET_KEY);
    assert!(read_signed(&body, Some(right.clone()), &account).is_ok());
    let wrong = [
        None,
        Some(String::new()),
        Some("0".repeat(64)),
        Some(right[..62].to_owned()),
        Some(format!("{right}00")),
        Some(format!("sha256={right}")),
        Some(sign(&body, API_KEY)),
        Some(sign(&body, "")),
        Some("é".repeat(32)),
    ];
    for signature in wrong {
        assert_eq!(read_signed(&body, signature, &account), Err(CallbackFault::Forged));
    }
    for at in 0..body.len() {
        let mut changed = body.clone();
        changed[at] ^= 1;
        assert_eq!(read_signed(&changed, Some(right.clone()), &account), Err(CallbackFault::Forged));
    }
}

#[test]
fn without_a_secret_nothing_can_be_checked() {
    let body = b"{}";
    let account = Account { secret: Secret::default(), ..account("https://example.com") };
    assert_eq!(read_signed(body, Some(sign(body, "")), &account), Err(CallbackFault::NotExpected));
}

#[test]
fn a_signed_body_that_is_none_is_unreadable() {
    for body in ["", "null", "[]", "{}", "{\"data\":1}", "\u{fffd}"] {
        let news =
            read_signed(body.as_bytes(), Some(sign(body.as_bytes(), SECRET_KEY)), &account("https://example.com"));
        assert_eq!(news, Err(CallbackFault::Unreadable), "{body}");
    }
}
