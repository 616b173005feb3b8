//! Bodies that no documentation has: whatever comes, nobody panics, and nothing becomes known.

use super::*;
use crate::supplier::InquiryAnswer;
use crate::suppliers::iak::subject::Subject;
use crate::suppliers::iak::{bill_status, inquiry, payment, purchase_status, top_up};

/// What each of the calls makes of a body.
fn all_meanings(body: &str) -> [Answer; 4] {
    [
        payment::meaning(&bill_task(), body),
        bill_status::meaning(&bill_task(), body),
        top_up::meaning(&purchase_task(), body),
        purchase_status::meaning(&purchase_task(), body),
    ]
}

#[test]
fn what_cant_be_read_says_nothing() {
    let deep = format!("{{\"data\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let doubled = r#"{"data":{"response_code":"37","response_code":"00","status":1,"rc":"00","rc":"00"}}"#;
    for text in [
        "",
        " ",
        "null",
        "true",
        "OK",
        "<html><body>502 Bad Gateway</body></html>",
        "{}",
        "[]",
        r#"{"data":null}"#,
        r#"{"data":[]}"#,
        r#"{"data":"00"}"#,
        r#"{"data":{}}"#,
        r#"{"data":{"response_code":null,"rc":null,"status":1}}"#,
        r#"{"data":{"response_code":"","rc":"","status":1}}"#,
        r#"{"data":{"response_code":["00"],"rc":{"00":"00"},"status":1}}"#,
        r#"{"data":{"response_code":true,"rc":true,"status":1}}"#,
        r#"{"data":{"response_code":"00","rc":"00","status":1}"#,
        r#"{"response_code":"00","rc":"00","status":1}"#,
        "\u{feff}{\"data\":{\"response_code\":\"00\",\"rc\":\"00\",\"status\":1}}",
        &deep,
        doubled,
    ] {
        for answer in all_meanings(text) {
            assert!(!why_unknown(&answer).is_empty(), "{text:.60}");
        }
        let (sku, customer_no) = (bill_task().sku, bill_task().customer_no);
        let subject = Subject::parse(&sku, &customer_no).unwrap();
        assert_eq!(inquiry::meaning(&subject, "r1", text), InquiryAnswer::Unreadable, "{text:.60}");
    }
}

#[test]
fn a_code_that_is_in_no_table_is_unknown() {
    for code in [json!("77"), json!("0"), json!(0), json!("000"), json!("SUCCESS"), json!(1e300), json!("00\u{0}")] {
        let text = json!({"data": {"response_code": code, "rc": code, "status": 1}}).to_string();
        for answer in all_meanings(&text) {
            assert!(why_unknown(&answer).starts_with("unknown code"), "{answer:?}");
        }
    }
}

#[test]
fn what_is_kept_of_it_is_short() {
    let long = "é".repeat(100_000);
    for data in [
        json!(long),
        json!({"response_code": long, "rc": long}),
        json!({"response_code": "00", "rc": "00", "status": long}),
    ] {
        for answer in all_meanings(&json!({"data": data}).to_string()) {
            assert!(matches!(&answer, Answer::Confirmed { .. }) || why_unknown(&answer).len() <= 300, "{data:.60}");
        }
    }
}

#[test]
fn messages_are_never_consulted() {
    for message in ["PAYMENT SUCCESS", "PEMBAYARAN GAGAL", "", "{\"rc\":\"00\"}"] {
        let pending = json!({"response_code": "39", "rc": "39", "status": 3, "message": message});
        let text = json!({"data": pending}).to_string();
        for answer in all_meanings(&text) {
            assert!(why_unknown(&answer).starts_with("39"), "{answer:?}");
        }
    }
}
