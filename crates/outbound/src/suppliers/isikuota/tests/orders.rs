//! The state of an order: only what agrees with itself and is ours counts.

use super::*;
use crate::suppliers::tests::without_details;

fn read(code: &str, is_success: bool, data: &Value, task: &Task) -> Answer {
    order::read(&answered(200, envelope(code, is_success, data)), Occasion::Sending, task)
}

fn with(mut data: Value, member: &str, value: Value) -> Value {
    data[member] = value;
    data
}

#[test]
fn a_bill_costs_what_was_quoted_unless_it_says_otherwise() {
    let task = bill_task();
    let cost = |data: &Value| match read("BILL_PAYMENT_SUCCESS", true, data, &task) {
        Answer::Confirmed { cost, .. } => cost,
        other => panic!("{other:?}"),
    };
    assert_eq!(cost(&data(&task, "success")), None);
    let dearer = with(with(data(&task, "success"), "tagihan", json!(23_500)), "total", json!(26_200));
    assert_eq!(cost(&dearer), Some(Rupiah::whole(26_200)));
}

#[test]
fn a_purchase_costs_its_price() {
    let task = purchase_task();
    let cheaper = with(data(&task, "Success"), "price", json!(21_400));
    let Answer::Confirmed { cost, .. } = read("ORDER_SUCCESS", true, &cheaper, &task) else { panic!() };
    assert_eq!(cost, Some(Rupiah::whole(21_400)));
}

#[test]
fn a_proof_that_is_not_there_yet_is_told_from_an_empty_one() {
    let task = bill_task();
    for (sn, expected) in
        [(json!(null), None), (json!(""), Some("")), (json!("A/B"), Some("A/B")), (json!(123), Some("123"))]
    {
        let answer = read("BILL_PAYMENT_SUCCESS", true, &with(data(&task, "success"), "sn", sn), &task);
        let expected = Answer::Confirmed { sn: expected.map(Into::into), cost: None, desc: None, ask_again: false };
        assert!(matches!(&answer, Answer::Confirmed { desc: Some(_), .. }));
        assert_eq!(without_details(answer), expected);
    }
    for sn in [json!([]), json!({}), json!(true), json!("x".repeat(2_000))] {
        assert!(is_unknown(&read("BILL_PAYMENT_SUCCESS", true, &with(data(&task, "success"), "sn", sn), &task)));
    }
}

#[test]
fn a_failure_with_the_moment_of_its_refund_was_a_success_before() {
    for (task, code) in [(bill_task(), "BILL_PAYMENT_FAILED"), (purchase_task(), "ORDER_FAILED")] {
        let data = with(data(&task, "Failed"), "refunded_at", json!("2026-05-31 10:51:16"));
        assert_eq!(read(code, false, &data, &task), Answer::Refunded { code: code.into() });
    }
    let task = bill_task();
    let both = with(data(&task, "success"), "refunded_at", json!("2026-05-31 10:51:16"));
    assert!(is_unknown(&read("BILL_PAYMENT_SUCCESS", true, &both, &task)));
    let not = with(data(&task, "Failed"), "refunded_at", Value::Null);
    assert!(matches!(read("BILL_PAYMENT_FAILED", false, &not, &task), Answer::Refused { nothing_created: false, .. }));
}

#[test]
fn data_that_contradict_the_code_prove_nothing() {
    let states = ["Success", "Pending", "Failed", "success", "SUCCESS", "", "Sukses"];
    for (task, codes) in [
        (bill_task(), [("BILL_PAYMENT_SUCCESS", true, "success"), ("BILL_PAYMENT_FAILED", false, "failed")]),
        (purchase_task(), [("ORDER_SUCCESS", true, "Success"), ("ORDER_FAILED", false, "Failed")]),
    ] {
        for (code, is_success, right) in codes {
            for state in states.into_iter().filter(|state| *state != right) {
                let told = with(data(&task, right), "status", json!(state));
                assert!(is_unknown(&read(code, is_success, &told, &task)), "{code} {state}");
            }
        }
    }
}

#[test]
fn data_of_another_order_or_that_do_not_add_up_prove_nothing() {
    let bill = [
        ("ref_id", json!("INQ002")),
        ("ref_id", json!("inq001")),
        ("ref_id", Value::Null),
        ("customer_no", json!("1234567891")),
        ("customer_no", json!(["1234567890"])),
        ("code", json!("PLN")),
        ("tagihan", json!(22_501)),
        ("tagihan", json!("22.500")),
        ("tagihan", Value::Null),
        ("tagihan", json!(-22_500)),
        ("admin", json!(0)),
        ("total", json!(25_201)),
        ("total", json!(25_200.5)),
        ("total", json!(1e300)),
    ];
    for (member, value) in bill {
        let task = bill_task();
        for (code, is_success, state) in
            [("BILL_PAYMENT_SUCCESS", true, "success"), ("BILL_PAYMENT_FAILED", false, "failed")]
        {
            let told = with(data(&task, state), member, value.clone());
            assert!(is_unknown(&read(code, is_success, &told, &task)), "{code} {member} {value}");
        }
    }
    for (member, value) in
        [("ref_id", json!("X")), ("customer_no", json!("1")), ("code", json!("TSEL25")), ("price", json!("?"))]
    {
        let task = purchase_task();
        let told = with(data(&task, "Success"), member, value);
        assert!(is_unknown(&read("ORDER_SUCCESS", true, &told, &task)), "{member}");
    }
}

#[test]
fn whatever_else_is_answered_proves_nothing() {
    let success = envelope("BILL_PAYMENT_SUCCESS", true, &data(&bill_task(), "success"));
    let deep = format!("{{\"success\":true,\"code\":\"SUCCESS\",\"data\":{}", "[".repeat(100_000));
    let hostile = [
        String::new(),
        "null".to_owned(),
        "[]".to_owned(),
        "\"BILL_PAYMENT_SUCCESS\"".to_owned(),
        "<html>404</html>".to_owned(),
        success[..success.len() - 1].to_owned(),
        format!("{success}x"),
        success.replace("\"success\":true", "\"success\":\"true\""),
        success.replace("\"success\":true,", ""),
        success.replacen("\"code\":", "\"code\":\"ORDER_NOT_FOUND\",\"code\":", 1),
        success.replacen("\"ref_id\":", "\"ref_id\":\"INQ001\",\"ref_id\":", 1),
        success.replace("BILL_PAYMENT_SUCCESS", "bill_payment_success"),
        success.replace("BILL_PAYMENT_SUCCESS", "BILL_PAYMENT_SUCCESS "),
        envelope("BILL_PAYMENT_SUCCESS", true, &Value::Null),
        envelope("BILL_PAYMENT_SUCCESS", true, &json!([])),
        envelope("BILL_PAYMENT_SUCCESS", true, &json!("success")),
        envelope("BILL_PAYMENT_SUCCESS", true, &json!([data(&bill_task(), "success")])),
        deep,
    ];
    for body in hostile {
        for status in [200, 500, 502] {
            for occasion in [Occasion::Sending, Occasion::Status] {
                let answer = order::read(&answered(status, body.clone()), occasion, &bill_task());
                assert!(is_unknown(&answer), "{answer:?} {}", body.chars().take(200).collect::<String>());
            }
        }
    }
}

#[test]
fn messages_are_never_consulted() {
    let body = envelope("BILL_PAYMENT_SUCCESS", true, &data(&bill_task(), "success"));
    assert!(body.contains("Saldo tidak cukup"));
    let answer = order::read(&answered(200, body), Occasion::Sending, &bill_task());
    assert!(matches!(answer, Answer::Confirmed { .. }));
}

#[test]
fn silence_is_unknown_and_an_unsent_request_was_not_received() {
    let lost = Reply::Lost { why: "timed out".into(), status: Some(404), heard: String::from("{\"success\":false") };
    let not_sent = Reply::NotSent { why: "refused".into() };
    for task in [bill_task(), purchase_task()] {
        for occasion in [Occasion::Sending, Occasion::Status] {
            assert!(is_unknown(&order::read(&lost, occasion, &task)));
        }
        assert_eq!(order::read(&not_sent, Occasion::Sending, &task), Answer::NotReceived);
        assert!(is_unknown(&order::read(&not_sent, Occasion::Status, &task)));
    }
}

#[test]
fn a_missing_status_call_is_told_to_the_operator() {
    for (status, body) in [
        (404, "<html>".to_owned()),
        (405, String::new()),
        (404, "{\"message\":\"no route\"}".to_owned()),
        (404, envelope("NOT_FOUND", false, &Value::Null)),
        (405, envelope("METHOD_NOT_ALLOWED", false, &Value::Null)),
    ] {
        let answer = order::read(&answered(status, body), Occasion::Status, &bill_task());
        assert_eq!(answer, order::cannot_be_asked());
    }
    let sent = order::read(&answered(404, "<html>"), Occasion::Sending, &bill_task());
    assert!(is_unknown(&sent) && sent != order::cannot_be_asked());
}
