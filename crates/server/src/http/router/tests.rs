//! Requests through everything but the socket.

mod codes;
mod events;
mod order_of_checks;
mod repeats;
mod sandbox_table;
mod sessions;
mod signatures;
mod supplier_times;
mod webhook_cures;
mod webhook_endpoints;
mod webhook_faults;

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use super::shop::{Answer, Shop, send};
use crate::http::settings::{Rates, Settings};

const BILL: &str = r#""code":"MPBPJS","customer_no":"1234567890","ref_id":"INQ-001","testing":true"#;

async fn shop() -> Shop {
    Shop::open(Settings::default()).await
}

#[tokio::test]
async fn a_bill_is_checked_paid_and_found_again_as_in_the_contract() {
    let shop = shop().await;
    let inquiry = shop.call("/v1/order", &format!(r#"{{"cmd":"inquiry",{BILL}}}"#)).await;
    assert_eq!(
        inquiry.text,
        r#"{"success":true,"code":"BILL_INQUIRY_SUCCESS","message":"Tagihan berhasil ditemukan","data":{"ref_id":"INQ-001","status":"success","customer_no":"1234567890","customer_name":"Demo Member","code":"MPBPJS","tagihan":22500,"admin":2700,"total":25200,"desc":{"jumlah_peserta":"2","lembar_tagihan":1,"alamat":"JAKARTA PUSAT","detail":[{"periode":"01"}]},"created_at":"2026-05-31 10:40:02","expired_at":"2026-05-31 10:45:02"},"errors":null,"meta":null}"#
    );
    assert_eq!(
        shop.call("/v1/status", r#"{"cmd":"status","ref_id":"INQ-001","testing":true}"#).await.text,
        inquiry.text
    );

    let paid = shop.call("/v1/order", &format!(r#"{{"cmd":"pay-pasca",{BILL}}}"#)).await;
    assert_eq!(paid.code(), "BILL_PAYMENT_SUCCESS");
    assert_eq!(paid.json()["data"]["sn"], "S1234554321N");
    for path_and_call in [
        ("/v1/order", format!(r#"{{"cmd":"pay-pasca",{BILL}}}"#)),
        ("/v1/status", r#"{"cmd":"status","ref_id":"INQ-001","testing":true}"#.to_owned()),
    ] {
        assert_eq!(shop.call(path_and_call.0, &path_and_call.1).await.text, paid.text);
    }
}

#[tokio::test]
async fn a_purchase_moves_money_that_balance_and_mutations_show() {
    let shop = shop().await;
    let bought =
        shop.call("/v1/order", r#"{"cmd":"prepaid","code":"TSEL21","customer_no":"08123456789","ref_id":"T1"}"#).await;
    assert_eq!((bought.code().as_str(), &bought.json()["data"]["price"]), ("ORDER_SUCCESS", &json!(21_425)));
    let balance = shop.call("/v1/balance", "{}").await;
    assert_eq!(
        balance.text,
        r#"{"success":true,"code":"SUCCESS","message":"Saldo berhasil didapatkan","data":{"name":"Demo Member","balance":978575,"currency":"IDR","checked_at":"2026-05-31 10:40:02","held":0},"errors":null,"meta":null}"#
    );
    let mutations = shop.call("/v1/mutations", r#"{"cmd":"mutations","per_page":1}"#).await.json();
    assert_eq!(mutations["meta"], json!({"page":1,"per_page":1,"total":2,"total_pages":2}));
    assert_eq!(
        mutations["data"].to_string(),
        r#"[{"id":2,"created_at":"2026-05-31 10:40:02","type":"payment","ref_id":"T1","amount":-21425,"balance_before":1000000,"balance_after":978575,"note":null}]"#
    );
}

#[tokio::test]
async fn products_come_in_pages() {
    let shop = shop().await;
    let first = shop.call("/v1/products", r#"{"cmd":"products","type":"postpaid","per_page":3}"#).await.json();
    assert_eq!(first["data"].as_array().unwrap().len(), 3);
    let (total, pages) = (first["meta"]["total"].as_u64().unwrap(), first["meta"]["total_pages"].as_u64().unwrap());
    assert!(total > 3 && pages == total.div_ceil(3));
    let beyond = shop.call("/v1/products", r#"{"cmd":"products","page":1000000}"#).await.json();
    assert_eq!(beyond["data"], json!([]));
    let one = shop.call("/v1/products", r#"{"cmd":"products","code":"TSEL21"}"#).await.json();
    assert_eq!(one["data"][0]["price"], 21_425);
    assert!(one["data"][0]["admin"].is_null());
    let none = shop.call("/v1/products", r#"{"cmd":"products","code":"no such"}"#).await.json();
    assert_eq!(none["meta"]["total"], 0);
}

#[tokio::test]
async fn checks_are_made_in_the_contracts_order() {
    let shop = shop().await;
    let expired = r#"{"api_id":"demo","timestamp":1,"signature":"s"}"#;
    let now = shop.clock_seconds();
    for (content_type, body, code) in [
        ("text/plain", "x".repeat(65_537), "PAYLOAD_TOO_LARGE"),
        ("text/plain", "x".to_owned(), "UNSUPPORTED_MEDIA_TYPE"),
        ("application/json", "x".to_owned(), "MALFORMED_JSON"),
        ("application/json", String::new(), "MALFORMED_JSON"),
        ("application/json", r#"{"a":1,"a":2}"#.to_owned(), "MALFORMED_JSON"),
        ("application/json", r#"{"1":1}"#.to_owned(), "VALIDATION_ERROR"),
        ("application/json", "{}".to_owned(), "VALIDATION_ERROR"),
        ("application/json", expired.to_owned(), "TIMESTAMP_EXPIRED"),
        ("application/json", format!(r#"{{"api_id":"demo","timestamp":{now},"signature":"s"}}"#), "SIGNATURE_INVALID"),
        ("application/json", format!(r#"{{"api_id":"who","timestamp":"{now}","signature":"s"}}"#), "SIGNATURE_INVALID"),
        ("application/json; charset=utf-8", shop.signed(r#"{"cmd":"fly"}"#), "VALIDATION_ERROR"),
    ] {
        let request = Request::post("/v1/order").header("content-type", content_type).body(Body::from(body.clone()));
        let answer = send(&shop.api, request.unwrap()).await;
        assert_eq!(answer.code(), code, "{body}");
        assert!(answer.json()["data"].is_null() && answer.json()["success"] == false);
        assert_eq!(answer.json()["meta"]["request_id"].as_str(), answer.header("x-request-id"));
    }
}

#[tokio::test]
async fn a_wrong_signature_in_testing_mode_explains_itself_to_anybody() {
    let shop = shop().await;
    let now = shop.clock_seconds();
    let ask = |api_id: &str| {
        let body = format!(r#"{{"cmd":"x\/y","testing":true,"api_id":"{api_id}","timestamp":{now},"signature":"s"}}"#);
        shop.post("/v1/order", body)
    };
    let (known, unknown) = (ask("demo").await.json(), ask("nobody").await.json());
    assert_eq!(known["errors"], unknown["errors"]);
    let said = known["errors"]["signature"].as_array().unwrap();
    assert_eq!(said[1], r#"canonical_body={"cmd":"x/y","testing":true}"#);
    assert!(said[2].as_str().unwrap().starts_with("body_hash=") && said.len() == 3);
}

#[tokio::test]
async fn paths_and_methods_that_do_not_exist_are_answered_in_the_envelope() {
    let shop = shop().await;
    for (method, path, code, allow) in [
        ("GET", "/v1/order", "METHOD_NOT_ALLOWED", Some("POST")),
        ("DELETE", "/v1/balance", "METHOD_NOT_ALLOWED", Some("POST")),
        ("POST", "/livez", "METHOD_NOT_ALLOWED", Some("GET,HEAD")),
        ("GET", "/", "NOT_FOUND", None),
        ("POST", "/v1/order/", "NOT_FOUND", None),
        ("GET", "/metrics", "NOT_FOUND", None),
        ("GET", "/docs/../secret", "NOT_FOUND", None),
    ] {
        let request = Request::builder().method(method).uri(path).header("accept-language", "en");
        let answer = send(&shop.api, request.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.code().as_str(), answer.header("allow")), (code, allow), "{method} {path}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.json()["meta"]["request_id"].as_str(), answer.header("x-request-id"));
    }
}

#[tokio::test]
async fn no_answer_bears_a_name_that_the_client_chose() {
    let shop = shop().await;
    let request = Request::get("/livez").header("x-request-id", "mine").body(Body::empty()).unwrap();
    let answer = send(&shop.api, request).await;
    assert_eq!(answer.text, "ok\n");
    assert_eq!(answer.header("x-request-id").map(str::len), Some(16));
}

#[tokio::test]
async fn a_merchant_beyond_its_rate_is_told_when_to_come_back() {
    let rates = Rates { merchant_per_second: 1, ..Rates::default() };
    let shop = Shop::open(Settings { rates, ..Settings::default() }).await;
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(shop.call("/v1/balance", "{}").await);
    }
    assert_eq!(codes.iter().map(Answer::code).collect::<Vec<_>>(), ["SUCCESS", "SUCCESS", "RATE_LIMITED"]);
    assert_eq!(codes[2].header("retry-after"), Some("1"));
}

#[tokio::test]
async fn a_stranger_beyond_its_rate_blocks_nobody_who_may_pass() {
    let rates = Rates { stranger_per_second: 1, ..Rates::default() };
    let shop = Shop::open(Settings { rates, ..Settings::default() }).await;
    let mut codes = Vec::new();
    for _ in 0..4 {
        codes.push(shop.post("/v1/balance", r#"{"api_id":"demo","timestamp":1,"signature":"s"}"#).await.code());
    }
    assert_eq!(codes, ["TIMESTAMP_EXPIRED", "TIMESTAMP_EXPIRED", "TIMESTAMP_EXPIRED", "RATE_LIMITED"]);
    assert_eq!(shop.call("/v1/balance", "{}").await.code(), "SUCCESS");
}

#[tokio::test]
async fn the_page_of_the_description_loads_only_what_is_here() {
    let shop = shop().await;
    let get = |path: &str| send(&shop.api, Request::get(path).body(Body::empty()).unwrap());
    let page = get("/docs").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let links: Vec<_> = page.text.split(['"']).filter(|part| part.starts_with('/') && part.len() > 1).collect();
    assert!(links.len() >= 5 && !page.text.contains("//"), "{links:?}");
    for link in links {
        let found = shop.api.clone();
        let request = Request::get(link).body(Body::empty()).unwrap();
        let response = tower::ServiceExt::oneshot(found, request).await.unwrap();
        assert!(response.status().is_success(), "{link}");
    }
    assert_eq!(get("/openapi.json").await.json()["openapi"], "3.1.0");
}

#[tokio::test]
async fn the_console_shows_what_was_counted() {
    let shop = shop().await;
    shop.call("/v1/order", &format!(r#"{{"cmd":"inquiry",{BILL}}}"#)).await;
    shop.call("/v1/order", r#"{"cmd":"fly"}"#).await;
    let metrics = send(&shop.console, Request::get("/metrics").body(Body::empty()).unwrap()).await.text;
    for line in [
        r#"loket_requests_total{call="inquiry",code="BILL_INQUIRY_SUCCESS"} 1"#,
        r#"loket_requests_total{call="order",code="VALIDATION_ERROR"} 1"#,
        r#"loket_request_duration_seconds_count{call="inquiry"} 1"#,
        "loket_engine_writable 1",
        "loket_engine_waiting 0",
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line} is not in\n{metrics}");
    }
    let ready = send(&shop.console, Request::get("/readyz").body(Body::empty()).unwrap()).await;
    assert_eq!(ready.status, 200);
}
