//! Every test number does what the documentation says.

use fake_suppliers::Event;
use serde_json::Value;

use crate::harness::Buyer;

/// Product, then numbers that: succeed, have no bill, can't be paid, are paid later, fail later.
type Row = (&'static str, &'static [&'static str], &'static str, &'static str, &'static [&'static str], &'static str);

const TABLE: [Row; 15] = [
    (
        "pln",
        &["530000000001", "530000000002"],
        "530000000003",
        "530000000006",
        &["630000000001", "630000000002", "530000000005"],
        "630000000006",
    ),
    ("pdam", &["1013226"], "1013227", "1013230", &["2013226"], "2013230"),
    ("internet", &["6391601001"], "6391601002", "6391601005", &["7391601001"], "7391601005"),
    ("bpjs", &["8801234560001"], "8801234560002", "8801234560005", &["9801234560001"], "9801234560005"),
    ("multifinance", &["6391601201"], "6391601202", "6391601205", &["7391601201"], "7391601205"),
    (
        "cimahi",
        &["329801092375999991"],
        "329801092375999992",
        "329801092375999995",
        &["429801092375999991"],
        "429801092375999995",
    ),
    ("pdl", &["3298010921"], "3298010922", "3298010923", &["4298010921"], "4298010923"),
    ("pgas", &["0110014601", "0110014602"], "0110014603", "0110014605", &["1110014601", "1110014602"], "1110014605"),
    ("tv", &["127246500101"], "127246500102", "127246500105", &["227246500101"], "227246500105"),
    (
        "bpjstk",
        &["8102051011270001"],
        "8102051011270002",
        "8102051011270003",
        &["9102051011270001"],
        "9102051011270003",
    ),
    ("bpjstkpu", &["400000100001"], "400000100002", "400000100003", &["500000100001"], "500000100003"),
    ("plnnontaglist", &["3225030005921"], "3225030005922", "3225030005923", &["4225030005921"], "4225030005923"),
    ("emoney", &["082100000001"], "082100000002", "082100000003", &["082110000001"], "082110000003"),
    (
        "samsat",
        &["9658548523568701,0212502110170100"],
        "9658548523568702,0212502110170100",
        "9658548523568705,0212502110170100",
        &["0658548523568701,0212502110170100"],
        "0658548523568705,0212502110170100",
    ),
    ("hp", &["081234554320"], "081234554321", "081234554324", &["081244554320"], "081244554324"),
];

#[tokio::test]
async fn numbers_that_succeed_are_paid_at_once() {
    let buyer = Buyer::start().await;
    for (sku, succeed, ..) in TABLE {
        for number in succeed {
            let paid = buyer.pay(&format!("ok-{sku}-{number}"), sku, number).await;
            assert_eq!((&paid["rc"], &paid["status"]), (&Value::from("00"), &Value::from("Sukses")), "{sku} {number}");
            assert!(paid["sn"].is_string() && paid["desc"].is_object(), "{paid}");
        }
    }
    assert_eq!(buyer.fake.journal().unwrap().deliveries().count(), 17);
}

#[tokio::test]
async fn numbers_without_a_bill_fail_at_the_inquiry() {
    let buyer = Buyer::start().await;
    for (sku, _, number, ..) in TABLE {
        let answer = buyer.ask("inq-pasca", &format!("none-{sku}"), sku, number).await;
        assert_eq!((&answer["rc"], &answer["status"]), (&Value::from("02"), &Value::from("Gagal")), "{sku} {number}");
        assert!(answer.get("desc").is_none() && answer.get("price").is_none(), "{answer}");
    }
}

#[tokio::test]
async fn numbers_that_cannot_be_paid_fail_at_the_payment() {
    let buyer = Buyer::start().await;
    for (sku, _, _, number, ..) in TABLE {
        let answer = buyer.pay(&format!("no-{sku}"), sku, number).await;
        assert_eq!((&answer["rc"], &answer["status"]), (&Value::from("02"), &Value::from("Gagal")), "{sku} {number}");
    }
    assert_eq!(buyer.fake.balance(), 1_000_000_000);
}

#[tokio::test]
async fn pending_numbers_settle_later() {
    let buyer = Buyer::start().await;
    for (sku, _, _, _, succeed, fails) in TABLE {
        for number in succeed.iter().chain([&fails]) {
            let ref_id = format!("later-{sku}-{number}");
            let answer = buyer.pay(&ref_id, sku, number).await;
            assert_eq!(
                (&answer["rc"], &answer["status"]),
                (&Value::from("03"), &Value::from("Pending")),
                "{sku} {number}"
            );
            assert_eq!(answer.as_object().unwrap().len(), 6, "a pending answer says little: {answer}");
            buyer.settle_all();
            let is_over = |event: &Event| matches!(event, Event::Delivered { subject, .. } | Event::Failed { subject, .. } if subject.ref_id == ref_id);
            buyer.fake.wait_for(|entry| is_over(&entry.event)).await.unwrap();
            let later = buyer.ask("status-pasca", &ref_id, sku, number).await;
            assert_eq!(later["rc"], if *number == fails { "02" } else { "00" }, "{sku} {number}");
        }
    }
}

#[tokio::test]
async fn prepaid_numbers_do_as_they_should() {
    let buyer = Buyer::start().await;
    for (number, at_once, later) in [
        ("087800001230", "00", "00"),
        ("087800001232", "02", "02"),
        ("087800001233", "03", "00"),
        ("087800001234", "03", "02"),
    ] {
        assert_eq!(buyer.ask("", number, "xld10", number).await["rc"], at_once, "{number}");
        buyer.settle_all();
        buyer
            .fake
            .wait_for(|entry| matches!(&entry.event, Event::Delivered { subject, .. } | Event::Failed { subject, .. } if subject.ref_id == number))
            .await
            .unwrap();
        assert_eq!(buyer.ask("", number, "xld10", number).await["rc"], later, "{number}");
    }
}

#[tokio::test]
async fn the_number_of_sheets_and_the_amounts_are_those_of_the_samples() {
    let buyer = Buyer::start().await;
    let one = buyer.pay("one", "pln", "530000000001").await;
    assert_eq!((&one["price"], &one["selling_price"], &one["admin"]), (&10_000.into(), &11_000.into(), &2_500.into()));
    let detail = &one["desc"]["detail"][0];
    assert_eq!((&detail["nilai_tagihan"], &detail["meter_awal"]), (&"8000".into(), &"00080000".into()));
    let names: Vec<&str> = one.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        names.join(" "),
        "ref_id customer_no customer_name buyer_sku_code admin message status rc periode sn buyer_last_saldo price selling_price desc"
    );
    let two = buyer.ask("inq-pasca", "two", "pln", "530000000002").await;
    assert_eq!((&two["desc"]["lembar_tagihan"], &two["admin"]), (&2.into(), &5_000.into()));
    assert!(two["desc"]["detail"][0].get("meter_awal").is_none(), "an inquiry knows no meter");
    // The documentation's own sample of two gas bills says one.
    let gas = buyer.ask("inq-pasca", "gas", "pgas", "0110014602").await;
    assert_eq!((&gas["desc"]["lembar_tagihan"], gas["desc"]["detail"].as_array().unwrap().len()), (&1.into(), 2));
    let insurance = buyer.pay("insurance", "bpjstk", "8102051011270001").await;
    assert_eq!((&insurance["sn"], &insurance["desc"]["jkk"]), (&"".into(), &10_000.into()));
}
