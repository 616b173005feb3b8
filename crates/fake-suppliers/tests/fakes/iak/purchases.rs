//! Prepaid purchases, with their callbacks.

use fake_suppliers::{Call, Contradiction, Fault, Outcome, Plan, Rule, Settling};
use serde_json::{Value, json};

use crate::harness::{Customer, Receiver};

#[tokio::test]
async fn a_purchase_is_in_process_first_and_told_when_it_is_over() {
    let receiver = Receiver::open().await;
    let customer = Customer::start().await;
    customer.fake.set_webhook(Some(receiver.webhook()));
    let begun = customer.top_up("A", "xld25000", "0817777215").await;
    let names: Vec<&str> = begun.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names.join(" "), "ref_id status product_code customer_id price message balance tr_id rc");
    assert_eq!((&begun["status"], &begun["rc"], &begun["price"]), (&0.into(), &"39".into(), &25_000.into()));
    assert_eq!(customer.top_up("A", "xld25000", "0817777215").await, begun, "the same reference only asks");
    customer.settle_all();
    let told = receiver.next().await.data();
    assert!(told.as_object().unwrap().values().all(Value::is_string), "everything is a text: {told}");
    assert_eq!((&told["status"], &told["rc"], &told["price"]), (&"1".into(), &"00".into(), &"25000".into()));
    assert_eq!(told["sign"], customer.credentials.sign("A"));
    let status = customer.purchase_status("A").await;
    assert_eq!((&status["status"], &status["sn"]), (&1.into(), &told["sn"]));
    assert_eq!(customer.fake.journal().unwrap().deliveries().count(), 1);
}

#[tokio::test]
async fn a_purchase_fails_later_and_the_money_comes_back() {
    let receiver = Receiver::open().await;
    let customer = Customer::with(|options| options.settling = Settling::ByHand).await;
    customer.fake.set_webhook(Some(receiver.webhook()));
    // A number of another operator.
    assert_eq!(customer.top_up("A", "xld25000", "081211112222").await["rc"], "39");
    assert_eq!(customer.fake.balance(), 1_000_000_000 - 25_000);
    let (_, told) = tokio::join!(customer.fake.settle("A", Outcome::Failed), receiver.next());
    assert_eq!((&told.data()["status"], &told.data()["rc"]), (&"2".into(), &"16".into()));
    assert_eq!(customer.fake.balance(), 1_000_000_000);
    let (_, forged) = tokio::join!(customer.fake.send_callback("A", 1, true), receiver.next());
    assert_eq!(forged.data()["status"], "1", "a forged one claims the opposite");
    assert_ne!(forged.data()["sign"], customer.credentials.sign("A"));
}

#[tokio::test]
async fn a_purchase_that_was_told_as_a_success_is_refunded() {
    let receiver = Receiver::open().await;
    let customer = Customer::start().await;
    customer.fake.set_webhook(Some(receiver.webhook()));
    let refund = Fault::Contradict(Contradiction::RefundAfterSuccess);
    customer.fake.set_plan(Plan::of([Rule::once(Call::TopUp, refund)]));
    customer.top_up("A", "xld25000", "0817777215").await;
    customer.settle_all();
    assert_eq!(receiver.next().await.data()["rc"], "00");
    customer.settle_all();
    assert_eq!(receiver.next().await.data()["rc"], "07");
    assert_eq!(customer.fake.balance(), 1_000_000_000);
}

#[tokio::test]
async fn electricity_comes_as_a_token() {
    let customer = Customer::start().await;
    customer.top_up("A", "hpln20000", "12345678901").await;
    customer.settle_all();
    customer.fake.wait_for(|line| line.delivery().is_some()).await.unwrap();
    let sn = customer.purchase_status("A").await["sn"].as_str().unwrap().to_owned();
    assert_eq!(sn.split('/').next().unwrap().split('-').count(), 5, "{sn}");
}

#[tokio::test]
async fn names_and_operators_are_found() {
    let customer = Customer::start().await;
    let rows = [
        ("api/inquiry-pln", "12345678901", "12345678901", "00"),
        ("api/inquiry-pln", "1234567", "1234567", "14"),
        ("api/inquiry-ovo", "082179374708", "082179374708", "00"),
        ("api/inquiry-ovo", "999999", "999999", "14"),
        ("api/check-operator", "op", "085154000000", "00"),
        ("api/check-operator", "op", "0000", "14"),
    ];
    for (path, addition, number, rc) in rows {
        let found = customer.signed(path, addition, json!({ "customer_id": number })).await;
        assert_eq!(found["rc"], rc, "{path} {number}");
    }
    let found = customer.signed("api/check-operator", "op", json!({ "customer_id": "085154000000" })).await;
    assert_eq!(found["operator"], "BY.U", "the longer prefix decides");
}

#[tokio::test]
async fn price_lists_have_the_shapes_that_are_said_to_occur() {
    let customer = Customer::start().await;
    let whole = customer.signed("api/pricelist", "pl", json!({ "status": "all" })).await;
    assert_eq!(whole["pricelist"].as_array().unwrap().len(), 7);
    let typed = customer.signed("api/pricelist/pulsa/xl", "pl", json!({ "status": "active" })).await;
    assert_eq!(typed.as_array().unwrap().len(), 2);
    let list = |path, province| {
        let body = json!({ "commands": "pricelist-pasca", "status": "active", "province": province });
        customer.signed(path, "pl", body)
    };
    assert_eq!(list("api/v1/bill/check", "").await["pasca"].as_array().unwrap().len(), 22);
    let water = list("api/v1/bill/check/pdam", "Jawa Timur").await;
    assert_eq!(water["pasca"][0]["code"], "PDAMKOTA.SURABAYA");
    assert_eq!(water["pasca"].as_array().unwrap().len(), 1);
}
