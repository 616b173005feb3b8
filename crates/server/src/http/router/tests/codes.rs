//! Every code of the contract's section 11, provoked: its status, its sentence in both languages, and what the envelope holds.
//!
//! [`provoke`] is one exhaustive match: a new code doesn't compile before somebody says how it comes about.

use std::time::Duration;

use app::Policy;
use axum::body::Body;
use axum::http::Request;
use domain::command::MerchantChange;
use domain::json::{Value, read_object};
use domain::product::{CutOff, ProductState};

use crate::http::codes::Code;
use crate::http::language::Language;
use crate::http::messages::BALANCE_READ;
use crate::http::router::shop::{Answer, Shop, send};
use crate::http::settings::Settings;

const PULSA: &str = r#"{"cmd":"prepaid","code":"TSEL21","customer_no":"08123456789","ref_id":"T-1"}"#;

fn bill(cmd: &str, ref_id: &str, number: &str) -> String {
    format!(r#"{{"cmd":"{cmd}","code":"MPBPJS","customer_no":"{number}","ref_id":"{ref_id}"}}"#)
}

async fn inquire(shop: &Shop, ref_id: &str, number: &str) -> Answer {
    shop.order(&bill("inquiry", ref_id, number)).await
}

async fn pay(shop: &Shop, ref_id: &str, number: &str) -> Answer {
    shop.order(&bill("pay-pasca", ref_id, number)).await
}

async fn inquire_and_pay(shop: &Shop, number: &str) -> Answer {
    inquire(shop, "A", number).await.is("BILL_INQUIRY_SUCCESS");
    pay(shop, "A", number).await
}

async fn buy(shop: &Shop, number: &str) -> Answer {
    shop.order(&format!(r#"{{"cmd":"prepaid","code":"TSEL21","customer_no":"{number}","ref_id":"T-1"}}"#)).await
}

async fn change_and_buy(shop: &Shop, change: MerchantChange) -> Answer {
    shop.change(change).await;
    shop.order(PULSA).await
}

async fn bare(shop: &Shop, method: &str, path: &str, content_type: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).header("content-type", content_type);
    let request = shop.language.into_iter().fold(request, |request, tag| request.header("accept-language", tag));
    send(&shop.api, request.body(Body::empty()).unwrap()).await
}

async fn provoke(code: Code, language: Option<&'static str>) -> Answer {
    let mut shop = Shop::open(Settings::default()).await;
    shop.language = language;
    let now = shop.clock_seconds();
    let unsigned = |timestamp: i64| format!(r#"{{"api_id":"demo","timestamp":{timestamp},"signature":"s"}}"#);
    match code {
        Code::Success => shop.call("/v1/balance", "{}").await,
        Code::OrderSuccess => shop.order(PULSA).await,
        Code::BillInquirySuccess => inquire(&shop, "A", "1234567890").await,
        Code::BillPaymentSuccess => inquire_and_pay(&shop, "1234567890").await,
        Code::OrderPending => buy(&shop, "08123459006").await,
        Code::BillPaymentPending => inquire_and_pay(&shop, "1234569006").await,
        Code::OrderFailed => buy(&shop, "08123459005").await,
        Code::BillPaymentFailed => inquire_and_pay(&shop, "1234569005").await,
        Code::MalformedJson => shop.post("/v1/order", "[1]").await,
        Code::SignatureInvalid => shop.post("/v1/order", unsigned(now)).await,
        Code::TimestampExpired => shop.post("/v1/order", unsigned(now - 301)).await,
        Code::InsufficientBalance => {
            shop.leave(21_424).await;
            shop.order(PULSA).await
        }
        Code::IpNotAllowed => change_and_buy(&shop, MerchantChange::AllowedNetworks(vec!["192.0.2.0/24".into()])).await,
        Code::MerchantSuspended => change_and_buy(&shop, MerchantChange::Suspend).await,
        Code::ProductNotFound => shop.order(r#"{"cmd":"game","code":"TSEL21","customer_no":"08123456789"}"#).await,
        Code::BillNotFound => inquire(&shop, "A", "1234569001").await,
        Code::InquiryNotFound => pay(&shop, "A", "1234567890").await,
        Code::OrderNotFound => shop.state("A").await,
        Code::NotFound => bare(&shop, "GET", "/v1/orders", "application/json").await,
        Code::MethodNotAllowed => bare(&shop, "PUT", "/v1/order", "application/json").await,
        Code::RefIdConflict => {
            inquire(&shop, "A", "1234567890").await.is("BILL_INQUIRY_SUCCESS");
            inquire(&shop, "A", "1234567891").await
        }
        Code::InquiryMismatch => {
            inquire(&shop, "A", "1234567890").await.is("BILL_INQUIRY_SUCCESS");
            pay(&shop, "A", "1234567891").await
        }
        Code::BillAlreadyPaid => inquire(&shop, "A", "1234569002").await,
        Code::PaymentInProgress => {
            inquire_and_pay(&shop, "1234569008").await.is("BILL_PAYMENT_PENDING");
            inquire(&shop, "B", "1234569008").await
        }
        Code::BillChanged => inquire_and_pay(&shop, "1234569013").await,
        Code::PriceAboveMax => {
            shop.order(r#"{"cmd":"prepaid","code":"TSEL21","customer_no":"08123456789","max_price":21424}"#).await
        }
        Code::DuplicateOrder => {
            shop.order(PULSA).await.is("ORDER_SUCCESS");
            shop.order(&PULSA.replace("T-1", "T-2")).await
        }
        Code::InquiryExpired => {
            inquire(&shop, "A", "1234567890").await.is("BILL_INQUIRY_SUCCESS");
            shop.clock.advance(Duration::from_mins(5));
            pay(&shop, "A", "1234567890").await
        }
        Code::PayloadTooLarge => shop.post("/v1/order", "x".repeat(64 * 1024 + 1)).await,
        Code::UnsupportedMediaType => bare(&shop, "POST", "/v1/order", "text/plain").await,
        Code::ValidationError => shop.order(r#"{"cmd":"inquiry","code":1,"customer_no":" 1"}"#).await,
        Code::CustomerNoInvalid => inquire(&shop, "A", "12345").await,
        Code::RateLimited => {
            shop.change(MerchantChange::RatePerSecond(Some(1))).await;
            shop.call("/v1/balance", "{}").await.is("SUCCESS");
            shop.call("/v1/balance", "{}").await.is("SUCCESS");
            shop.order(PULSA).await
        }
        Code::InternalError => {
            shop.store.set_full(true);
            shop.order(PULSA).await
        }
        Code::ProductUnavailable => {
            shop.change_product("TSEL21", |product| product.state = ProductState::Unavailable).await;
            shop.order(PULSA).await
        }
        Code::ProductCutOff => {
            // It is 10:40:02.
            shop.change_product("TSEL21", |product| product.cut_off = Some(CutOff { start: 600, end: 660 })).await;
            shop.order(PULSA).await
        }
        Code::SupplierUnavailable => buy(&shop, "08123459014").await,
        Code::Overloaded => {
            let mut shop = Shop::open_on_disk().await.restart(Policy { queue_limit: 0, ..Policy::default() }).await;
            shop.language = language;
            shop.order(PULSA).await
        }
        Code::SupplierTimeout => inquire(&shop, "A", "1234569004").await,
    }
}

/// The fields that are blamed, where any are.
fn blamed(code: Code) -> &'static [&'static str] {
    match code {
        Code::MalformedJson => &["body"],
        Code::TimestampExpired => &["timestamp"],
        Code::ValidationError => &["code", "customer_no"],
        Code::CustomerNoInvalid => &["customer_no"],
        _ => &[],
    }
}

/// When to come back, in seconds, where that is known.
fn retry_after(code: Code) -> Option<&'static str> {
    match code {
        Code::RateLimited | Code::Overloaded => Some("1"),
        // At 11:00:00.
        Code::ProductCutOff => Some("1198"),
        _ => None,
    }
}

#[tokio::test]
async fn every_code_comes_about_with_its_status_and_sentence_in_both_languages() {
    for code in Code::ALL.iter().copied() {
        for (tag, language) in [
            (None, Language::Indonesian),
            (Some("en"), Language::English),
            (Some("id-ID, en;q=0.5"), Language::Indonesian),
        ] {
            let answer = provoke(code, tag).await;
            assert_eq!((answer.code().as_str(), answer.status), (code.as_str(), code.status()), "{}", answer.text);
            let sentence = if code == Code::Success { BALANCE_READ } else { code.message() };
            assert_eq!(answer.json()["message"], sentence.spoken(language));
            check_envelope(code, &answer);
        }
    }
}

fn check_envelope(code: Code, answer: &Answer) {
    let text = &answer.text;
    let envelope = read_object(text.as_bytes()).unwrap();
    let keys: Vec<_> = envelope.iter().map(|(key, _)| key.as_ref()).collect();
    assert_eq!(keys, ["success", "code", "message", "data", "errors", "meta"], "{text}");
    let json = answer.json();
    assert_eq!(json["success"], code.is_success(), "{text}");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let request_id = answer.header("x-request-id").unwrap();
    assert!(!request_id.is_empty());

    // A transaction exists, or it doesn't: the status says which.
    assert_eq!(matches!(envelope.get("data"), Some(Value::Object(_))), answer.status == 200, "{text}");
    assert_eq!(json["data"].is_null(), answer.status != 200, "{text}");
    if code.is_success() {
        assert!(json["errors"].is_null() && json["meta"].is_null(), "{text}");
    } else {
        assert_eq!(json["meta"], serde_json::json!({ "request_id": request_id }), "{text}");
    }
    let fields: Vec<_> = json["errors"].as_object().into_iter().flat_map(|errors| errors.keys()).collect();
    assert_eq!(fields, blamed(code), "{text}");
    for sentences in json["errors"].as_object().into_iter().flat_map(|errors| errors.values()) {
        assert!(sentences.as_array().unwrap().iter().all(serde_json::Value::is_string), "{text}");
    }
    assert_eq!(answer.header("retry-after"), retry_after(code), "{text}");
}
