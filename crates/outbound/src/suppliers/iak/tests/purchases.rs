//! Purchases and their status checks.

use super::*;
use crate::suppliers::iak::{purchase_status, top_up};

fn buying(task: &Task, code: &str, status: &Value) -> Answer {
    top_up::meaning(task, &body(&bought(), &json!({"rc": code, "status": status})))
}

fn asking(code: &str, status: &Value) -> Answer {
    purchase_status::meaning(&purchase_task(), &body(&bought(), &json!({"rc": code, "status": status})))
}

/// The documented first answer to every purchase.
const PROCESS: &str = r#"{"data":{"ref_id":"order001","status":0,"product_code":"xld25000","customer_id":"0817777215","price":25000,"message":"PROCESS","balance":997061249,"tr_id":3482,"rc":"39"}}"#;

#[test]
fn a_purchase_is_pending_at_first() {
    for answer in [top_up::meaning(&purchase_task(), PROCESS), purchase_status::meaning(&purchase_task(), PROCESS)] {
        assert!(why_unknown(&answer).starts_with("39 PROCESS"), "{answer:?}");
    }
}

#[test]
fn every_code_of_a_first_purchase_means_what_its_row_says() {
    let declined = "10 17 20 102 106 107 110 117 118 202 203 204 205 206 207";
    let failed = "07 12 13 14 16 121 131 141 142";
    for (code, ..) in contract::purchase_codes() {
        let is_in = |list: &str| list.split(' ').any(|listed| listed == code);
        for status in [json!(null), json!(2)] {
            let answer = buying(&purchase_task(), code, &status);
            if is_in(declined) {
                assert_eq!(answer, refused(code, true));
            } else if is_in(failed) {
                assert_eq!(answer, refused(code, false));
            } else {
                assert!(why_unknown(&answer).starts_with(code), "{answer:?}");
            }
        }
    }
    assert_eq!(buying(&purchase_task(), "00", &json!(1)), confirmed(Some("123456789"), 25_000));
}

#[test]
fn after_an_earlier_sending_only_a_success_is_believed() {
    for (code, ..) in contract::purchase_codes() {
        for status in [json!(null), json!(0), json!(1), json!(2)] {
            let answer = buying(&repeated(purchase_task()), code, &status);
            match (code, status.as_i64()) {
                ("00", Some(1)) => assert_eq!(answer, confirmed(Some("123456789"), 25_000)),
                _ => assert!(why_unknown(&answer).starts_with(code), "{answer:?}"),
            }
        }
    }
}

#[test]
fn a_code_that_status_contradicts_is_unknown() {
    for (code, status) in [("00", 0), ("00", 2), ("07", 0), ("07", 1), ("17", 0), ("17", 1)] {
        let answer = buying(&purchase_task(), code, &json!(status));
        assert!(why_unknown(&answer).contains(&format!("but status {status}")), "{answer:?}");
    }
}

#[test]
fn a_status_check_is_believed_only_where_code_and_status_agree() {
    let failed = "07 12 13 14 16 17 20 106 121 131 141 142 203 206";
    let statuses = [json!(null), json!(0), json!(1), json!(2), json!(3), json!("x"), json!(true)];
    for (code, ..) in contract::purchase_codes() {
        for status in &statuses {
            let answer = asking(code, status);
            match (code, status.as_i64()) {
                ("00", Some(1)) => assert_eq!(answer, confirmed(Some("123456789"), 25_000)),
                ("06", Some(2)) => assert_eq!(answer, Answer::NotReceived),
                ("06", None) if status.is_null() => assert_eq!(answer, Answer::NotReceived),
                (_, Some(2)) if failed.split(' ').any(|listed| listed == code) => {
                    assert_eq!(answer, refused(code, false));
                }
                _ => assert!(why_unknown(&answer).starts_with(code), "{code} {status}: {answer:?}"),
            }
        }
    }
}

#[test]
fn numbers_may_be_text() {
    let members = json!({"status": "1", "price": "16500", "tr_id": "3487", "balance": "1.0"});
    let text = body(&bought(), &members);
    assert_eq!(purchase_status::meaning(&purchase_task(), &text), confirmed(Some("123456789"), 16_500));
    let text = body(&bought(), &json!({"status": 1.0, "price": 25_000.0}));
    assert_eq!(purchase_status::meaning(&purchase_task(), &text), confirmed(Some("123456789"), 25_000));
}

#[test]
fn what_was_bought_is_given_whole() {
    for (members, proof) in [
        (
            json!({"sn": "0123-4567-8901-2345-6789/PT INDOBEST ARTHA KREASI/R1 /000001300/66.2"}),
            Some("0123-4567-8901-2345-6789/PT INDOBEST ARTHA KREASI/R1 /000001300/66.2"),
        ),
        (json!({"sn": "S1", "pin": "P1"}), Some("S1 / P1")),
        (json!({"sn": "", "pin": "P1"}), Some("P1")),
        (json!({"sn": ""}), None),
        (json!({"sn": null}), None),
    ] {
        let answer = top_up::meaning(&purchase_task(), &body(&bought(), &members));
        assert_eq!(answer, confirmed(proof, 25_000), "{members}");
    }
}

#[test]
fn an_answer_about_another_purchase_says_nothing() {
    for (member, other) in [
        ("ref_id", json!("order002")),
        ("customer_id", json!("0817777216")),
        ("product_code", json!("xld50000")),
        ("product_code", json!({})),
    ] {
        let text = body(&bought(), &json!({member: other}));
        for answer in [top_up::meaning(&purchase_task(), &text), purchase_status::meaning(&purchase_task(), &text)] {
            assert_eq!(why_unknown(&answer), "the answer is about another purchase", "{member}");
        }
    }
    // The same number, written otherwise.
    let text = body(&bought(), &json!({"customer_id": "62817777215", "product_code": "XLD25000"}));
    assert_eq!(top_up::meaning(&purchase_task(), &text), confirmed(Some("123456789"), 25_000));
}
