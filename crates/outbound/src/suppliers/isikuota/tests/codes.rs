//! Every code in every call.

use std::collections::BTreeMap;

use super::*;
use crate::supplier::InquiryAnswer;
use crate::suppliers::isikuota::codes::{self, InquiryMeaning, ROWS};
use crate::suppliers::isikuota::inquiry;
use crate::suppliers::tests::without_details;

fn tasks() -> [Task; 3] {
    [bill_task(), purchase_task(), Task { kind: ProductKind::Game, ..purchase_task() }]
}

/// Each of them sent, and asked about.
fn asked() -> Vec<(Task, Occasion)> {
    let both = |task: Task| [(task.clone(), Occasion::Sending), (task, Occasion::Status)];
    tasks().into_iter().flat_map(both).collect()
}

fn repeated(task: Task) -> Task {
    Task { is_repeat: true, ..task }
}

/// The codes and statuses of the table below `## 11. Codes`.
fn contract() -> BTreeMap<String, u16> {
    let contract = include_str!("../../../../../../docs/contract/api.md");
    let (_, section) = contract.split_once("## 11. Codes").unwrap();
    let rows = section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let mut codes = BTreeMap::new();
    for row in rows.skip(2) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        codes.extend(cells[1].split(", ").map(|code| (code.trim_matches('`').to_owned(), cells[2].parse().unwrap())));
    }
    codes
}

#[test]
fn every_code_of_the_contract_has_its_row_for_every_call() {
    let ours: BTreeMap<String, u16> = ROWS.iter().map(|row| (row.code.to_owned(), row.http)).collect();
    assert_eq!(ours, contract());
    assert_eq!(ours.len(), ROWS.len());
    assert!(codes::find("SOMETHING_NEW").is_none());
}

#[test]
fn a_first_refusal_says_that_nothing_was_created() {
    for row in ROWS.iter().filter(|row| (400..500).contains(&row.http) && row.code != "TIMESTAMP_EXPIRED") {
        for task in tasks() {
            let expected = Answer::Refused { code: row.code.into(), nothing_created: true };
            assert_eq!(by_code(row, Occasion::Sending, &task), expected, "{}", row.code);
        }
    }
}

#[test]
fn a_wrong_clock_settles_nothing() {
    let row = codes::find("TIMESTAMP_EXPIRED").unwrap();
    for (task, occasion) in asked() {
        let Answer::Unknown { why } = by_code(row, occasion, &task) else { panic!() };
        assert!(why.contains("set this machine's clock"), "{why}");
    }
}

#[test]
fn of_the_server_faults_only_those_that_say_so_created_nothing() {
    const CREATED_NOTHING: [&str; 4] = ["PRODUCT_UNAVAILABLE", "PRODUCT_CUT_OFF", "SUPPLIER_UNAVAILABLE", "OVERLOADED"];
    for row in ROWS.iter().filter(|row| row.http >= 500) {
        for task in tasks() {
            let is_refused =
                matches!(by_code(row, Occasion::Sending, &task), Answer::Refused { nothing_created: true, .. });
            assert_eq!(is_refused, CREATED_NOTHING.contains(&row.code), "{}", row.code);
        }
    }
}

#[test]
fn after_an_earlier_sending_a_refusal_proves_nothing() {
    for row in ROWS.iter().filter(|row| row.http != 200) {
        for task in tasks() {
            let is_lapsed_bill = row.code == "INQUIRY_EXPIRED" && task.kind == ProductKind::Postpaid;
            let answer = by_code(row, Occasion::Sending, &repeated(task));
            assert_eq!(is_unknown(&answer), !is_lapsed_bill, "{}: {answer:?}", row.code);
        }
    }
}

#[test]
fn asked_about_an_order_only_its_state_or_its_absence_counts() {
    let sn: Option<Arc<str>> = Some("S1234554321N".into());
    for row in ROWS {
        for task in tasks() {
            let is_bill = task.kind == ProductKind::Postpaid;
            let answer = without_details(by_code(row, Occasion::Status, &task));
            let expected = match (row.code, is_bill) {
                ("BILL_PAYMENT_SUCCESS", true) => {
                    Answer::Confirmed { sn: sn.clone(), cost: None, desc: None, ask_again: false }
                }
                ("ORDER_SUCCESS", false) => Answer::Confirmed {
                    sn: sn.clone(),
                    cost: Some(Rupiah::whole(21_425)),
                    desc: None,
                    ask_again: false,
                },
                ("BILL_PAYMENT_FAILED", true) | ("ORDER_FAILED", false) => {
                    Answer::Refused { code: row.code.into(), nothing_created: false }
                }
                ("BILL_INQUIRY_SUCCESS" | "INQUIRY_EXPIRED", true) | ("ORDER_NOT_FOUND", _) => Answer::NotReceived,
                _ => {
                    assert!(is_unknown(&answer), "{}: {answer:?}", row.code);
                    continue;
                }
            };
            assert_eq!(answer, expected, "{}", row.code);
            assert_eq!(without_details(by_code(row, Occasion::Status, &repeated(task))), expected, "{}", row.code);
        }
    }
}

#[test]
fn the_state_of_an_order_is_the_same_whenever_it_is_told() {
    for row in ROWS.iter().filter(|row| row.http == 200 && row.code != "BILL_INQUIRY_SUCCESS") {
        for task in tasks() {
            let once = by_code(row, Occasion::Sending, &task);
            assert_eq!(by_code(row, Occasion::Sending, &repeated(task.clone())), once, "{}", row.code);
            assert_eq!(by_code(row, Occasion::Status, &task), once, "{}", row.code);
        }
    }
}

#[test]
fn an_inquiry_code_says_what_the_table_says() {
    for row in ROWS {
        let data = data(&bill_task(), "success");
        let answer = inquiry::read(&answered(row.http, envelope(row.code, row.is_success(), &data)), &question());
        let as_told = match row.inquiry {
            InquiryMeaning::Found => matches!(answer, InquiryAnswer::Found(_)),
            InquiryMeaning::NotFound => answer == InquiryAnswer::NotFound,
            InquiryMeaning::AlreadyPaid => answer == InquiryAnswer::AlreadyPaid,
            InquiryMeaning::NumberInvalid => answer == InquiryAnswer::NumberInvalid,
            InquiryMeaning::Unavailable => answer == InquiryAnswer::Unavailable,
            InquiryMeaning::Unreadable => answer == InquiryAnswer::Unreadable,
        };
        assert!(as_told, "{}: {answer:?}", row.code);
    }
}

/// Otherwise a bill that is being paid at one supplier would be inquired and paid at the next.
#[test]
fn a_payment_in_progress_sends_nobody_to_another_supplier() {
    for code in ["PAYMENT_IN_PROGRESS", "BILL_ALREADY_PAID"] {
        assert_ne!(codes::find(code).unwrap().inquiry, InquiryMeaning::Unavailable);
    }
}

#[test]
fn a_code_with_another_status_or_success_proves_nothing() {
    for row in ROWS {
        for (task, occasion) in asked() {
            let data = data(&task, state_of(row));
            for status in [200, 201, 302, 400, 404, 409, 500, 502, 503].into_iter().filter(|other| *other != row.http) {
                let reply = answered(status, envelope(row.code, row.is_success(), &data));
                assert!(is_unknown(&order::read(&reply, occasion, &task)), "{} {status}", row.code);
            }
            let reply = answered(row.http, envelope(row.code, !row.is_success(), &data));
            assert!(is_unknown(&order::read(&reply, occasion, &task)), "{}", row.code);
        }
    }
}

#[test]
fn an_unknown_code_is_unknown() {
    for (task, occasion) in asked() {
        for status in [200, 404, 409, 503] {
            let reply = answered(status, envelope("ORDER_MAYBE", true, &data(&task, "Success")));
            let expected = Answer::Unknown { why: "unknown code ORDER_MAYBE".into() };
            assert_eq!(order::read(&reply, occasion, &task), expected);
        }
    }
}

#[test]
fn an_endless_code_is_cut() {
    let reply = answered(200, envelope(&"é".repeat(100_000), true, &Value::Null));
    let Answer::Unknown { why } = order::read(&reply, Occasion::Sending, &bill_task()) else { panic!() };
    assert!(why.len() < 200, "{}", why.len());
}
