//! Inquiries.

use super::*;
use crate::supplier::InquiryAnswer;
use crate::suppliers::iak::inquiry;
use crate::suppliers::iak::subject::Subject;

/// What this answer to a question about PLN's sample bill means.
fn asking(members: &Value) -> InquiryAnswer {
    let text = body(&contract::sample("pln", "inquiry"), members);
    let (sku, customer_no) = (bill_task().sku, bill_task().customer_no);
    let subject = Subject::parse(&sku, &customer_no).unwrap();
    inquiry::meaning(&subject, "09128374655", &text)
}

#[test]
fn every_code_means_what_its_row_says() {
    let unreadable = "02 05 06 37 38 39 42 201";
    for (code, ..) in contract::bill_codes() {
        let answer = asking(&json!({"response_code": code}));
        match code {
            "00" => assert!(matches!(answer, InquiryAnswer::Found(_))),
            "10" => assert_eq!(answer, InquiryAnswer::NotFound),
            "01" | "34" | "40" => assert_eq!(answer, InquiryAnswer::AlreadyPaid),
            "13" | "14" | "15" | "16" => assert_eq!(answer, InquiryAnswer::NumberInvalid),
            _ if unreadable.split(' ').any(|listed| listed == code) => assert_eq!(answer, InquiryAnswer::Unreadable),
            _ => assert_eq!(answer, InquiryAnswer::Unavailable, "{code}"),
        }
    }
    assert_eq!(asking(&json!({"response_code": "77"})), InquiryAnswer::Unreadable);
}

#[test]
fn every_documented_bill_is_found() {
    for (family, _, mut data) in contract::samples().into_iter().filter(|sample| sample.1 == "inquiry") {
        let (sku, customer_no) = contract::asked_for(&data);
        data["ref_id"] = json!("r1");
        let subject = Subject::parse(&sku, &customer_no).unwrap();
        let InquiryAnswer::Found(quote) = inquiry::meaning(&subject, "r1", &json!({"data": data}).to_string()) else {
            panic!("{family}");
        };
        assert_eq!(quote.tagihan.get(), data["nominal"].as_i64().unwrap(), "{family}");
        assert_eq!(quote.cost.get(), data["selling_price"].as_i64().unwrap(), "{family}");
        assert_eq!(&*quote.token, data["tr_id"].to_string(), "{family}");
        assert_eq!(&*quote.customer_name, data["tr_name"].as_str().unwrap(), "{family}");
        assert_eq!(&*quote.periods, data["period"].as_str().unwrap(), "{family}");
        assert!(serde_json::from_str::<Value>(&quote.desc).unwrap()["lembar_tagihan"].is_i64(), "{family}");
        assert!(!quote.requotable && !quote.same_day, "{family}");
    }
}

#[test]
fn amounts_are_read_however_they_are_written() {
    for members in [
        json!({"nominal": "300000", "admin": "2500", "price": "302500", "selling_price": "301900"}),
        json!({"nominal": 300_000.0, "admin": 2500.0, "price": 302_500.0, "selling_price": 301_900.0}),
        json!({"nominal": "300000.00", "admin": 2500, "price": 302_500.0, "selling_price": "301900"}),
    ] {
        let InquiryAnswer::Found(quote) = asking(&members) else { panic!("{members}") };
        assert_eq!((quote.tagihan.get(), quote.cost.get()), (300_000, 301_900));
    }
}

#[test]
fn a_bill_whose_amounts_are_not_sure_is_none() {
    for members in [
        json!({"price": 302_501}),
        json!({"admin": 0}),
        json!({"admin": null}),
        json!({"nominal": null}),
        json!({"price": null}),
        json!({"selling_price": null}),
        json!({"selling_price": 0}),
        json!({"nominal": 0, "price": 2500}),
        json!({"nominal": -300_000}),
        json!({"nominal": 300_000.5, "price": 303_000.5}),
        json!({"nominal": "300.000"}),
        json!({"nominal": 1e30, "price": 1e30}),
        json!({"tr_id": null}),
        json!({"tr_id": ""}),
        json!({"tr_id": {}}),
        json!({"tr_id": "973 2792"}),
        json!({"tr_id": -1}),
    ] {
        assert_eq!(asking(&members), InquiryAnswer::Unreadable, "{members}");
    }
}

#[test]
fn a_bill_of_somebody_else_is_none() {
    for members in [
        json!({"hp": "530000000002"}),
        json!({"code": "PLNNONH"}),
        json!({"ref_id": "09128374656"}),
        json!({"response_code": "14", "hp": "530000000002"}),
    ] {
        assert_eq!(asking(&members), InquiryAnswer::Unreadable, "{members}");
    }
}
