//! Bills have the documentation's shapes, with all their inconsistencies.

use serde_json::{Value, json};

use crate::harness::Customer;

async fn paid(customer: &Customer, code: &str, number: &str) -> (Value, Value) {
    let inquiry = customer.inquire(&format!("{code}-{number}"), code, number).await;
    let paid = customer.pay(&inquiry["tr_id"]).await;
    assert_eq!(paid["response_code"], "00", "{code} {number} {inquiry}");
    (inquiry, paid)
}

fn names(object: &Value) -> String {
    object.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn electricity_is_the_sample() {
    let customer = Customer::start().await;
    let (inquiry, paid) = paid(&customer, "PLNPOSTPAID", "530000000001").await;
    assert_eq!(
        names(&inquiry),
        "tr_id code hp tr_name period nominal admin ref_id response_code message price selling_price desc"
    );
    assert_eq!(
        names(&paid),
        "tr_id code datetime hp tr_name period nominal admin response_code message price selling_price balance noref ref_id desc"
    );
    assert_eq!((&paid["price"], &paid["selling_price"]), (&302_500.into(), &301_900.into()));
    assert_eq!((&paid["datetime"], &paid["message"]), (&"20260531100000".into(), &"PAYMENT SUCCESS".into()));
    assert_eq!(names(&inquiry["desc"]), "tarif daya lembar_tagihan tagihan");
    assert_eq!(names(&paid["desc"]), "tarif daya lembar_tagihan lembar_tagihan_sisa tagihan");
    assert_eq!(
        paid["desc"]["tagihan"]["detail"][0],
        json!({
            "meter_awal": "00080000", "meter_akhir": "00080000", "periode": "202604", "nilai_tagihan": "300000",
            "admin": "2500", "denda": "0", "total": 302_500,
        })
    );
}

#[tokio::test]
async fn eight_bills_are_paid_four_at_a_time() {
    let customer = Customer::start().await;
    let (_, paid) = paid(&customer, "PLNPOSTPAID", "530000000002").await;
    let desc = &paid["desc"];
    assert_eq!((&desc["lembar_tagihan"], &desc["lembar_tagihan_sisa"]), (&"4".into(), &4.into()));
    assert_eq!(desc["tagihan"]["detail"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_status_is_a_payment_with_fractional_amounts() {
    let customer = Customer::start().await;
    let (_, paid) = paid(&customer, "PLNPOSTPAID", "530000000001").await;
    let status = customer.status("PLNPOSTPAID-530000000001").await;
    assert_eq!((&status["status"], &status["noref"]), (&1.into(), &paid["noref"]));
    assert!(status["price"].is_f64() && paid["price"].is_i64());
}

#[tokio::test]
async fn water_has_two_styles() {
    let customer = Customer::start().await;
    let (surabaya, _) = paid(&customer, "PDAMKOTA.SURABAYA", "10202001").await;
    assert_eq!(
        names(&surabaya["desc"]),
        "bill_quantity address biller_admin pdam_name stamp_duty due_date kode_tarif bill"
    );
    assert_eq!(
        names(&surabaya["desc"]["bill"]["detail"][0]),
        "period first_meter last_meter penalty bill_amount misc_amount stand"
    );
    let (combined, _) = paid(&customer, "PDAMKOTA.YOGYAKARTA", "10202001").await;
    let details = combined["desc"]["bill"]["detail"].as_array().unwrap();
    assert_eq!((details.len(), &details[0]["period"]), (1, &"202603,202604".into()));
    assert_eq!(combined["desc"]["bill_quantity"], 2);
}

#[tokio::test]
async fn each_family_has_its_oddities() {
    let customer = Customer::start().await;
    let (church, _) = paid(&customer, "MEMBER.Shiftsoft_MMS-Perpuluhan_2022", "1001").await;
    assert_eq!((&church["desc"], &church["nominal"]), (&json!([]), &100_000.into()));
    let (insurance, _) = paid(&customer, "AIA.PREMICONVEN", "10202001").await;
    assert!(insurance["desc"]["footer"].is_array());
    let (health, _) = paid(&customer, "BPJS", "8801234560001").await;
    assert_eq!((&health["period"], &health["nominal"]), (&"02".into(), &50_000.into()));
    let (work, paid_work) = paid(&customer, "BPJSTK", "8102051011270001").await;
    assert_eq!((&work["period"], &work["desc"]["kode_iuran"]), (&"2".into(), &"".into()));
    assert_ne!(paid_work["desc"]["kode_iuran"], "");
    let (vehicle, paid_vehicle) = paid(&customer, "ESAMSAT.JABAR", "9658548523568701").await;
    assert_eq!((&vehicle["nominal"], &vehicle["desc"]["ntpd"]), (&2_274_500.into(), &"".into()));
    assert_ne!(paid_vehicle["desc"]["ntpd"], "");
    let (telephone, _) = paid(&customer, "HPTHREE", "08991234501").await;
    assert_eq!(telephone["desc"]["tagihan"]["detail"][0]["total"], "");
    let (television, _) = paid(&customer, "TVBIG", "1072161401").await;
    assert_eq!((&television["desc"]["bill_quantity"], &television["desc"]["ppn"]), (&"1".into(), &0.into()));
}
