//! The tables are those of the contract, whole; and what must never be changed by a slip stands here once more.

use super::*;
use crate::suppliers::iak::tests::contract;

type Documented = Vec<(&'static str, &'static str, bool)>;

fn assert_complete<V>(table: &Table<V>, documented: &Documented) {
    let ours: Vec<&str> = table.rows.iter().map(|row| row.code).collect();
    let theirs: Vec<&str> = documented.iter().map(|(code, ..)| *code).collect();
    assert_eq!(ours, theirs, "{}", table.call);
    for (row, (_, meaning, _)) in table.rows.iter().zip(documented) {
        assert!(meaning.starts_with(row.meaning), "{} {}: {} is {meaning}", table.call, row.code, row.meaning);
        assert!(!row.why.is_empty());
    }
}

fn codes_with<V: Copy + PartialEq>(table: &Table<V>, verdict: V) -> Vec<&'static str> {
    table.rows.iter().filter(|row| row.verdict == verdict).map(|row| row.code).collect()
}

#[test]
fn every_documented_code_has_a_row_in_every_call() {
    let (bills, purchases) = (contract::bill_codes(), contract::purchase_codes());
    assert_complete(&INQUIRY, &bills);
    assert_complete(&PAY, &bills);
    assert_complete(&STATUS, &bills);
    assert_complete(&TOP_UP, &purchases);
    assert_complete(&CHECK_STATUS, &purchases);
}

#[test]
fn what_is_documented_as_pending_is_never_final() {
    for (code, _, is_pending) in contract::bill_codes() {
        let is_pending_here = codes_with(&STATUS, AskVerdict::Pending).contains(&code);
        assert_eq!(is_pending_here, is_pending, "{code}");
        assert!(!is_pending || codes_with(&PAY, SendVerdict::Unknown).contains(&code), "{code}");
    }
    for (code, _, is_pending) in contract::purchase_codes() {
        let is_pending_here = codes_with(&CHECK_STATUS, AskVerdict::Pending).contains(&code);
        assert_eq!(is_pending_here, is_pending, "{code}");
        assert!(!is_pending || codes_with(&TOP_UP, SendVerdict::Unknown).contains(&code), "{code}");
    }
}

#[test]
fn a_payment_is_unknown_where_the_code_proves_nothing() {
    let unknown = ["02", "05", "11", "39", "42", "91", "92", "103", "105", "201"];
    assert_eq!(codes_with(&PAY, SendVerdict::Unknown), unknown);
    assert_eq!(codes_with(&TOP_UP, SendVerdict::Unknown), ["06", "39", "143", "201"]);
}

#[test]
fn only_one_code_is_a_success() {
    assert_eq!(codes_with(&INQUIRY, BillVerdict::Found), ["00"]);
    assert_eq!(codes_with(&PAY, SendVerdict::Done), ["00"]);
    assert_eq!(codes_with(&STATUS, AskVerdict::Done), ["00"]);
    assert_eq!(codes_with(&TOP_UP, SendVerdict::Done), ["00"]);
    assert_eq!(codes_with(&CHECK_STATUS, AskVerdict::Done), ["00"]);
}

#[test]
fn a_status_check_settles_little() {
    assert_eq!(codes_with(&STATUS, AskVerdict::Failed), ["07", "37", "38"]);
    assert_eq!(codes_with(&STATUS, AskVerdict::NotReceived), ["02", "42"]);
    assert_eq!(codes_with(&CHECK_STATUS, AskVerdict::NotReceived), ["06"]);
    let about_the_question = ["10", "102", "107", "110", "117", "118", "143", "202", "204", "205", "207"];
    assert_eq!(codes_with(&CHECK_STATUS, AskVerdict::NoAnswer), about_the_question);
}
