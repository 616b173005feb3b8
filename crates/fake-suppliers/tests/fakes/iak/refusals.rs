//! What the fake IAK refuses.

use serde_json::{Value, json};

use crate::harness::{Customer, Seen};

fn rc(answer: &Value) -> &str {
    answer["response_code"].as_str().or_else(|| answer["rc"].as_str()).unwrap_or("00")
}

#[tokio::test]
async fn every_call_checks_its_signature_and_its_user() {
    let customer = Customer::start().await;
    let tr_id = customer.inquire("B", "PLNPOSTPAID", "5311").await["tr_id"].to_string();
    let check = "api/v1/bill/check";
    let calls = [
        ("100", check, "pl", json!({ "commands": "pricelist-pasca" })),
        ("100", check, "A", json!({ "commands": "inq-pasca", "code": "PLNPOSTPAID", "hp": "5312", "ref_id": "A" })),
        ("100", check, &tr_id, json!({ "commands": "pay-pasca", "tr_id": tr_id })),
        ("100", check, "cs", json!({ "commands": "checkstatus", "ref_id": "B" })),
        ("204", "api/check-balance", "bl", json!({})),
        ("204", "api/pricelist", "pl", json!({})),
        ("204", "api/top-up", "C", json!({ "ref_id": "C", "customer_id": "087811112222", "product_code": "xld25000" })),
        ("204", "api/check-status", "C", json!({ "ref_id": "C" })),
        ("204", "api/inquiry-pln", "12345678901", json!({ "customer_id": "12345678901" })),
        ("204", "api/inquiry-ovo", "082179374708", json!({ "customer_id": "082179374708" })),
        ("204", "api/check-operator", "op", json!({ "customer_id": "082179374708" })),
    ];
    for (code, path, addition, body) in calls {
        let mut forged = customer.sign("something else", body.clone());
        assert_eq!(rc(&customer.post(path, &forged).await.json()["data"]), code, "{path}");
        forged = customer.sign(addition, body.clone());
        forged["username"] = json!("somebody");
        assert_eq!(rc(&customer.post(path, &forged).await.json()["data"]), code, "{path}");
        let accepted = customer.signed(path, addition, body.clone()).await;
        assert!(["00", "39"].contains(&rc(&accepted)), "{path} {body} {accepted}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_inquiry_has_its_code() {
    let customer = Customer::start().await;
    let rows = [
        ("A", "NOSUCHCODE", "5311", json!({}), "20"),
        ("A B", "PLNPOSTPAID", "5311", json!({}), "03"),
        ("A", "PLNPOSTPAID", "53x1", json!({}), "14"),
        ("A", "BPJS", "88012345", json!({ "month": "2" }), "09"),
        ("A", "PBBKOT.CIMAHI", "32980109", json!({ "year": 2019 }), "09"),
        ("A", "ESAMSAT.JABAR", "96585485", json!({ "nomor_identitas": "" }), "09"),
        ("A", "SHOPEEPAY", "082155", json!({ "desc": { "amount": 0 } }), "93"),
        ("A", "SHOPEEPAY", "082155", json!({ "desc": { "amount": 50_000 } }), "00"),
    ];
    for (ref_id, code, number, extras, expected) in rows {
        let mut body = customer.inquiry(ref_id, code, number);
        body.as_object_mut().unwrap().extend(extras.as_object().unwrap().clone());
        let answer = customer.post("api/v1/bill/check", &body).await.json();
        assert_eq!(rc(&answer["data"]), expected, "{body}");
        assert_eq!(answer["meta"], json!([]));
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_purchase_has_its_code() {
    let customer = Customer::with(|options| options.balance = 20_000).await;
    let rows = [
        ("nosuchcode", "087811112222", "20"),
        ("hthree1000", "0895111122", "20"),
        ("xld25000", "0878x", "14"),
        ("xld25000", "087811112222", "17"),
    ];
    for (code, number, expected) in rows {
        let answer = customer.top_up("A", code, number).await;
        assert_eq!((rc(&answer), &answer["status"]), (expected, &2.into()), "{code} {number}");
    }
    assert_eq!(customer.purchase_status("A").await, json!({ "rc": "06", "message": "TRANSACTION NOT FOUND" }));
    let bill = customer.inquire("B", "PLNPOSTPAID", "530000000001").await;
    assert_eq!(rc(&customer.pay(&bill["tr_id"]).await), "17");
    assert_eq!(rc(&customer.status("B").await), "42", "it may be paid once there is money");
}

#[tokio::test]
async fn what_is_no_call_is_refused() {
    let customer = Customer::start().await;
    let command = |command: &str| json!({ "commands": command });
    let check = "api/v1/bill/check";
    assert_eq!(rc(&customer.post(check, &command("inq-prabayar")).await.json()["data"]), "101");
    let xml = crate::harness::exchange(customer.fake.address(), "POST", "/api/v1/bill/check", "<mp></mp>").await;
    assert_eq!(rc(&xml.json()["data"]), "107");
    let nowhere = customer.post("api/nowhere", &json!({})).await;
    assert!(matches!(nowhere, Seen::Answer(404, ..)));
    assert_eq!(rc(&nowhere.json()["data"]), "117");
}
