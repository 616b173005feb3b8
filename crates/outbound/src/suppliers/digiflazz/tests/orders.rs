//! Answers about orders, as a whole.

use crate::suppliers::tests::without_details;
use domain::answer::Answer;
use domain::money::Rupiah;
use serde_json::{Value, json};

use crate::supplier::{Supplier, Task};
use crate::suppliers::tests::scripted::{Play, Scripted};

use super::{adapter, bill_task, contract, is_unknown, top_up_task, with};

async fn sent(task: &Task, body: &Value) -> Answer {
    let server = Scripted::open().await;
    let adapter = adapter(Some(&server.url()), false);
    without_details(server.play(adapter.send(task), Play::Answer(200, body.to_string())).await.0.meaning)
}

async fn checked(task: &Task, body: &Value) -> Answer {
    let server = Scripted::open().await;
    let adapter = adapter(Some(&server.url()), false);
    without_details(server.play(adapter.check(task), Play::Answer(200, body.to_string())).await.0.meaning)
}

fn confirmed(sn: Option<&str>, cost: Option<u32>) -> Answer {
    Answer::Confirmed { sn: sn.map(Into::into), cost: cost.map(Rupiah::whole), desc: None, ask_again: false }
}

fn refused(code: &str, nothing_created: bool) -> Answer {
    Answer::Refused { code: code.into(), nothing_created }
}

fn paid() -> Value {
    contract::json("Full official sample", 0)
}

fn topped_up(sn: &str) -> Value {
    with(contract::json("sample pending", 0), &[("status", json!("Sukses")), ("rc", json!("00")), ("sn", json!(sn))])
}

fn failed(rc: &str) -> Value {
    let customer_no = json!("530000000001");
    with(contract::json("Failed sample", 0), &[("rc", json!(rc)), ("customer_no", customer_no)])
}

#[tokio::test]
async fn the_documented_answers_mean_what_they_say() {
    assert_eq!(sent(&bill_task(), &paid()).await, confirmed(Some("S1234554321N"), Some(10_000)));
    assert_eq!(checked(&bill_task(), &paid()).await, confirmed(Some("S1234554321N"), Some(10_000)));
    let pending = sent(&top_up_task(), &contract::json("sample pending", 0)).await;
    assert_eq!(pending, Answer::Unknown { why: "pending: 03 Transaksi Pending".into() });
    assert_eq!(sent(&bill_task(), &failed("02")).await, refused("02", false));
}

#[tokio::test]
async fn a_payment_tells_what_its_inquiry_could_not() {
    let server = Scripted::open().await;
    let adapter = adapter(Some(&server.url()), false);
    let heard = server.play(adapter.send(&bill_task()), Play::Answer(200, paid().to_string())).await.0;
    let Answer::Confirmed { desc: Some(desc), .. } = heard.meaning else { panic!() };
    assert!(desc.contains(r#""meter_awal":"00080000","meter_akhir":"00090000""#), "{desc}");
}

#[tokio::test]
async fn a_bills_success_needs_the_member_sn() {
    for body in [with(paid(), &[("sn", Value::Null)]), {
        let mut body = paid();
        body["data"]["sn"] = Value::Null;
        body
    }] {
        assert!(is_unknown(&sent(&bill_task(), &body).await), "{body}");
        assert!(is_unknown(&checked(&bill_task(), &body).await), "{body}");
    }
    // BPJS Ketenagakerjaan gives none, and says so.
    let empty = with(paid(), &[("sn", json!(""))]);
    assert_eq!(sent(&bill_task(), &empty).await, confirmed(Some(""), Some(10_000)));
    for odd in [json!(true), json!(["S1"]), json!({})] {
        assert!(is_unknown(&sent(&bill_task(), &with(paid(), &[("sn", odd)])).await));
    }
}

#[tokio::test]
async fn a_top_ups_proof_may_come_later() {
    assert_eq!(sent(&top_up_task(), &topped_up("")).await, confirmed(None, Some(25_000)));
    assert_eq!(sent(&top_up_task(), &topped_up("0123")).await, confirmed(Some("0123"), Some(25_000)));
    assert_eq!(checked(&top_up_task(), &topped_up("0123")).await, confirmed(Some("0123"), Some(25_000)));
}

#[tokio::test]
async fn a_price_that_cannot_be_read_costs_no_success() {
    for (price, cost) in [
        (json!("10000"), Some(10_000)),
        (json!(10000.0), Some(10_000)),
        (json!(10000.5), None),
        (json!(-1), None),
        (json!("?"), None),
        (Value::Null, None),
    ] {
        assert_eq!(sent(&bill_task(), &with(paid(), &[("price", price)])).await, confirmed(Some("S1234554321N"), cost));
    }
}

#[tokio::test]
async fn an_answer_about_somebody_else_says_nothing() {
    for member in ["ref_id", "customer_no", "buyer_sku_code"] {
        for other in [json!("530000000002"), json!({}), json!(true)] {
            let body = with(paid(), &[(member, other)]);
            assert!(is_unknown(&sent(&bill_task(), &body).await), "{body}");
            assert!(is_unknown(&checked(&bill_task(), &body).await), "{body}");
        }
        // What it doesn't name can't be another's.
        assert!(!is_unknown(&sent(&bill_task(), &with(paid(), &[(member, Value::Null)])).await));
    }
}

#[tokio::test]
async fn a_refusal_proves_something_only_about_the_first_sending() {
    let again = Task { is_repeat: true, ..bill_task() };
    for rc in ["02", "44", "47", "49", "51", "60", "63"] {
        let nothing_created = ["44", "47", "49", "63"].contains(&rc);
        assert_eq!(sent(&bill_task(), &failed(rc)).await, refused(rc, nothing_created));
        assert!(is_unknown(&sent(&again, &failed(rc)).await), "{rc}");
    }
    let top_up_again = Task { is_repeat: true, ..top_up_task() };
    for rc in ["44", "47", "49", "60", "63", "69"] {
        let body = with(failed(rc), &[("customer_no", Value::Null), ("buyer_sku_code", Value::Null)]);
        assert!(matches!(sent(&top_up_task(), &body).await, Answer::Refused { .. }), "{rc}");
        assert!(is_unknown(&sent(&top_up_again, &body).await), "{rc}");
        assert!(is_unknown(&checked(&top_up_task(), &body).await), "{rc}");
    }
}

#[tokio::test]
async fn a_biller_that_timed_out_is_believed_to_have_failed_only_later() {
    for rc in ["01", "70"] {
        assert!(is_unknown(&sent(&bill_task(), &failed(rc)).await));
        assert_eq!(checked(&bill_task(), &failed(rc)).await, refused(rc, false));
    }
}

#[tokio::test]
async fn a_refund_is_one_in_every_call() {
    for answer in [sent(&bill_task(), &failed("74")).await, checked(&bill_task(), &failed("74")).await] {
        assert_eq!(answer, Answer::Refunded { code: "74".into() });
    }
}

#[tokio::test]
async fn the_http_status_is_not_listened_to() {
    for status in [200, 400, 403, 500] {
        let server = Scripted::open().await;
        let adapter = adapter(Some(&server.url()), false);
        let task = bill_task();
        let (heard, _) = server.play(adapter.send(&task), Play::Answer(status, failed("44").to_string())).await;
        assert_eq!(heard.meaning, refused("44", true));
        assert_eq!(heard.exchange.unwrap().status, Some(status));
    }
}

#[tokio::test]
async fn a_member_that_is_there_twice_makes_an_answer_unreadable() {
    let server = Scripted::open().await;
    let adapter = adapter(Some(&server.url()), false);
    let task = bill_task();
    let body = r#"{"data":{"ref_id":"some1d","rc":"02","rc":"00","status":"Sukses","sn":"S1"}}"#;
    let (heard, _) = server.play(adapter.send(&task), Play::Answer(200, body.to_owned())).await;
    assert!(is_unknown(&heard.meaning));
}
