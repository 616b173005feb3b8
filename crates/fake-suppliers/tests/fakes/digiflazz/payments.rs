//! One payment for one reference, one for one bill.

use std::time::Duration;

use fake_suppliers::{BrokenRule, Event, Outcome};
use serde_json::json;
use tokio::io::AsyncReadExt;

use crate::harness::{Buyer, send};

#[tokio::test]
async fn a_reference_is_paid_once_however_often_it_is_sent() {
    let buyer = Buyer::start().await;
    let first = buyer.pay("A", "pln", "5311").await;
    let again = buyer.ask("pay-pasca", "A", "pln", "5311").await;
    let asked = buyer.ask("status-pasca", "A", "pln", "5311").await;
    assert_eq!((&first, &first), (&again, &asked));
    assert_eq!(buyer.fake.journal().unwrap().deliveries().count(), 1);
    assert_eq!(buyer.fake.balance(), 1_000_000_000 - first["price"].as_i64().unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reference_that_is_sent_many_times_at_once_is_paid_once() {
    let buyer = Buyer::start().await;
    buyer.ask("inq-pasca", "A", "pln", "5311").await;
    let body = buyer.transaction("pay-pasca", "A", "pln", "5311").to_string();
    let mut connections = Vec::new();
    for _ in 0..50 {
        connections.push(send(buyer.fake.address(), "POST", "/v1/transaction", &body).await);
    }
    for mut connection in connections {
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        assert!(answer.contains("\"rc\":\"00\""), "{answer}");
    }
    assert_eq!(buyer.fake.journal().unwrap().deliveries().count(), 1);
}

#[tokio::test]
async fn any_number_has_a_bill_that_adds_up_until_it_is_paid() {
    let buyer = Buyer::start().await;
    let inquiry = buyer.ask("inq-pasca", "A", "pln", "5311").await;
    assert_eq!(inquiry["desc"], buyer.ask("inq-pasca", "B", "pln", "5311").await["desc"]);
    let details = inquiry["desc"]["detail"].as_array().unwrap();
    let number = |text: &serde_json::Value| text.as_str().unwrap().parse::<i64>().unwrap();
    let total: i64 = details.iter().map(|detail| number(&detail["nilai_tagihan"]) + number(&detail["denda"])).sum();
    assert_eq!(inquiry["selling_price"].as_i64().unwrap(), total + inquiry["admin"].as_i64().unwrap());
    assert_eq!(buyer.ask("pay-pasca", "A", "pln", "5311").await["rc"], "00");
    assert_eq!(buyer.ask("inq-pasca", "C", "pln", "5311").await["rc"], "60");
    // B's inquiry found the bill that A paid.
    assert_eq!(buyer.ask("pay-pasca", "B", "pln", "5311").await["rc"], "60");
    let journal = buyer.fake.journal().unwrap();
    assert!(journal.paid_twice().is_empty());
    let broken = journal.rules_broken().next().unwrap().event.clone();
    assert!(matches!(broken, Event::RuleBroken { rule: BrokenRule::BillPaidAgain, .. }));
}

#[tokio::test]
async fn fresh_bills_are_due_as_soon_as_one_is_paid() {
    let buyer = Buyer::with(|options| options.fresh_bills = true).await;
    let first = buyer.pay("A", "pln", "5311").await;
    let second = buyer.pay("B", "pln", "5311").await;
    assert_ne!(first["selling_price"], second["selling_price"]);
    let bills: Vec<_> = buyer.fake.journal().unwrap().deliveries().map(|delivery| delivery.bill).collect();
    assert_eq!(bills, [Some(0), Some(1)]);
}

#[tokio::test]
async fn a_failed_or_refunded_bill_is_due_again() {
    let buyer = Buyer::start().await;
    let paid = buyer.pay("A", "pdam", "5311").await;
    assert_eq!(paid["rc"], "00");
    assert!(buyer.fake.settle("A", Outcome::Refund).await.unwrap());
    assert_eq!(buyer.ask("status-pasca", "A", "pdam", "5311").await["rc"], "74");
    assert_eq!(buyer.fake.balance(), 1_000_000_000);
    let again = buyer.pay("B", "pdam", "5311").await;
    assert_eq!((&again["rc"], &again["price"]), (&"00".into(), &paid["price"]));
    assert!(buyer.fake.journal().unwrap().paid_twice().is_empty());
}

#[tokio::test]
async fn a_payment_needs_an_inquiry_of_the_same_day_in_jakarta() {
    let buyer = Buyer::with(|_| ()).await;
    assert_eq!(buyer.ask("pay-pasca", "A", "pln", "5311").await["rc"], "50");
    buyer.clock.advance(Duration::from_hours(13) + Duration::from_mins(59));
    assert_eq!(buyer.ask("inq-pasca", "A", "pln", "5311").await["rc"], "00");
    buyer.clock.advance(Duration::from_mins(1));
    assert_eq!(buyer.ask("pay-pasca", "A", "pln", "5311").await["rc"], "50");
    let journal = buyer.fake.journal().unwrap();
    let broken = journal.rules_broken().last().unwrap();
    assert!(matches!(broken.event, Event::RuleBroken { rule: BrokenRule::PaidOnAnotherDay, .. }));
}

#[tokio::test]
async fn a_prepaid_reference_buys_again_after_ninety_days() {
    let buyer = Buyer::start().await;
    let first = buyer.ask("", "A", "xld25", "087811112222").await;
    buyer.clock.advance(Duration::from_hours(90 * 24));
    assert_eq!(buyer.ask("", "A", "xld25", "087811112222").await["sn"], first["sn"]);
    buyer.clock.advance(Duration::from_millis(1));
    assert_ne!(buyer.ask("", "A", "xld25", "087811112222").await["sn"], first["sn"]);
    assert_eq!(buyer.fake.journal().unwrap().paid_twice().len(), 1);
}

#[tokio::test]
async fn a_status_is_forgotten_after_ninety_days() {
    let buyer = Buyer::start().await;
    buyer.pay("A", "pln", "5311").await;
    buyer.clock.advance(Duration::from_hours(90 * 24) + Duration::from_millis(1));
    assert_eq!(buyer.ask("status-pasca", "A", "pln", "5311").await["message"], "Data belum ada");
}

#[tokio::test]
async fn a_deposit_runs_out() {
    let buyer = Buyer::with(|options| options.balance = 25_000).await;
    assert_eq!(buyer.ask("", "A", "xld25", "087811112222").await["rc"], "00");
    assert_eq!(buyer.ask("", "B", "xld25", "087811112222").await["rc"], "44");
    assert_eq!(buyer.signed("cek-saldo", "depo", json!({ "cmd": "deposit" })).await, json!({ "deposit": 0.0 }));
    // Nothing came into being: the same reference may try again.
    buyer.fake.set_balance(25_000);
    assert_eq!(buyer.ask("", "B", "xld25", "087811112222").await["rc"], "00");
}
