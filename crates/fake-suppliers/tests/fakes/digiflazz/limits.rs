//! What may not be asked too often, or too late in the evening.

use std::time::Duration;

use fake_suppliers::{BrokenRule, Event};
use serde_json::{Value, json};

use crate::harness::Buyer;

async fn list(buyer: &Buyer, body: Value) -> Value {
    buyer.signed("price-list", "pricelist", body).await
}

#[tokio::test]
async fn a_whole_list_may_be_asked_for_every_five_minutes() {
    let buyer = Buyer::with(|_| ()).await;
    let prepaid = list(&buyer, json!({ "cmd": "prepaid" })).await;
    assert!(prepaid.as_array().unwrap().iter().any(|item| item["price"] == 25_000 && item["stock"] == 0));
    assert!(prepaid.as_array().unwrap().iter().any(|item| item["price"] == "100800" && item["stock"] == "0"));
    assert_eq!(list(&buyer, json!({ "cmd": "pasca" })).await.as_array().unwrap().len(), 15);
    let refused = list(&buyer, json!({ "cmd": "prepaid" })).await;
    assert_eq!((refused.is_object(), &refused["rc"]), (true, &"83".into()));
    buyer.clock.advance(Duration::from_mins(5));
    assert!(list(&buyer, json!({ "cmd": "prepaid" })).await.is_array());
}

#[tokio::test]
async fn one_product_may_be_asked_for_every_second() {
    let buyer = Buyer::with(|_| ()).await;
    let body = || json!({ "cmd": "prepaid", "code": "pln20" });
    assert_eq!(list(&buyer, body()).await[0]["start_cut_off"], "23:45");
    assert_eq!(list(&buyer, body()).await["rc"], "83");
    buyer.clock.advance(Duration::from_secs(1));
    assert_eq!(list(&buyer, body()).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_list_is_filtered_by_brand() {
    let buyer = Buyer::start().await;
    let items = list(&buyer, json!({ "cmd": "prepaid", "brand": "XL" })).await;
    assert_eq!(items.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn asking_about_a_payment_too_often_is_written_down() {
    let buyer = Buyer::with(|_| ()).await;
    let broken = || buyer.fake.journal().unwrap().rules_broken().cloned().collect::<Vec<_>>();
    buyer.pay("A", "pln", "5311").await;
    buyer.clock.advance(Duration::from_mins(1));
    assert_eq!(buyer.ask("status-pasca", "A", "pln", "5311").await["rc"], "00");
    assert!(broken().is_empty());
    buyer.clock.advance(Duration::from_millis(59_999));
    assert_eq!(buyer.ask("status-pasca", "A", "pln", "5311").await["rc"], "00");
    assert!(matches!(broken()[..], [_]));
    assert!(matches!(broken()[0].event, Event::RuleBroken { rule: BrokenRule::AskedTooOften, .. }));
}

#[tokio::test]
async fn a_product_is_not_sold_while_it_is_cut_off() {
    let buyer = Buyer::with(|_| ()).await;
    buyer.clock.advance(Duration::from_hours(13) + Duration::from_mins(44));
    assert_eq!(buyer.ask("", "A", "pln20", "14011112222").await["rc"], "00");
    buyer.clock.advance(Duration::from_mins(1));
    assert_eq!(buyer.ask("", "B", "pln20", "14011112222").await["rc"], "58");
    buyer.clock.advance(Duration::from_mins(30));
    assert_eq!(buyer.ask("", "C", "pln20", "14011112222").await["rc"], "00");
}

#[tokio::test]
async fn name_checks_have_a_limit_of_their_own() {
    let buyer = Buyer::with(|_| ()).await;
    let body = || json!({ "customer_no": "1234554321" });
    let found = buyer.signed("inquiry-pln", "1234554321", body()).await;
    assert_eq!((&found["rc"], &found["meter_no"]), (&"00".into(), &"1234554321".into()));
    assert_eq!(buyer.signed("inquiry-pln", "1234554321", body()).await["rc"], "86");
}
