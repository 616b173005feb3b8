//! What the fake Digiflazz refuses.

use serde_json::{Value, json};

use crate::harness::Buyer;

#[tokio::test]
async fn every_call_checks_its_signature_and_its_user() {
    let buyer = Buyer::start().await;
    let calls = [
        ("cek-saldo", "depo", json!({ "cmd": "deposit" })),
        ("price-list", "pricelist", json!({ "cmd": "prepaid" })),
        ("price-list", "pricelist", json!({ "cmd": "pasca" })),
        ("deposit", "deposit", json!({ "amount": 10_000_000, "bank": "BCA", "owner_name": "John Doe" })),
        ("inquiry-pln", "5311", json!({ "customer_no": "5311" })),
        ("transaction", "A", buyer.transaction("", "A", "xld25", "087811112222")),
        ("transaction", "B", buyer.transaction("inq-pasca", "B", "pln", "5311")),
        ("transaction", "B", buyer.transaction("pay-pasca", "B", "pln", "5311")),
        ("transaction", "B", buyer.transaction("status-pasca", "B", "pln", "5311")),
    ];
    for (path, addition, body) in calls {
        let rc = |answer: &Value| answer["rc"].as_str().unwrap_or("00").to_owned();
        let mut forged = body.clone();
        forged["username"] = json!(buyer.credentials.username);
        forged["sign"] = json!(buyer.credentials.sign("something else"));
        assert_eq!(rc(&buyer.post(path, &forged).await.json()["data"]), "41", "{path}");
        forged["username"] = json!("somebody");
        assert_eq!(rc(&buyer.post(path, &forged).await.json()["data"]), "42", "{path}");
        assert_eq!(rc(&buyer.signed(path, addition, body.clone()).await), "00", "{path} {body}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_transaction_has_its_code() {
    let buyer = Buyer::start().await;
    buyer.pay("taken", "pln", "5399").await;
    let rows = [
        ("inq-pasca", "A", "no-such-product", "5311", "43"),
        ("", "A", "three1", "0895111122", "43"),
        ("", "A", "pln", "5311", "43"),
        ("inq-pasca", "A", "pln", "53 11", "54"),
        ("inq-pasca", "A", "pln", "531", "57"),
        ("inq-pasca", "A", "samsat", "9658548523568701", "54"),
        ("inq-pasca", "", "pln", "5311", "40"),
        ("inq-pasca", "taken", "pln", "5399", "49"),
        ("pay-pasca", "taken", "pln", "5311", "49"),
        ("", "taken", "xld25", "087811112222", "49"),
        ("status-pasca", "nobody", "pln", "5311", "50"),
    ];
    for (command, ref_id, sku, customer_no, rc) in rows {
        assert_eq!(
            buyer.ask(command, ref_id, sku, customer_no).await["rc"],
            rc,
            "{command} {ref_id} {sku} {customer_no}"
        );
    }
}

#[tokio::test]
async fn what_some_products_want_to_know_is_checked() {
    let buyer = Buyer::start().await;
    let rows = [
        ("inq-pasca", "emoney", "082155", json!({ "amount": 50_500 }), "87"),
        ("inq-pasca", "emoney", "082155", json!({ "amount": "50000" }), "40"),
        ("inq-pasca", "emoney", "082155", json!({ "amount": 50_000 }), "00"),
        ("inq-pasca", "cimahi", "329877", json!({ "year": "2025" }), "40"),
        ("inq-pasca", "cimahi", "329877", json!({ "year": 2025 }), "00"),
        ("", "xld25", "0878.1", json!({}), "54"),
        ("", "xld25", "0878.2", json!({ "allow_dot": true }), "00"),
        ("", "xld25", "087811", json!({ "max_price": 24_999 }), "69"),
        ("", "xld25", "087811", json!({ "max_price": 25_000 }), "00"),
    ];
    for (place, (command, sku, customer_no, extras, rc)) in rows.into_iter().enumerate() {
        let mut body = buyer.transaction(command, &format!("R{place}"), sku, customer_no);
        body.as_object_mut().unwrap().extend(extras.as_object().unwrap().clone());
        assert_eq!(buyer.post("transaction", &body).await.json()["data"]["rc"], rc, "{body}");
    }
    let paid = buyer.ask("pay-pasca", "R4", "cimahi", "329877").await;
    assert_eq!(paid["desc"]["tahun_pajak"], "2025");
}

#[tokio::test]
async fn a_failure_that_forms_a_transaction_stays_one() {
    let buyer = Buyer::start().await;
    assert_eq!(buyer.ask("", "A", "xld25", "0878x").await["rc"], "54");
    assert_eq!(buyer.fake.transactions().len(), 1);
    assert_eq!(buyer.ask("", "A", "xld25", "087811112222").await["rc"], "49");
    assert_eq!(buyer.fake.balance(), 1_000_000_000);
}

#[tokio::test]
async fn a_product_that_is_not_multi_is_sold_once_a_day_for_a_number() {
    let buyer = Buyer::start().await;
    for (ref_id, number, rc) in [("A", "0838111122", "00"), ("B", "0838111122", "63"), ("C", "0838111133", "00")] {
        assert_eq!(buyer.ask("", ref_id, "axis5", number).await["rc"], rc);
    }
    buyer.clock.advance(std::time::Duration::from_hours(14));
    assert_eq!(buyer.ask("", "B", "axis5", "0838111122").await["rc"], "00");
}

#[tokio::test]
async fn a_ticket_names_an_amount_of_its_own() {
    let buyer = Buyer::start().await;
    let body = json!({ "amount": 10_000_000, "Bank": "BCA", "owner_name": "John Doe" });
    let ticket = buyer.signed("deposit", "deposit", body).await;
    assert!((10_000_001..=10_000_999).contains(&ticket["amount"].as_i64().unwrap()), "{ticket}");
    let unknown = json!({ "amount": 10_000_000, "bank": "ABC", "owner_name": "John Doe" });
    assert_eq!(buyer.signed("deposit", "deposit", unknown).await["rc"], "64");
}
