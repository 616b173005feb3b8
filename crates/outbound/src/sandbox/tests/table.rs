//! Every row of the table of testing mode, for a bill and for a prepaid product.

use std::time::Duration;

use domain::answer::Answer;
use domain::money::Rupiah;

use super::{Bench, bill, found, pulsa};
use crate::sandbox::Sandbox;
use crate::supplier::{InquiryAnswer, Question, Supplier, Task, Unavailable};

const WAIT: Duration = Duration::from_secs(10);
const INSTANT: Duration = Duration::from_micros(1);

const BILL_SN: &str = "S1234554321N";
const PULSA_SN: &str = "1234-5678-9012-3456";

/// The row for a bill and for a prepaid product, each with its proof.
fn both(row: &str) -> [(Task, &'static str); 2] {
    [(bill(&format!("123456{row}")), BILL_SN), (pulsa(&format!("0812345{row}")), PULSA_SN)]
}

fn confirmed(sn: Option<&str>) -> Answer {
    Answer::Confirmed { sn: sn.map(Into::into), cost: Some(Rupiah::whole(24_000)), desc: None, ask_again: false }
}

fn is_refused(answer: &Answer) -> bool {
    matches!(answer, Answer::Refused { .. })
}

fn is_unknown(answer: &Answer) -> bool {
    matches!(answer, Answer::Unknown { .. })
}

#[test]
fn the_default_answers_are_the_published_examples() {
    let bench = Bench::new();
    let quote = bench.quote("MPBPJS", "1234567890");
    assert_eq!(&*quote.customer_name, "Demo Member");
    assert_eq!(quote.tagihan, Rupiah::whole(22_500));
    assert_eq!(quote.cost, Rupiah::whole(22_500 + Sandbox::BILL_FEE));
    let desc = r#"{"jumlah_peserta":"2","lembar_tagihan":1,"alamat":"JAKARTA PUSAT","detail":[{"periode":"01"}]}"#;
    assert_eq!(&*quote.desc, desc);
    assert_eq!(&*quote.periods, "01");
    assert!(!quote.requotable && !quote.same_day);
    assert_eq!(bench.send(&bill("1234567890")), confirmed(Some(BILL_SN)));
    assert_eq!(bench.send(&pulsa("08123456789")), confirmed(Some(PULSA_SN)));
}

#[test]
fn inquiries_fail_by_their_row() {
    let bench = Bench::new();
    for (row, answer) in [
        ("9001", InquiryAnswer::NotFound),
        ("9002", InquiryAnswer::AlreadyPaid),
        ("9003", InquiryAnswer::NumberInvalid),
        ("9004", InquiryAnswer::Unreadable),
        ("9014", InquiryAnswer::Unavailable),
    ] {
        assert_eq!(bench.inquire("MPBPJS", &format!("123456{row}")), answer, "{row}");
    }
    for row in ["9005", "9006", "9007", "9008", "9009", "9010", "9011", "9012", "9013"] {
        let quote = bench.quote("MPPLN", &format!("5300000{row}"));
        assert_eq!(quote.requotable, row == "9013", "{row}");
    }
}

#[test]
fn the_inquirys_rows_succeed_for_prepaid() {
    let bench = Bench::new();
    for row in ["9001", "9002", "9004", "9012", "9013"] {
        let task = pulsa(&format!("0812345{row}"));
        assert_eq!(bench.send(&task), confirmed(Some(PULSA_SN)), "{row}");
        assert_eq!(bench.check(&task), confirmed(Some(PULSA_SN)), "{row}");
    }
}

#[test]
fn row_9003_refuses_prepaid_and_row_9005_everything() {
    let bench = Bench::new();
    let [(bill, _), (refused, _)] = both("9005");
    for task in [bill, refused, pulsa("08123459003")] {
        assert!(is_refused(&bench.send(&task)));
        bench.wait(WAIT);
        assert!(is_refused(&bench.check(&task)));
    }
}

#[test]
fn row_9006_is_pending_then_paid_after_ten_seconds() {
    for (task, sn) in both("9006") {
        let bench = Bench::new();
        assert!(is_unknown(&bench.send(&task)));
        bench.wait(WAIT.checked_sub(INSTANT).unwrap());
        assert!(is_unknown(&bench.check(&task)));
        bench.wait(INSTANT);
        assert_eq!(bench.check(&task), confirmed(Some(sn)));
        assert_eq!(bench.send(&task), confirmed(Some(sn)));
    }
}

#[test]
fn row_9007_is_pending_then_refused_after_ten_seconds() {
    for (task, _) in both("9007") {
        let bench = Bench::new();
        assert!(is_unknown(&bench.send(&task)));
        bench.wait(WAIT.checked_sub(INSTANT).unwrap());
        assert!(is_unknown(&bench.check(&task)));
        bench.wait(INSTANT);
        assert!(is_refused(&bench.check(&task)));
    }
}

#[test]
fn row_9008_is_pending_for_ever() {
    for (task, _) in both("9008") {
        let bench = Bench::new();
        assert!(is_unknown(&bench.send(&task)));
        bench.wait(WAIT * 1_000_000);
        assert!(is_unknown(&bench.check(&task)));
    }
}

#[test]
fn row_9009_loses_the_answer_and_is_found_paid_at_once() {
    for (task, sn) in both("9009") {
        let bench = Bench::new();
        assert!(is_unknown(&bench.send(&task)));
        assert_eq!(bench.check(&task), confirmed(Some(sn)));
    }
}

#[test]
fn row_9010_has_its_proof_after_ten_seconds() {
    for (task, sn) in both("9010") {
        let bench = Bench::new();
        assert_eq!(bench.send(&task), confirmed(None));
        bench.wait(WAIT.checked_sub(INSTANT).unwrap());
        assert_eq!(bench.check(&task), confirmed(None));
        bench.wait(INSTANT);
        assert_eq!(bench.check(&task), confirmed(Some(sn)));
    }
}

#[test]
fn row_9011_is_refunded_after_ten_seconds() {
    for (task, sn) in both("9011") {
        let bench = Bench::new();
        let paid = Answer::Confirmed { sn: Some(sn.into()), cost: Some(task.cost), desc: None, ask_again: true };
        assert_eq!(bench.send(&task), paid);
        bench.wait(WAIT.checked_sub(INSTANT).unwrap());
        assert_eq!(bench.check(&task), paid);
        bench.wait(INSTANT);
        assert!(matches!(bench.check(&task), Answer::Refunded { .. }));
        assert!(matches!(bench.send(&task), Answer::Refunded { .. }));
    }
}

#[test]
fn row_9012_has_twelve_periods() {
    let bench = Bench::new();
    let quote = bench.quote("MPPLN", "53000009012");
    assert_eq!(quote.periods.split(',').count(), 12);
    assert!(quote.periods.starts_with("202505,") && quote.periods.ends_with(",202604"), "{}", quote.periods);
    assert_eq!(bench.quote("MPBPJS", "1234569012").tagihan, Rupiah::whole(12 * 22_500));
    let [(bill, sn), _] = both("9012");
    assert_eq!(bench.send(&bill), confirmed(Some(sn)));
}

#[test]
fn row_9013_is_dearer_when_asked_again() {
    let bench = Bench::new();
    for sku in ["MPBPJS", "MPPLN", "MPFIF", "MPGAS"] {
        let first = bench.quote(sku, "53000009013");
        let again = found(bench.ask(Question::Again, sku, "53000009013"));
        assert_eq!(again.tagihan, first.tagihan.plus(Rupiah::whole(1_000)).unwrap(), "{sku}");
        assert_eq!(again.cost, first.cost.plus(Rupiah::whole(1_000)).unwrap(), "{sku}");
        assert_eq!(bench.quote(sku, "53000009013"), first, "{sku}");
    }
    let steady = bench.quote("MPPLN", "53000000001");
    assert_eq!(found(bench.ask(Question::Again, "MPPLN", "53000000001")), steady);
}

#[test]
fn row_9014_is_not_admitted() {
    let bench = Bench::new();
    for (task, _) in both("9014") {
        assert_eq!(bench.sandbox.admit(&task.sku, &task.customer_no), Err(Unavailable));
    }
    for (task, _) in both("9008") {
        assert_eq!(bench.sandbox.admit(&task.sku, &task.customer_no), Ok(()));
    }
}
