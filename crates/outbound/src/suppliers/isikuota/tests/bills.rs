//! What is made of a bill.

use super::*;
use crate::supplier::{BillQuote, InquiryAnswer};
use crate::suppliers::isikuota::inquiry;

fn found() -> Value {
    json!({"ref_id": "INQ001", "status": "success", "customer_no": "1234567890", "customer_name": "Demo Member",
        "code": "MPBPJS", "tagihan": 22_500, "admin": 2_700, "total": 25_200,
        "desc": {"jumlah_peserta": "2", "lembar_tagihan": 1, "detail": [{"periode": "01"}]},
        "created_at": "2026-05-31 10:40:02", "expired_at": "2026-05-31 10:45:02"})
}

fn read(data: &Value) -> InquiryAnswer {
    inquiry::read(&answered(200, envelope("BILL_INQUIRY_SUCCESS", true, data)), &question())
}

#[test]
fn a_bill_is_quoted_at_its_total() {
    let expected = BillQuote {
        customer_name: "Demo Member".into(),
        tagihan: Rupiah::whole(22_500),
        cost: Rupiah::whole(25_200),
        desc: r#"{"jumlah_peserta":"2","lembar_tagihan":1,"detail":[{"periode":"01"}]}"#.into(),
        periods: "01".into(),
        token: Arc::default(),
        requotable: false,
        same_day: false,
    };
    assert_eq!(read(&found()), InquiryAnswer::Found(expected));
}

#[test]
fn a_bill_of_somebody_else_or_that_does_not_add_up_is_none() {
    for (member, value) in [
        ("ref_id", json!("INQ002")),
        ("status", json!("pending")),
        ("status", json!("Success")),
        ("customer_no", json!("1234567891")),
        ("customer_name", json!({})),
        ("code", json!("PLN")),
        ("tagihan", json!(1)),
        ("tagihan", Value::Null),
        ("total", json!("25.200")),
        ("total", json!(-25_200)),
        ("desc", json!("text")),
        ("desc", json!([1])),
    ] {
        let mut data = found();
        data[member] = value;
        assert_eq!(read(&data), InquiryAnswer::Unreadable, "{data}");
    }
    let mut free = found();
    for member in ["tagihan", "admin", "total"] {
        free[member] = json!(0);
    }
    assert_eq!(read(&free), InquiryAnswer::Unreadable);
}

#[test]
fn silence_is_unreadable_and_no_connection_is_unavailable() {
    let lost = Reply::Lost { why: "timed out".into(), status: None, heard: String::new() };
    assert_eq!(inquiry::read(&lost, &question()), InquiryAnswer::Unreadable);
    let not_sent = Reply::NotSent { why: "refused".into() };
    assert_eq!(inquiry::read(&not_sent, &question()), InquiryAnswer::Unavailable);
    for body in ["", "<html>", "{}", "[]"] {
        assert_eq!(inquiry::read(&answered(200, body), &question()), InquiryAnswer::Unreadable);
    }
    let unknown = answered(409, envelope("BILL_ODD", false, &Value::Null));
    assert_eq!(inquiry::read(&unknown, &question()), InquiryAnswer::Unreadable);
}
