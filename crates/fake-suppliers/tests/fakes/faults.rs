//! Each fault, as a raw client sees it, and what is true meanwhile.

use fake_suppliers::{Call, Contradiction, Event, Fault, Match, Plan, Rule, StatusBody};
use serde_json::json;

use crate::harness::{Buyer, Seen, exchange, send};

/// A buyer whose bill is found, and whose next payment is spoilt.
async fn spoilt(rule: Rule) -> Buyer {
    let buyer = Buyer::start().await;
    buyer.ask("inq-pasca", "A", "pln", "5311").await;
    buyer.fake.set_plan(Plan::of([rule]));
    buyer
}

async fn pay(buyer: &Buyer) -> Seen {
    buyer.post("transaction", &buyer.transaction("pay-pasca", "A", "pln", "5311")).await
}

fn deliveries(buyer: &Buyer) -> usize {
    buyer.fake.journal().unwrap().deliveries().count()
}

fn once(fault: Fault) -> Rule {
    Rule::once(Call::PayPasca, fault)
}

#[tokio::test]
async fn silence_leaves_the_connection_open_before_or_after_the_work() {
    for (fault, delivered) in [(Fault::SilentBefore, 0), (Fault::SilentAfter, 1)] {
        let buyer = spoilt(once(fault)).await;
        let body = buyer.transaction("pay-pasca", "A", "pln", "5311").to_string();
        let stream = send(buyer.fake.address(), "POST", "/v1/transaction", &body).await;
        let withheld = |entry: &fake_suppliers::Entry| matches!(entry.event, Event::Answered { http: None, .. });
        buyer.fake.wait_for(withheld).await.unwrap();
        assert_eq!(deliveries(&buyer), delivered);
        assert_eq!(stream.try_read(&mut [0]).unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    }
}

#[tokio::test]
async fn a_connection_is_reset_at_any_point() {
    let cases = [
        (once(Fault::ResetBefore), 0, false),
        (once(Fault::ResetAfter), 1, false),
        (once(Fault::ResetMidAnswer), 1, true),
        (once(Fault::ResetMidAnswer).without_work(), 0, true),
    ];
    for (rule, delivered, has_begun) in cases {
        let buyer = spoilt(rule).await;
        let seen = pay(&buyer).await;
        assert!(matches!(&seen, Seen::Reset(body) if body.is_empty() != has_begun), "{seen:?}");
        assert_eq!(deliveries(&buyer), delivered);
    }
}

#[tokio::test]
async fn an_answer_may_be_no_answer_at_all() {
    for (is_done, delivered) in [(true, 1), (false, 0)] {
        for fault in [Fault::Garbage, Fault::Truncated, Fault::Html] {
            let buyer = spoilt(Rule { work: is_done, ..once(fault.clone()) }).await;
            let Seen::Answer(200, content_type, body) = pay(&buyer).await else { panic!("no answer") };
            assert!(serde_json::from_slice::<serde_json::Value>(&body).is_err());
            assert_eq!(content_type.starts_with("text/html"), fault == Fault::Html);
            assert_eq!(deliveries(&buyer), delivered);
        }
    }
}

#[tokio::test]
async fn a_status_comes_with_or_without_the_answer() {
    let status = |body| once(Fault::Status { code: 502, body });
    let buyer = spoilt(status(StatusBody::Empty)).await;
    assert!(matches!(pay(&buyer).await, Seen::Answer(502, _, body) if body.is_empty()));
    assert_eq!(deliveries(&buyer), 1);
    let buyer = spoilt(status(StatusBody::Own)).await;
    let seen = pay(&buyer).await;
    assert_eq!(seen.json()["data"]["rc"], "00");
    assert!(matches!(seen, Seen::Answer(502, ..)));
    let buyer = spoilt(status(StatusBody::Own).without_work()).await;
    assert_eq!(pay(&buyer).await.json()["data"]["rc"], "02");
    assert_eq!(deliveries(&buyer), 0);
}

#[tokio::test]
async fn a_code_is_whatever_the_plan_says() {
    let code = |status| Fault::Code { rc: "77".to_owned(), status, message: "?".to_owned() };
    let buyer = spoilt(once(code(Some(json!("Aneh"))))).await;
    let data = pay(&buyer).await.json()["data"].clone();
    let expected = json!({
        "ref_id": "A", "customer_no": "5311", "buyer_sku_code": "pln", "message": "?", "status": "Aneh", "rc": "77",
    });
    assert_eq!((data, deliveries(&buyer)), (expected, 1));
    let buyer = spoilt(once(code(None)).without_work()).await;
    assert_eq!((pay(&buyer).await.json()["data"]["status"].clone(), deliveries(&buyer)), (json!("Gagal"), 0));
    let known = Fault::Code { rc: "99".to_owned(), status: None, message: String::new() };
    let data = pay(&spoilt(once(known)).await).await.json()["data"].clone();
    assert_eq!((&data["status"], &data["message"]), (&"Pending".into(), &"DF Router Issue".into()));
}

#[tokio::test]
async fn an_answer_contradicts_the_truth() {
    let buyer = spoilt(once(Fault::Contradict(Contradiction::FailedButDelivered))).await;
    assert_eq!(pay(&buyer).await.json()["data"]["rc"], "02");
    assert_eq!(deliveries(&buyer), 1);
    assert_eq!(buyer.ask("status-pasca", "A", "pln", "5311").await["rc"], "00");
}

#[tokio::test]
async fn an_amount_is_off_in_the_answer_alone() {
    let buyer = spoilt(once(Fault::WrongAmount { by: 777 })).await;
    let said = pay(&buyer).await.json()["data"].clone();
    let truth = buyer.ask("status-pasca", "A", "pln", "5311").await;
    for name in ["price", "selling_price"] {
        assert_eq!(said[name].as_i64().unwrap(), truth[name].as_i64().unwrap() + 777);
    }
    assert_eq!(buyer.fake.balance(), 1_000_000_000 - truth["price"].as_i64().unwrap());
}

#[tokio::test]
async fn a_slow_supplier_does_the_work_even_if_nobody_waits() {
    let buyer = spoilt(once(Fault::Delay { ms: 60_000 })).await;
    let body = buyer.transaction("pay-pasca", "A", "pln", "5311").to_string();
    let stream = send(buyer.fake.address(), "POST", "/v1/transaction", &body).await;
    buyer.fake.wait_for(|entry| matches!(entry.event, Event::Faulted { .. })).await.unwrap();
    assert_eq!(deliveries(&buyer), 0);
    drop(stream);
    buyer.clock.advance(std::time::Duration::from_mins(1));
    buyer.fake.wait_for(|entry| entry.delivery().is_some()).await.unwrap();
}

#[tokio::test]
async fn a_plan_is_changed_while_the_fake_runs() {
    let buyer = Buyer::start().await;
    let control = |method, what: &'static str, body: String| {
        let address = buyer.fake.address();
        async move { exchange(address, method, &format!("/v1/_fake/{what}"), &body).await }
    };
    let plan = Plan::of([Rule {
        matching: Match { customer_no: Some("5311".to_owned()), ..Match::default() },
        ..Rule::always(Call::InqPasca, Fault::Html)
    }]);
    control("PUT", "plan", serde_json::to_string(&plan).unwrap()).await;
    assert_eq!(control("GET", "plan", String::new()).await.json(), serde_json::to_value(&plan).unwrap());
    assert!(matches!(control("PUT", "plan", "{\"rules\":1}".to_owned()).await, Seen::Answer(400, ..)));
    let inquiry = |number| buyer.transaction("inq-pasca", number, "pln", number);
    assert!(
        matches!(buyer.post("transaction", &inquiry("5311")).await, Seen::Answer(_, kind, _) if kind.contains("html"))
    );
    assert_eq!(buyer.post("transaction", &inquiry("5312")).await.json()["data"]["rc"], "00");
}

#[tokio::test]
async fn a_fake_is_told_over_http_what_to_do() {
    let buyer = Buyer::start().await;
    let address = buyer.fake.address();
    buyer.pay("A", "pln", "630000000001").await;
    let transactions = exchange(address, "GET", "/_fake/transactions", "").await.json();
    assert_eq!((&transactions[0]["ref_id"], &transactions[0]["state"]), (&"A".into(), &"pending".into()));
    let settle = json!({ "ref_id": "A", "outcome": "success" }).to_string();
    assert!(matches!(exchange(address, "POST", "/_fake/settle", &settle).await, Seen::Answer(200, ..)));
    assert!(matches!(exchange(address, "POST", "/_fake/settle", &settle).await, Seen::Answer(409, ..)));
    let journal = exchange(address, "GET", "/_fake/journal", "").await.json();
    assert!(journal.as_array().unwrap().iter().any(|line| line["event"] == "delivered" && line["ref_id"] == "A"));
    let clock = exchange(address, "POST", "/_fake/clock", "{\"offset_seconds\":86400}").await.json();
    assert_eq!(clock["now"], "2026-06-01 10:00:00.000");
}
