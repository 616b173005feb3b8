//! `/v1/webhooks`: what became of what was sent, and the cures.

use std::time::Duration;

use app::{Policy, send_test_event};
use domain::event::EventKind;
use domain::id::EndpointId;
use futures_util::FutureExt;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::shop;
use crate::http::router::shop::Shop;

async fn webhooks(shop: &Shop, parameters: &str) -> Value {
    shop.call("/v1/webhooks", parameters).await.is("SUCCESS").json()
}

/// Adds an endpoint whose receiver answers with the status that its address ends in; gives its id.
async fn add(shop: &Shop, end: &str) -> String {
    let parameters = format!(r#"{{"cmd":"webhook-add","url":"https://toko.example.com/{end}"}}"#);
    webhooks(shop, &parameters).await["data"]["id"].as_str().unwrap().to_owned()
}

async fn buy(shop: &Shop, ref_id: &str) {
    let parameters = format!(
        r#"{{"cmd":"prepaid","code":"TSEL21","customer_no":"08123456789","ref_id":"{ref_id}","allow_duplicate":true,"testing":true}}"#
    );
    shop.order(&parameters).await.is("ORDER_SUCCESS");
}

/// All about an event, once it was tried so often.
async fn tried(shop: &Shop, number: i64, tries: usize) -> Value {
    loop {
        let event = webhooks(shop, &format!(r#"{{"cmd":"webhook-event","number":{number}}}"#)).await["data"].take();
        if event["tries"].as_array().unwrap().len() >= tries {
            return event;
        }
        tokio::task::yield_now().await;
    }
}

/// Ends when the first endpoint is in that state.
async fn is_in_state(shop: &Shop, status: &str) {
    while webhooks(shop, r#"{"cmd":"webhooks"}"#).await["data"][0]["status"] != status {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_log_tells_what_became_of_each_event() {
    let shop = shop().await;
    let id = add(&shop, "nobody").await;
    buy(&shop, "T/1").await;
    let event = tried(&shop, 1, 1).await;
    let keys: Vec<_> = event.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "number", "event", "order_id", "ref_id", "created_at", "deliveries", "payload", "tries"]);
    assert_eq!((&event["event"], &event["ref_id"]), (&json!("order.success"), &json!("T/1")));
    assert_eq!(event["payload"]["data"]["order_id"], event["order_id"]);
    let delivery = &event["deliveries"][0];
    assert_eq!(
        (&delivery["endpoint"], &delivery["status"], &delivery["tries"]),
        (&json!(id), &json!("pending"), &json!(1))
    );
    assert!(delivery["next_at"].as_str().unwrap().starts_with("2026-05-31 10:40:0"), "{delivery}");
    assert_eq!(
        event["tries"],
        json!([{
            "endpoint": id, "number": 1, "began_at": "2026-05-31 10:40:02", "took_ms": 0, "http_status": null,
            "answer": "said \u{2028}", "fault": "nobody answers", "next_at": delivery["next_at"]
        }])
    );

    let log = webhooks(&shop, r#"{"cmd":"webhook-log"}"#).await;
    assert_eq!(log["meta"], json!({ "next": 1, "has_more": false }));
    let mut entry = event.clone();
    entry.as_object_mut().unwrap().retain(|key, _| key != "payload" && key != "tries");
    assert_eq!(log["data"], json!([entry]));
}

#[tokio::test]
async fn the_log_comes_in_pages_and_by_what_is_asked_for() {
    let shop = shop().await;
    let numbers = async |more: &str| {
        let page = webhooks(&shop, &format!(r#"{{"cmd":"webhook-log"{more}}}"#)).await;
        let numbers = page["data"].as_array().unwrap().iter().map(|event| event["number"].as_i64().unwrap());
        (numbers.collect::<Vec<_>>(), page["meta"]["next"].as_i64().unwrap(), page["meta"]["has_more"] == true)
    };
    assert_eq!(numbers("").await, (vec![], 1, false));
    let good = add(&shop, "200").await;
    for ref_id in ["A", "B"] {
        buy(&shop, ref_id).await;
    }
    tried(&shop, 2, 1).await;
    let bad = add(&shop, "nobody").await;
    buy(&shop, "C").await;
    tried(&shop, 3, 2).await;

    assert_eq!(numbers("").await, (vec![3, 2, 1], 1, false));
    assert_eq!(numbers(r#","per_page":2"#).await, (vec![3, 2], 2, true));
    assert_eq!(numbers(r#","per_page":2,"before":2"#).await, (vec![1], 1, false));
    assert_eq!(numbers(r#","before":1"#).await, (vec![], 1, false));
    assert_eq!(numbers(&format!(r#","id":"{bad}""#)).await.0, [3]);
    assert_eq!(numbers(&format!(r#","id":"{good}","status":"delivered""#)).await.0, [3, 2, 1]);
    assert_eq!(numbers(r#","status":"pending""#).await.0, [3]);
    assert_eq!(numbers(r#","status":"given_up""#).await, (vec![], 1, false));
    assert_eq!(numbers(r#","id":"1""#).await, (vec![], 1, false));
}

#[tokio::test]
async fn an_event_is_sent_again_though_it_arrived() {
    let shop = shop().await;
    let id = add(&shop, "200").await;
    buy(&shop, "A").await;
    tried(&shop, 1, 1).await;
    let resent = webhooks(&shop, &format!(r#"{{"cmd":"webhook-resend","id":"{id}","number":1}}"#)).await;
    assert_eq!(
        resent["data"].to_string(),
        format!(
            r#"{{"number":1,"endpoint":"{id}","status":"pending","tries":1,"next_at":"2026-05-31 10:40:02","updated_at":"2026-05-31 10:40:02"}}"#
        )
    );
    let event = tried(&shop, 1, 2).await;
    assert_eq!((&event["tries"][0]["number"], &event["tries"][0]["http_status"]), (&json!(2), &json!(200)));
    assert_eq!(event["deliveries"][0]["status"], "delivered");
    let unknown = shop.call("/v1/webhooks", &format!(r#"{{"cmd":"webhook-resend","id":"{id}","number":2}}"#)).await;
    assert!(unknown.is("NOT_FOUND").json()["errors"]["number"].is_array());
    let nowhere = shop.call("/v1/webhooks", r#"{"cmd":"webhook-resend","id":"1","number":1}"#).await;
    assert!(nowhere.is("NOT_FOUND").json()["errors"]["id"].is_array());
}

#[tokio::test]
async fn a_test_event_goes_to_one_endpoint_and_says_that_it_is_one() {
    let shop = shop().await;
    let (id, _other) = (add(&shop, "204").await, add(&shop, "200").await);
    let parameters = format!(r#"{{"cmd":"webhook-test","id":"{id}","event":"order.refunded"}}"#);
    let sent = webhooks(&shop, &parameters).await["data"].take();
    assert_eq!((&sent["number"], &sent["event"]), (&json!(1), &json!("order.refunded")));
    assert_eq!(sent["payload"]["data"]["testing"], true);
    let event = tried(&shop, 1, 1).await;
    assert_eq!((&event["id"], &event["payload"]), (&sent["id"], &sent["payload"]));
    let deliveries = event["deliveries"].as_array().unwrap();
    assert_eq!((deliveries.len(), &deliveries[0]["endpoint"]), (1, &json!(id)));
    let usual = webhooks(&shop, &format!(r#"{{"cmd":"webhook-test","id":"{id}"}}"#)).await["data"].take();
    assert_eq!(usual["event"], "order.success");
}

#[tokio::test]
async fn what_never_arrived_is_recovered_and_the_endpoint_is_on_again() {
    let shop = shop().await;
    let id = add(&shop, "410").await;
    buy(&shop, "A").await;
    is_in_state(&shop, "gone").await;
    buy(&shop, "B").await;
    // That it was disabled is an event too, of no order, and meant for nobody here.
    let told = webhooks(&shop, r#"{"cmd":"webhook-event","number":2}"#).await["data"].take();
    assert_eq!((&told["event"], &told["payload"]["data"]["id"]), (&json!("webhook.disabled"), &json!(id)));
    assert_eq!((&told["order_id"], &told["ref_id"], &told["deliveries"]), (&Value::Null, &Value::Null, &json!([])));

    let set = format!(r#"{{"cmd":"webhook-set","id":"{id}","url":"https://toko.example.com/200"}}"#);
    assert_eq!(webhooks(&shop, &set).await["data"]["status"], "gone");
    let recover = format!(r#"{{"cmd":"webhook-recover","id":"{id}","since":"2026-05-31 10:00:00"}}"#);
    let recovered = webhooks(&shop, &recover).await;
    assert_eq!(recovered["data"], json!({ "id": id, "status": "on", "looked_at": 3, "recovered": 2 }));
    assert_eq!(recovered["meta"], json!({ "next": 3, "has_more": false }));
    assert_eq!(tried(&shop, 1, 2).await["deliveries"][0]["status"], "delivered");
    assert_eq!(tried(&shop, 3, 1).await["deliveries"][0]["status"], "delivered");
    // What arrived is not recovered; what was before, or was looked at by the call before, isn't even looked at.
    for (since, after, looked_at) in
        [("2026-05-31", 0, 3), ("2026-05-31", 1, 2), ("2026-06-01", 0, 0), ("2026-05-31", 9, 0)]
    {
        let again = format!(r#"{{"cmd":"webhook-recover","id":"{id}","since":"{since}","after":{after}}}"#);
        let data = webhooks(&shop, &again).await["data"].take();
        assert_eq!((&data["looked_at"], &data["recovered"]), (&json!(looked_at), &json!(0)), "{since} {after}");
    }
}

#[tokio::test]
async fn a_recovery_leaves_off_what_its_owner_switched_off() {
    let shop = shop().await;
    let id = add(&shop, "nobody").await;
    buy(&shop, "A").await;
    tried(&shop, 1, 1).await;
    webhooks(&shop, &format!(r#"{{"cmd":"webhook-set","id":"{id}","status":"off"}}"#)).await;
    let recover = format!(r#"{{"cmd":"webhook-recover","id":"{id}","since":"2026-05-31"}}"#);
    assert_eq!(
        webhooks(&shop, &recover).await["data"],
        json!({ "id": id, "status": "off", "looked_at": 1, "recovered": 1 })
    );
}

#[tokio::test]
async fn a_recovery_without_time_goes_on_where_it_stopped() {
    let policy = Policy { answer_within: Duration::ZERO, ..Policy::default() };
    let shop = Shop::open_on_disk().await.restart(policy).await;
    let id = add(&shop, "nobody").await;
    let endpoint_id = EndpointId(id.parse().unwrap());
    let test = || send_test_event(&shop.context, shop.demo.merchant_id, endpoint_id, EventKind::Success);
    assert!(join_all((0..501).map(|_| test())).await.iter().all(Result::is_ok));
    for (after, looked_at, next, has_more) in [(0, 500, 500, true), (500, 1, 501, false)] {
        let recover = format!(r#"{{"cmd":"webhook-recover","id":"{id}","since":"2026-05-31","after":{after}}}"#);
        let recovered = webhooks(&shop, &recover).await;
        assert_eq!(recovered["data"]["looked_at"], looked_at);
        assert_eq!(recovered["data"]["recovered"], looked_at);
        assert_eq!(recovered["meta"], json!({ "next": next, "has_more": has_more }));
    }
}

#[tokio::test]
async fn a_call_is_finished_although_its_caller_hangs_up() {
    let shop = shop().await;
    let parameters = r#"{"cmd":"webhook-add","url":"https://toko.example.com/200"}"#;
    assert!(shop.call("/v1/webhooks", parameters).now_or_never().is_none(), "it is dropped before it is answered");
    is_in_state(&shop, "on").await;
    // Whoever delivers knows of it too.
    buy(&shop, "A").await;
    tried(&shop, 1, 1).await;
}
