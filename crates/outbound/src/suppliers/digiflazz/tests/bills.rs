//! Answers to inquiries.

use domain::money::Rupiah;
use serde_json::{Value, json};

use crate::supplier::{BillQuote, InquiryAnswer, Supplier};
use crate::suppliers::digiflazz::transaction::Transaction;
use crate::suppliers::digiflazz::{bill, details::Details};
use crate::suppliers::tests::scripted::{Play, Scripted};
use crate::wire::Field;

use super::{adapter, contract, question, with};

/// The documented answer, as an inquiry gives it: without a proof.
fn sample() -> Value {
    with(contract::json("Full official sample", 0), &[("sn", Value::Null)])
}

fn read(body: &Value) -> InquiryAnswer {
    bill::read(&Transaction::read(body.to_string().as_bytes()).unwrap())
}

fn understood(desc: &str) -> Option<Details> {
    Details::read(&serde_json::from_str::<Field>(desc).unwrap()).ok()
}

#[tokio::test]
async fn the_documented_bill_is_quoted() {
    let server = Scripted::open().await;
    let adapter = adapter(Some(&server.url()), false);
    let question = question();
    let (heard, _) = server.play(adapter.inquire(&question), Play::Answer(200, sample().to_string())).await;
    assert_eq!(
        heard.meaning,
        InquiryAnswer::Found(BillQuote {
            customer_name: "Nama Pelanggan Pertama".into(),
            tagihan: Rupiah::whole(8_500),
            cost: Rupiah::whole(10_000),
            desc: sample()["data"]["desc"].to_string().into(),
            periods: "201901".into(),
            token: "".into(),
            requotable: false,
            same_day: true,
        })
    );
    let exchange = heard.exchange.unwrap();
    assert_eq!((exchange.call, exchange.status), ("inq-pasca", Some(200)));
    assert_eq!(*exchange.answer, sample().to_string());
}

#[test]
fn every_documented_shape_comes_out_as_it_went_in() {
    let shapes = contract::shapes();
    assert!(shapes.len() >= 13, "{shapes:?}");
    for (family, desc) in shapes {
        let desc: Value = serde_json::from_str(desc).unwrap();
        let details = understood(&desc.to_string()).unwrap();
        assert_eq!(details.json, desc.to_string(), "{family}");

        // What isn't documented is left out, wherever it stands; and members keep their order, however they came.
        let mut members: Vec<(String, Value)> = desc.as_object().unwrap().clone().into_iter().collect();
        members.reverse();
        members.push(("unasked".to_owned(), json!({"html": "<script>"})));
        let shuffled: Value = members.into_iter().collect::<serde_json::Map<_, _>>().into();
        assert_eq!(understood(&shuffled.to_string()).unwrap(), details, "{family}");
    }
}

#[test]
fn other_taxes_have_a_province_and_a_payments_bill_has_meters() {
    let mut land = contract::json("- PBB: `{", 0);
    land["provinsi"] = json!("Jawa Barat");
    assert_eq!(understood(&land.to_string()).unwrap().json, land.to_string());
    let paid = contract::json("Full official sample", 0)["data"]["desc"].to_string();
    assert_eq!(understood(&paid).unwrap().json, paid);
}

#[test]
fn an_unknown_bill_keeps_what_is_known_of_all() {
    let details = understood(r#"{"lembar_tagihan":"2","colour":"red","nested":{"a":1}}"#).unwrap();
    assert_eq!(details.json, r#"{"lembar_tagihan":2}"#);
    for nothing in ["{}", "[]", "null"] {
        assert_eq!(understood(nothing).unwrap().json, "{}");
    }
    for odd in ["\"text\"", "1", "[1]", "true"] {
        assert_eq!(understood(odd), None, "{odd}");
    }
}

#[test]
fn types_are_made_ours_and_amounts_must_be_amounts() {
    let with_nilai = |nilai: &str| {
        let desc = format!(
            r#"{{"tarif":1,"daya":"1300","lembar_tagihan":1.0,"detail":[{{"periode":201901,"nilai_tagihan":{nilai},"denda":null}}]}}"#
        );
        understood(&desc)
    };
    let expected =
        r#"{"tarif":"1","daya":1300,"lembar_tagihan":1,"detail":[{"periode":"201901","nilai_tagihan":"8000"}]}"#;
    for nilai in ["8000", "8000.0", "\"8000\"", "\"8000.00\""] {
        let details = with_nilai(nilai).unwrap();
        assert_eq!((&*details.json, &*details.periods, details.sum), (expected, "201901", Some(Rupiah::whole(8_000))));
    }
    for nilai in ["8000.5", "\"8.000\"", "\"Rp 8000\"", "true", "{}", "-1"] {
        assert_eq!(with_nilai(nilai), None, "{nilai}");
    }
}

#[test]
fn periods_are_those_of_the_bill_or_of_its_lines() {
    let quote = |changes: &[(&str, Value)]| match read(&with(sample(), changes)) {
        InquiryAnswer::Found(quote) => quote.periods,
        other => panic!("{other:?}"),
    };
    assert_eq!(&*quote(&[("periode", json!("MEI 2019,JUN 2019"))]), "MEI 2019,JUN 2019");
    let internet = contract::json("- INTERNET", 0);
    assert_eq!(&*quote(&[("periode", Value::Null), ("desc", internet)]), "MEI 2019,JUN 2019");
    assert_eq!(&*quote(&[("periode", Value::Null), ("desc", contract::json("- PBB: `{", 0))]), "2019");
    assert_eq!(&*quote(&[("periode", Value::Null), ("desc", json!({"lembar_tagihan": 1}))]), "");
}

#[test]
fn amounts_that_contradict_each_other_make_no_quote() {
    for (member, value) in [
        ("selling_price", json!(11_001)),
        ("selling_price", json!(2_499)),
        ("selling_price", json!(-11_000)),
        ("selling_price", json!("11.000")),
        ("selling_price", Value::Null),
        ("admin", json!(2_499)),
        ("admin", json!(12_000)),
        ("admin", Value::Null),
        ("price", json!(-1)),
        ("price", json!(10_000.5)),
        ("price", Value::Null),
        ("price", json!(1e30)),
        ("customer_name", json!({})),
        ("desc", json!("PLN")),
    ] {
        assert_eq!(read(&with(sample(), &[(member, value.clone())])), InquiryAnswer::Unreadable, "{member} {value}");
    }
}

#[test]
fn amounts_may_be_text_or_floats() {
    let changes = [("selling_price", json!("11000.00")), ("admin", json!("2500")), ("price", json!(10_000.0))];
    assert_eq!(read(&with(sample(), &changes)), read(&sample()));
}

#[tokio::test]
async fn a_refused_inquiry_says_why_by_its_code() {
    for (rc, expected) in [
        ("02", InquiryAnswer::Unavailable),
        ("54", InquiryAnswer::NumberInvalid),
        ("60", InquiryAnswer::NotFound),
        ("44", InquiryAnswer::Unavailable),
        ("74", InquiryAnswer::Unreadable),
    ] {
        let server = Scripted::open().await;
        let adapter = adapter(Some(&server.url()), false);
        let changes = [("rc", json!(rc)), ("customer_no", json!("530000000001"))];
        let body = with(contract::json("Failed sample", 0), &changes).to_string();
        let question = question();
        let (heard, _) = server.play(adapter.inquire(&question), Play::Answer(200, body)).await;
        assert_eq!(heard.meaning, expected, "{rc}");
    }
}
