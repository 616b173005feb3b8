//! What a supplier says of an order that is settled already: taken back, or the opposite.

use std::collections::BTreeMap;

use fake_suppliers::{Call, Contradiction, Event, Fault, Options, Outcome, Plan, Rule, Supplier};
use serde_json::json;

use super::house::{ADMIN, SECRET};
use super::{House, Webhooks, bill, credit};

fn house() -> House {
    let mut house = House::open(&[]);
    house.connect("digi", Options::new(Supplier::Digiflazz), Webhooks::On);
    house.sell([bill("PLN", "digi", "pln"), credit("XL10", "digi", "xld10", 10_850)]);
    house
}

/// What moved the merchant's balance for an order, by type.
fn moved(house: &House, ref_id: &str) -> BTreeMap<String, i64> {
    let listed = house.toko.call("/v1/mutations", json!({"cmd": "mutations"})).unwrap().expect_code("SUCCESS");
    let mut moved = BTreeMap::new();
    for line in listed.data().as_array().unwrap().iter().filter(|line| line["ref_id"] == ref_id) {
        *moved.entry(line["type"].as_str().unwrap().to_owned()).or_default() += line["amount"].as_i64().unwrap();
    }
    moved
}

fn movements<const N: usize>(expected: [(&str, i64); N]) -> BTreeMap<String, i64> {
    expected.into_iter().map(|(kind, amount)| (kind.to_owned(), amount)).collect()
}

/// Waits until a callback with that code was answered.
fn told(house: &House, ref_id: &str, code: &str) {
    let supplier_ref = house.supplier_ref(ref_id);
    let is_told = |event: &Event| match event {
        Event::CallbackSent { subject, rc, receiver, .. } => {
            subject.ref_id == supplier_ref && rc == code && receiver == "200"
        }
        _ => false,
    };
    let fake = house.fake("digi");
    fake.wait(fake.wait_for(|entry| is_told(&entry.event))).unwrap();
}

#[test]
fn a_success_that_is_taken_back_is_reversed_once() {
    let house = house();
    let before = house.toko.balance();
    house.toko.inquire_and_pay("bill", "PLN", "530000000001").expect_code("BILL_PAYMENT_SUCCESS");
    house.toko.buy("credit", "XL10", "087800001230").expect_code("ORDER_SUCCESS");
    for ref_id in ["bill", "credit"] {
        told(&house, ref_id, "00");
        house.settle("digi", ref_id, Outcome::Refund);
        let fake = house.fake("digi");
        let supplier_ref = house.supplier_ref(ref_id);
        assert!(fake.wait(fake.send_callback(&supplier_ref, 200, false)).unwrap());
        let order = house.order(ref_id);
        assert_eq!((order.status.as_str(), order.desk), ("refunded", None));
        assert_eq!(moved(&house, ref_id), movements([("payment", -order.amount), ("reversal", order.amount)]));
    }
    let told = house.toko.pay("bill", "PLN", "530000000001").expect_code("BILL_PAYMENT_FAILED");
    assert!(told["refunded_at"].is_string(), "{}", told.text);
    assert_eq!(house.toko.balance(), before);
    // The bill is due again.
    house.toko.inquire_and_pay("again", "PLN", "530000000001").expect_code("BILL_PAYMENT_SUCCESS");
    house.reckon_with_manners();
}

#[test]
fn a_failure_that_was_delivered_after_all_lies_on_the_desk_and_moves_no_money() {
    let house = house();
    let before = house.toko.balance();
    let lie = Fault::Contradict(Contradiction::FailedButDelivered);
    house.fake("digi").set_plan(Plan::of([Rule::once(Call::PayPasca, lie.clone()), Rule::once(Call::TopUp, lie)]));
    house.toko.inquire_and_pay("bill", "PLN", "530000000001").expect_code("BILL_PAYMENT_FAILED");
    house.toko.buy("credit", "XL10", "087800001230").expect_code("ORDER_FAILED");
    for ref_id in ["bill", "credit"] {
        told(&house, ref_id, "00");
        let fake = house.fake("digi");
        assert!(fake.wait(fake.send_callback(&house.supplier_ref(ref_id), 50, false)).unwrap());
        let order = house.order(ref_id);
        assert_eq!((order.status.as_str(), order.desk.as_deref()), ("failed", Some("success_after_failure")));
        assert_eq!(moved(&house, ref_id), movements([("payment", -order.amount), ("release", order.amount)]));
    }
    assert_eq!(house.toko.balance(), before);
    // Nobody pays this bill as long as that isn't cleared up.
    house.toko.inquire("again", "PLN", "530000000001").expect_code("PAYMENT_IN_PROGRESS");
    house.toko.pay("bill", "PLN", "530000000001").expect_code("BILL_PAYMENT_FAILED");
    assert_eq!(house.calls("digi", "530000000001"), [Call::InqPasca, Call::PayPasca]);
    house.reckon_with_manners();
}

#[test]
fn a_success_that_is_called_a_failure_lies_on_the_desk_and_moves_no_money() {
    let house = house();
    house.toko.inquire_and_pay("bill", "PLN", "530000000001").expect_code("BILL_PAYMENT_SUCCESS");
    told(&house, "bill", "00");
    let (balance, answer) = (house.toko.balance(), house.toko.status("bill"));
    let failed = json!({"data": {
        "ref_id": house.supplier_ref("bill"), "customer_no": "530000000001", "buyer_sku_code": "pln",
        "message": "Transaksi Gagal", "status": "Gagal", "rc": "02",
    }});
    for _ in 0..10 {
        assert_eq!(house.call_back("digi", &failed, SECRET), 200);
    }
    let order = house.order("bill");
    assert_eq!((order.status.as_str(), order.desk.as_deref()), ("success", Some("failure_after_success")));
    assert_eq!(moved(&house, "bill"), movements([("payment", -order.amount)]));
    assert_eq!((house.toko.balance(), house.toko.status("bill").data()), (balance, answer.data()));
    house.reckon_with_manners();
}

#[test]
fn a_payment_that_took_another_amount_counts_at_the_quoted_one() {
    let house = house();
    house.fake("digi").set_plan(Plan::of([Rule::once(Call::PayPasca, Fault::WrongAmount { by: 1_000 })]));
    let inquiry = house.toko.inquire("bill", "PLN", "530000000001").expect_code("BILL_INQUIRY_SUCCESS");
    let before = house.toko.balance();
    let paid = house.toko.pay("bill", "PLN", "530000000001").expect_code("BILL_PAYMENT_SUCCESS");
    assert_eq!((&paid["total"], &paid["admin"]), (&inquiry["total"], &ADMIN.into()));
    assert_eq!(house.toko.balance(), before - inquiry["total"].as_i64().unwrap());
    assert_eq!(house.order("bill").desk.as_deref(), Some("cost_differs"));
    house.reckon_with_manners();
}
