//! `/v1/webhooks`: endpoints are added, shown, changed and removed, each by its owner alone.

use std::time::Duration;

use domain::command::MerchantChange;
use serde_json::{Value, json};

use super::shop;
use crate::http::router::shop::Shop;

const ADD: &str = r#"{"cmd":"webhook-add","url":"https://toko.example.com/webhook"}"#;
const LIST: &str = r#"{"cmd":"webhooks"}"#;

async fn webhooks(shop: &Shop, parameters: &str) -> Value {
    shop.call("/v1/webhooks", parameters).await.is("SUCCESS").data()
}

/// Adds the endpoint; gives its id.
async fn add(shop: &Shop) -> String {
    webhooks(shop, ADD).await["id"].as_str().unwrap().to_owned()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn an_endpoint_begins_with_the_usual_terms_and_a_secret() {
    let shop = shop().await;
    let answer = shop.call("/v1/webhooks", ADD).await.is("SUCCESS");
    assert_eq!(answer.json()["message"], "Webhook berhasil ditambahkan");
    let listed = shop.call("/v1/webhooks", LIST).await.is("SUCCESS");
    assert!(listed.json()["meta"].is_null());
    let (added, listed) = (answer.data(), listed.data());
    assert_eq!(keys(&added), [&keys(&listed[0])[..], &["secret", "old_secret_until"]].concat());
    assert!(added["secret"].as_str().unwrap().starts_with("whsec_"));

    let id = added["id"].as_str().unwrap();
    assert!(id.bytes().all(|byte| byte.is_ascii_digit()), "{id}");
    assert_eq!(
        listed.to_string(),
        format!(
            r#"[{{"id":"{id}","url":"https://toko.example.com/webhook","description":"","events":["order.success","order.failed","order.sn_received","order.refunded"],"status":"on","failing_since":null,"max_in_flight":8,"rate_per_second":null,"headers":[],"created_at":"2026-05-31 10:40:02","updated_at":"2026-05-31 10:40:02"}}]"#
        )
    );
}

#[tokio::test]
async fn an_endpoint_is_added_and_changed_on_its_owners_terms() {
    let shop = shop().await;
    let add = r#"{"cmd":"webhook-add","url":"https://gudang.example.com/","testing":true,"description":"Gudang é",
        "events":["order.pending","order.success","order.pending"],
        "headers":{"X-Key":"k1","Authorization":"Bearer k2"},"max_in_flight":64,"rate_per_second":10000}"#;
    let added = webhooks(&shop, add).await;
    assert_eq!(added["description"], "Gudang é");
    assert_eq!(added["events"], json!(["order.success", "order.pending"]));
    assert_eq!(added["headers"], json!(["X-Key", "Authorization"]));
    assert_eq!((&added["max_in_flight"], &added["rate_per_second"]), (&json!(64), &json!(10_000)));

    let id = added["id"].as_str().unwrap();
    // `[]` is how PHP writes an empty map.
    let set = format!(r#"{{"cmd":"webhook-set","id":"{id}","headers":[],"rate_per_second":0,"status":"off"}}"#);
    let changed = webhooks(&shop, &set).await;
    assert_eq!((&changed["headers"], &changed["rate_per_second"]), (&json!([]), &Value::Null));
    assert_eq!((&changed["status"], &changed["description"]), (&json!("off"), &added["description"]));
    assert!(changed.get("secret").is_none());

    let set = json!({
        "cmd": "webhook-set", "id": id, "url": "https://lain.example.com/", "description": "", "headers": {},
        "events": ["order.failed"], "max_in_flight": 1, "status": "on"
    });
    let changed = webhooks(&shop, &set.to_string()).await;
    assert_eq!((&changed["url"], &changed["status"]), (&json!("https://lain.example.com/"), &json!("on")));
    assert_eq!(webhooks(&shop, LIST).await, json!([changed]));
}

#[tokio::test]
async fn secrets_are_shown_only_to_who_asks_for_them() {
    let shop = shop().await;
    let added = webhooks(&shop, &ADD.replace('}', r#","headers":{"X-Key":"very-secret"}}"#)).await;
    let (id, first) = (added["id"].as_str().unwrap(), added["secret"].as_str().unwrap());
    let set = format!(r#"{{"cmd":"webhook-set","id":"{id}","description":"x"}}"#);
    for parameters in [LIST, r#"{"cmd":"webhook-log"}"#, &set] {
        let text = shop.call("/v1/webhooks", parameters).await.is("SUCCESS").text;
        assert!(!text.contains("very-secret") && !text.contains("whsec_"), "{text}");
    }
    let read = webhooks(&shop, &format!(r#"{{"cmd":"webhook-secret","id":"{id}"}}"#)).await;
    assert_eq!((&read["secret"], &read["old_secret_until"]), (&added["secret"], &Value::Null));

    let rotated = webhooks(&shop, &format!(r#"{{"cmd":"webhook-secret","id":"{id}","rotate":true}}"#)).await;
    assert!(rotated["secret"].as_str().unwrap().starts_with("whsec_") && rotated["secret"] != first);
    assert_eq!(rotated["old_secret_until"], "2026-06-01 10:40:02");
    let ask = format!(r#"{{"cmd":"webhook-secret","id":"{id}","rotate":false}}"#);
    assert_eq!(webhooks(&shop, &ask).await["secret"], rotated["secret"]);
    shop.clock.advance(Duration::from_hours(24));
    assert_eq!(webhooks(&shop, &ask).await["old_secret_until"], Value::Null);
}

#[tokio::test]
async fn what_was_removed_is_gone() {
    let shop = shop().await;
    let id = add(&shop).await;
    let remove = format!(r#"{{"cmd":"webhook-remove","id":"{id}"}}"#);
    assert_eq!(webhooks(&shop, &remove).await, json!({ "id": id }));
    assert_eq!(webhooks(&shop, LIST).await, json!([]));
    shop.call("/v1/webhooks", &remove).await.is("NOT_FOUND");
    add(&shop).await;
}

#[tokio::test]
async fn an_address_is_added_once_and_ten_at_most() {
    let shop = shop().await;
    let id = add(&shop).await;
    let again = shop.call("/v1/webhooks", ADD).await.is("VALIDATION_ERROR");
    assert_eq!(again.json()["errors"], json!({ "url": ["Alamat ini sudah terdaftar."] }));
    for number in 2..=10 {
        let parameters = format!(r#"{{"cmd":"webhook-add","url":"https://toko.example.com/{number}"}}"#);
        webhooks(&shop, &parameters).await;
    }
    let set = format!(r#"{{"cmd":"webhook-set","id":"{id}","url":"https://toko.example.com/2"}}"#);
    shop.call("/v1/webhooks", &set).await.is("VALIDATION_ERROR");
    let eleventh = r#"{"cmd":"webhook-add","url":"https://toko.example.com/11"}"#;
    let refused = shop.call("/v1/webhooks", eleventh).await.is("VALIDATION_ERROR");
    assert_eq!(refused.json()["errors"], json!({ "url": ["Sudah ada sepuluh webhook; hapus satu dulu."] }));
}

#[tokio::test]
async fn an_endpoint_is_its_owners_alone() {
    let shop = shop().await;
    let id = add(&shop).await;
    let test = format!(r#"{{"cmd":"webhook-test","id":"{id}"}}"#);
    webhooks(&shop, &test).await;
    let secret = format!(r#"{{"cmd":"webhook-secret","id":"{id}"}}"#);
    let before = webhooks(&shop, &secret).await;

    let other = shop.add_merchant("other", "other-key", "other-secret", 0).await;
    let ask = async |path: &str, parameters: &str| shop.post(path, shop.signed_by(&other, parameters)).await;
    assert_eq!(ask("/v1/webhooks", LIST).await.data(), json!([]));
    assert_eq!(ask("/v1/webhooks", r#"{"cmd":"webhook-log"}"#).await.data(), json!([]));
    assert_eq!(ask("/v1/events", r#"{"cmd":"events"}"#).await.data(), json!([]));
    for parameters in [
        format!(r#"{{"cmd":"webhook-set","id":"{id}","status":"off"}}"#),
        format!(r#"{{"cmd":"webhook-secret","id":"{id}","rotate":true}}"#),
        format!(r#"{{"cmd":"webhook-remove","id":"{id}"}}"#),
        format!(r#"{{"cmd":"webhook-recover","id":"{id}","since":"2026-05-31"}}"#),
        secret.clone(),
        test,
    ] {
        let refused = ask("/v1/webhooks", &parameters).await.is("NOT_FOUND");
        assert_eq!(refused.json()["errors"], json!({ "id": ["Tidak ada webhook dengan id ini."] }), "{parameters}");
    }
    for parameters in [
        r#"{"cmd":"webhook-event","number":1}"#.to_owned(),
        format!(r#"{{"cmd":"webhook-resend","id":"{id}","number":1}}"#),
    ] {
        let refused = ask("/v1/webhooks", &parameters).await.is("NOT_FOUND");
        assert!(refused.json()["errors"]["number"].is_array(), "{}", refused.text);
    }
    let after = webhooks(&shop, &secret).await;
    for member in ["id", "url", "secret", "old_secret_until"] {
        assert_eq!(after[member], before[member]);
    }
}

#[tokio::test]
async fn calls_are_limited_and_signed_like_any_other() {
    let shop = shop().await;
    for (path, parameters) in [("/v1/webhooks", LIST), ("/v1/events", r#"{"cmd":"events"}"#)] {
        let signed = shop.signed(parameters);
        let forged = signed.replace(r#""cmd":""#, r#""testing":true,"cmd":""#);
        let refused = shop.post(path, forged).await.is("SIGNATURE_INVALID");
        assert_eq!(refused.json()["errors"]["signature"].as_array().unwrap().len(), 3);
        // Named by its cmd, a signed request means nothing elsewhere.
        for elsewhere in ["/v1/webhooks", "/v1/events", "/v1/mutations", "/v1/order"] {
            let code = if elsewhere == path { "SUCCESS" } else { "VALIDATION_ERROR" };
            let answer = shop.post(elsewhere, signed.clone()).await.is(code);
            assert_eq!(answer.json()["errors"].get("cmd").is_some(), elsewhere != path, "{}", answer.text);
        }
    }
    shop.change(MerchantChange::Suspend).await;
    shop.call("/v1/webhooks", LIST).await.is("SUCCESS");
    shop.change(MerchantChange::RatePerSecond(Some(1))).await;
    shop.call("/v1/webhooks", LIST).await.is("SUCCESS");
    shop.call("/v1/events", r#"{"cmd":"events"}"#).await.is("SUCCESS");
    let refused = shop.call("/v1/webhooks", LIST).await.is("RATE_LIMITED");
    assert_eq!(refused.header("retry-after"), Some("1"));
}
