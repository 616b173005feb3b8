//! `/v1/events`: what happened, for those who ask instead of being told.

use serde_json::{Value, json};

use super::shop;
use crate::http::router::shop::Shop;

async fn buy(shop: &Shop, ref_id: &str, number: &str) {
    let parameters = format!(
        r#"{{"cmd":"prepaid","code":"TSEL21","customer_no":"{number}","ref_id":"{ref_id}","allow_duplicate":true,"testing":true}}"#
    );
    shop.order(&parameters).await;
}

/// The numbers of the events, and `meta`.
async fn events(shop: &Shop, more: &str) -> (Vec<i64>, Value) {
    let answer = shop.call("/v1/events", &format!(r#"{{"cmd":"events"{more}}}"#)).await.is("SUCCESS").json();
    let numbers = answer["data"].as_array().unwrap().iter().map(|event| event["number"].as_i64().unwrap());
    (numbers.collect(), answer["meta"].clone())
}

#[tokio::test]
async fn events_are_read_from_a_cursor_on() {
    let shop = shop().await;
    let meta = |next: i64, has_more: bool| json!({ "next": next, "has_more": has_more });
    for more in ["", r#","after":0"#, r#","after":"newest""#] {
        assert_eq!(events(&shop, more).await, (vec![], meta(0, false)));
    }
    for ref_id in ["A", "B", "C"] {
        buy(&shop, ref_id, "08123456789").await;
    }
    assert_eq!(events(&shop, "").await, (vec![1, 2, 3], meta(3, false)));
    assert_eq!(events(&shop, r#","limit":2"#).await, (vec![1, 2], meta(2, true)));
    assert_eq!(events(&shop, r#","limit":1,"after":2"#).await, (vec![3], meta(3, false)));
    assert_eq!(events(&shop, r#","after":3"#).await, (vec![], meta(3, false)));
    assert_eq!(events(&shop, r#","after":"newest","limit":500"#).await, (vec![], meta(3, false)));
    let ahead = shop.call("/v1/events", r#"{"cmd":"events","after":4}"#).await.is("VALIDATION_ERROR");
    assert!(ahead.json()["errors"]["after"].is_array());
}

#[tokio::test]
async fn what_happened_before_anybody_asked_is_not_told() {
    let shop = shop().await;
    buy(&shop, "A", "08123456789").await;
    assert_eq!(events(&shop, "").await, (vec![], json!({ "next": 0, "has_more": false })));
    buy(&shop, "B", "08123456789").await;
    assert_eq!(events(&shop, "").await.0, [1]);
}

#[tokio::test]
async fn an_event_says_what_a_webhook_would_to_the_byte() {
    let shop = shop().await;
    shop.change_product("TSEL21", |product| product.name = "Pulsa é/\u{2028} \u{1f600} \"20\"".into()).await;
    assert!(events(&shop, "").await.0.is_empty());
    buy(&shop, "T/1", "08123459005").await;
    let answer = shop.call("/v1/events", r#"{"cmd":"events"}"#).await.is("SUCCESS");
    let event = &answer.data()[0];
    let keys: Vec<_> = event.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "number", "event", "created_at", "payload"]);
    assert_eq!((&event["event"], &event["created_at"]), (&json!("order.failed"), &json!("2026-05-31 10:40:02")));

    let merchant_id = shop.demo.merchant_id;
    let stored = shop.context.read(move |snapshot| snapshot.event(merchant_id, 1)).await.unwrap().unwrap();
    assert_eq!(event["id"], stored.webhook_id());
    let payload = format!(r#""payload":{}}}],"errors":null"#, str::from_utf8(&stored.body).unwrap());
    assert!(answer.text.contains(&payload), "{}", answer.text);
}

#[tokio::test]
async fn here_also_what_is_pending_is_told() {
    let shop = shop().await;
    assert!(events(&shop, "").await.0.is_empty());
    buy(&shop, "A", "08123459008").await;
    let answer = shop.call("/v1/events", r#"{"cmd":"events"}"#).await.is("SUCCESS");
    assert_eq!(answer.data()[0]["event"], "order.pending");
}
