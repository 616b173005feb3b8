//! `/v1/webhooks` and `/v1/events`: which fields are blamed, and what is said of them.

use serde_json::json;

use super::shop;
use crate::http::router::shop::Shop;

/// The fields that are blamed, in their order.
async fn blamed(shop: &Shop, path: &str, parameters: &str) -> String {
    let answer = shop.call(path, &format!("{{{parameters}}}")).await.is("VALIDATION_ERROR");
    let errors = answer.json()["errors"].clone();
    errors.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_wrong_term_of_an_endpoint_is_blamed_at_once() {
    let shop = shop().await;
    let long = format!(r#""description":"{}""#, "é".repeat(201));
    let many: Vec<String> = (0..21).map(|number| format!(r#""X-{number}":"v""#)).collect();
    let many = format!(r#""headers":{{{}}}"#, many.join(","));
    for (terms, fields) in [
        (
            r#""url":null,"description":1,"events":"order.success","headers":"X","max_in_flight":0,"rate_per_second":-1"#,
            "url description events headers max_in_flight rate_per_second",
        ),
        (r#""url":1,"max_in_flight":65,"rate_per_second":10001"#, "url max_in_flight rate_per_second"),
        (r#""max_in_flight":"8","rate_per_second":null"#, "max_in_flight rate_per_second"),
        (&long, "description"),
        (r#""description":"a\u0000""#, "description"),
        (r#""events":[]"#, "events"),
        (r#""events":["order.success","order.sold"]"#, "events"),
        (r#""events":[1]"#, "events"),
        (r#""headers":["X-Key"]"#, "headers"),
        (&many, "headers"),
        (
            r#""headers":{"Host":"x","X-A":1,"X-B":"a","x-b":"b","X-C":"é","webhook-id":"1"}"#,
            "headers.Host headers.X-A headers.x-b headers.X-C headers.webhook-id",
        ),
    ] {
        let url = if terms.contains("url") { "" } else { r#""url":"https://toko.example.com/","# };
        let add = format!(r#""cmd":"webhook-add",{url}{terms}"#);
        assert_eq!(blamed(&shop, "/v1/webhooks", &add).await, fields, "{terms}");
        let set = format!(r#""cmd":"webhook-set","id":"1",{terms}"#);
        assert_eq!(blamed(&shop, "/v1/webhooks", &set).await, fields, "{terms}");
    }
}

#[tokio::test]
async fn every_wrong_field_of_a_call_is_blamed_at_once() {
    let shop = shop().await;
    for (parameters, fields) in [
        ("", "cmd"),
        (r#""cmd":"webhook""#, "cmd"),
        (r#""cmd":["webhooks"]"#, "cmd"),
        (r#""cmd":"webhook-add""#, "url"),
        (r#""cmd":"webhook-set""#, "id"),
        (r#""cmd":"webhook-set","id":12,"url":"x","status":"gone""#, "id url status"),
        (r#""cmd":"webhook-set","id":"","status":true"#, "id status"),
        (r#""cmd":"webhook-secret","id":"-1","rotate":1"#, "id rotate"),
        (r#""cmd":"webhook-remove","id":"99999999999999999999""#, "id"),
        (r#""cmd":"webhook-log","id":1,"status":"lost","before":0,"per_page":101"#, "id status before per_page"),
        (r#""cmd":"webhook-event""#, "number"),
        (r#""cmd":"webhook-event","number":"1""#, "number"),
        (r#""cmd":"webhook-resend""#, "id number"),
        (r#""cmd":"webhook-recover""#, "id since"),
        (r#""cmd":"webhook-recover","id":"1","since":"yesterday","after":-1"#, "since after"),
        (r#""cmd":"webhook-test","event":"order.sold""#, "id event"),
    ] {
        assert_eq!(blamed(&shop, "/v1/webhooks", parameters).await, fields, "{parameters}");
    }
    for (parameters, fields) in [
        (r#""cmd":"webhooks""#, "cmd"),
        (r#""cmd":"events","after":-1,"limit":501"#, "after limit"),
        (r#""cmd":"events","after":"1","limit":"1""#, "after limit"),
        (r#""cmd":"events","after":null,"limit":0"#, "after limit"),
        (r#""cmd":"events","after":1"#, "after"),
    ] {
        assert_eq!(blamed(&shop, "/v1/events", parameters).await, fields, "{parameters}");
    }
}

#[tokio::test]
async fn why_an_address_is_refused_is_told_in_the_callers_language() {
    let mut shop = shop().await;
    for (tag, is_english) in [(Some("en"), true), (None, false)] {
        shop.language = tag;
        for (url, sentence) in [
            ("http://toko.example.com/", "With http:// everybody could read the webhook; use https://"),
            ("https://127.0.0.1/", "This IP address is not a public one."),
            ("https://0x7f.1/", "The host must be written plainly: a full name, or an IP address in its usual form."),
            ("https://localhost/", "This name is one of a private network; webhooks are sent over the Internet."),
            ("https://a:b@toko.example.com/", "This URL must not have a user or a password; use headers."),
            ("https://toko.example.com/#x", "This URL must not have a part after #, which is never sent."),
            ("https://toko.example.com:22/", "Webhooks are not sent to this port."),
            ("ftp://toko.example.com/", "This URL must begin with https://"),
            ("toko.example.com", "This is not a URL."),
        ] {
            let parameters = json!({ "cmd": "webhook-add", "url": url }).to_string();
            let errors = shop.call("/v1/webhooks", &parameters).await.is("VALIDATION_ERROR").json()["errors"].clone();
            assert_eq!(errors == json!({ "url": [sentence] }), is_english, "{url}: {errors}");
        }
    }
}

#[tokio::test]
async fn nested_parameters_are_signed_in_their_own_order() {
    let shop = shop().await;
    let parameters = r#"{"url":"https://toko.example.com/","headers":{"X-Z":"1/2","X-A":"2"},"events":["order.refunded","order.failed"],"cmd":"webhook-add"}"#;
    let signed = shop.signed(parameters);
    let sorted = signed.replace(r#"{"X-Z":"1/2","X-A":"2"}"#, r#"{"X-A":"2","X-Z":"1/2"}"#);
    assert_ne!(signed, sorted);
    shop.post("/v1/webhooks", sorted).await.is("SIGNATURE_INVALID");
    // Other escapes and other spaces say the same.
    let spaced = signed.replace(r#""1/2","#, r#" "1\/2" , "#);
    assert_ne!(signed, spaced);
    let added = shop.post("/v1/webhooks", spaced).await.is("SUCCESS").data();
    assert_eq!(added["headers"], json!(["X-Z", "X-A"]));
}
