//! Payments and their status checks.

use super::*;
use crate::suppliers::iak::bill_status;
use crate::suppliers::iak::payment;
use crate::suppliers::tests::without_details;

/// What a code's answer to a payment, with this `status`, if any, means.
fn paying(task: &Task, code: &str, status: &Value) -> Answer {
    without_details(payment::meaning(task, &body(&paid_bill(), &json!({"response_code": code, "status": status}))))
}

fn asking(code: &str, status: &Value) -> Answer {
    without_details(bill_status::meaning(
        &bill_task(),
        &body(&paid_bill(), &json!({"response_code": code, "status": status})),
    ))
}

#[test]
fn every_code_of_a_first_payment_means_what_its_row_says() {
    let declined = "01 03 04 06 08 13 14 15 16 17 20 30 31 32 34 40 41 93 94 100 101 102 106 107 108 109 110 117 118";
    let failed = "07 09 10 33 35 36 37 38";
    for (code, ..) in contract::bill_codes() {
        let is_in = |list: &str| list.split(' ').any(|listed| listed == code);
        let answer = paying(&bill_task(), code, &Value::Null);
        if code == "00" {
            assert_eq!(answer, confirmed(Some("004212C9245F1BA43A77CEBD5CD5DA39"), 301_900));
        } else if is_in(declined) {
            assert_eq!(answer, refused(code, true));
        } else if is_in(failed) {
            assert_eq!(answer, refused(code, false));
        } else {
            assert!(why_unknown(&answer).starts_with(code), "{answer:?}");
        }
    }
}

#[test]
fn after_an_earlier_sending_only_a_success_is_believed() {
    for (code, ..) in contract::bill_codes() {
        let answer = paying(&repeated(bill_task()), code, &Value::Null);
        match code {
            "00" => assert!(matches!(answer, Answer::Confirmed { .. }), "{answer:?}"),
            _ => assert!(why_unknown(&answer).starts_with(code), "{answer:?}"),
        }
    }
}

#[test]
fn a_payment_whose_status_says_otherwise_is_unknown() {
    for (code, status) in [("00", 0), ("00", 2), ("00", 3), ("37", 1), ("37", 3), ("17", 1), ("17", 3)] {
        let answer = paying(&bill_task(), code, &json!(status));
        assert!(why_unknown(&answer).contains(&format!("but status {status}")), "{answer:?}");
    }
}

#[test]
fn a_status_check_is_believed_only_where_code_and_status_agree() {
    let statuses = [json!(null), json!(0), json!(1), json!(2), json!(3), json!(4), json!("x"), json!(true), json!([1])];
    for (code, ..) in contract::bill_codes() {
        for status in &statuses {
            let answer = asking(code, status);
            match (code, status.as_i64()) {
                ("00", Some(1)) => {
                    assert_eq!(answer, confirmed(Some("004212C9245F1BA43A77CEBD5CD5DA39"), 301_900));
                }
                ("07" | "37" | "38", Some(2)) => assert_eq!(answer, refused(code, false)),
                ("02" | "42", Some(0)) => assert_eq!(answer, Answer::NotReceived),
                _ => assert!(why_unknown(&answer).starts_with(code), "{code} {status}: {answer:?}"),
            }
        }
    }
}

#[test]
fn an_inquirys_success_is_no_proof_of_payment() {
    let inquired = contract::sample("pln", "inquiry");
    let answer = bill_status::meaning(&bill_task(), &body(&inquired, &json!({})));
    assert_eq!(why_unknown(&answer), "00 PAYMENT / INQUIRY SUCCESS, but status none");
}

#[test]
fn each_documented_pair_of_status_and_code_is_read() {
    // One for each value of `status`; messages in the sandbox's language.
    for (code, status, message, answer) in [
        ("00", 1, "PAYMENT SUCCESS", Some(confirmed(Some("004212C9245F1BA43A77CEBD5CD5DA39"), 301_900))),
        ("42", 0, "REQUEST PEMBAYARAN BELUM DITERIMA", Some(Answer::NotReceived)),
        ("39", 3, "PENDING / TRANSAKSI SEDANG DIPROSES", None),
        ("37", 2, "PEMBAYARAN GAGAL", Some(refused("37", false))),
    ] {
        let members = json!({"response_code": code, "status": status, "message": message});
        let heard = bill_status::meaning(&bill_task(), &body(&paid_bill(), &members));
        match answer {
            Some(answer) => assert_eq!(without_details(heard), answer),
            None => assert!(why_unknown(&heard).starts_with("39 PENDING"), "{heard:?}"),
        }
    }
}

#[test]
fn a_receipt_number_may_come_later_or_never() {
    for (members, when_paid, when_asked) in [
        (json!({"noref": "A1"}), Some("A1"), "A1"),
        (json!({"noref": null, "no_ref": "A2"}), Some("A2"), "A2"),
        (json!({"noref": 244_183}), Some("244183"), "244183"),
        (json!({"noref": ""}), None, ""),
        (json!({"noref": null}), None, ""),
    ] {
        let text = body(&paid_bill(), &members);
        let (paid, asked) = (payment::meaning(&bill_task(), &text), bill_status::meaning(&bill_task(), &text));
        assert_eq!(without_details(paid), confirmed(when_paid, 301_900), "{members}");
        assert_eq!(without_details(asked), confirmed(Some(when_asked), 301_900), "{members}");
    }
}

#[test]
fn a_cost_that_cant_be_read_is_left_open() {
    for cost in [json!("301.900"), json!(-1), json!(301_900.5), json!(null), json!({})] {
        let answer = payment::meaning(&bill_task(), &body(&paid_bill(), &json!({"selling_price": cost})));
        assert!(matches!(answer, Answer::Confirmed { cost: None, .. }), "{answer:?}");
    }
    for cost in [json!("301900"), json!(301_900.0), json!("301900.00")] {
        let answer = payment::meaning(&bill_task(), &body(&paid_bill(), &json!({"selling_price": cost})));
        assert!(matches!(answer, Answer::Confirmed { cost: Some(cost), .. } if cost.get() == 301_900), "{answer:?}");
    }
}

#[test]
fn an_answer_about_another_bill_says_nothing() {
    for (member, other) in [
        ("tr_id", json!(9_732_793)),
        ("ref_id", json!("09128374656")),
        ("hp", json!("530000000002")),
        ("hp", json!(["530000000001"])),
        ("code", json!("PLNNONH")),
    ] {
        for (code, status) in [("00", 1), ("37", 2), ("42", 0)] {
            let text = body(&paid_bill(), &json!({member: other, "response_code": code, "status": status}));
            for answer in [payment::meaning(&bill_task(), &text), bill_status::meaning(&bill_task(), &text)] {
                assert_eq!(why_unknown(&answer), "the answer is about another bill", "{member}");
            }
        }
    }
    let without = json!({"tr_id": null, "ref_id": null, "hp": null, "code": null});
    let answer = bill_status::meaning(&bill_task(), &body(&paid_bill(), &without));
    assert!(matches!(answer, Answer::Confirmed { .. }), "{answer:?}");
}

#[test]
fn every_documented_payment_is_a_success() {
    for (family, _, mut data) in contract::samples().into_iter().filter(|sample| sample.1 == "payment") {
        let (sku, customer_no) = contract::asked_for(&data);
        let task = Task { sku, customer_no, token: data["tr_id"].to_string().into(), ..bill_task() };
        // The samples' references are not always alphanumeric, and ours always are.
        data["ref_id"] = json!(task.supplier_ref.as_str());
        let answer = payment::meaning(&task, &json!({"data": data}).to_string());
        let cost = u32::try_from(data["selling_price"].as_i64().unwrap()).unwrap();
        assert!(matches!(&answer, Answer::Confirmed { desc: Some(_), .. }), "{family}");
        assert_eq!(without_details(answer), confirmed(data["noref"].as_str(), cost), "{family}");
    }
}
