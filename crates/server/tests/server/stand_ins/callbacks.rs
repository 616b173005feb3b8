//! What suppliers tell unasked: copies by the thousand, forgeries, words about nobody, other amounts, strangers.

use std::collections::BTreeMap;

use fake_suppliers::{Call, CallbackFault, Event, Fault, Options, Outcome, Plan, Rule, Supplier};
use serde_json::{Value, json};

use super::house::{KEY, SECRET};
use super::{House, Webhooks, bill, credit, iak};

/// Verdicts, as the table has them.
const FORGED: i64 = 1;
const STRANGER: i64 = 2;
const UNREADABLE: i64 = 3;
const NO_ORDER: i64 = 4;
const UNKNOWN_ORDER: i64 = 5;
const RECORDED: i64 = 6;
const ASKED: i64 = 7;

/// More than anybody sends.
const COPIES: u32 = 1_000;

/// With a stand-in for Digiflazz at its real pace: within a test it is never asked what became of an order.
fn house(settings: &[(&str, &str)]) -> House {
    let mut house = House::open(settings);
    house.connect("digi", Options::new(Supplier::Digiflazz), Webhooks::On);
    house.sell([bill("PLN", "digi", "pln"), credit("XL10", "digi", "xld10", 10_850)]);
    house
}

/// Sends a transaction's callback so often, and gives what it was answered how often.
fn send(house: &House, name: &str, ref_id: &str, copies: u32, forged: bool) -> BTreeMap<String, u32> {
    let fake = house.fake(name);
    let before = fake.journal().unwrap().entries.len();
    assert!(fake.wait(fake.send_callback(&house.supplier_ref(ref_id), copies, forged)).unwrap());
    let mut answers = BTreeMap::new();
    for entry in &fake.journal().unwrap().entries[before..] {
        if let Event::CallbackSent { receiver, .. } = &entry.event {
            *answers.entry(receiver.clone()).or_default() += 1;
        }
    }
    answers
}

/// Waits until the supplier has told of its own accord that a payment began.
fn told_first(house: &House, name: &str, ref_id: &str) {
    let supplier_ref = house.supplier_ref(ref_id);
    let fake = house.fake(name);
    let is_told =
        |event: &Event| matches!(event, Event::CallbackSent { subject, .. } if subject.ref_id == supplier_ref);
    fake.wait(fake.wait_for(|entry| is_told(&entry.event))).unwrap();
}

fn answers<const N: usize>(expected: [(&str, u32); N]) -> BTreeMap<String, u32> {
    expected.into_iter().map(|(status, times)| (status.to_owned(), times)).collect()
}

/// What Digiflazz says of a bill of ours, as one would write it who knows everything but the secret.
fn word(supplier_ref: &str, customer_no: &str, rc: &str, status: &str, price: i64) -> Value {
    json!({"data": {
        "ref_id": supplier_ref, "customer_no": customer_no, "customer_name": "SUBSCRIBER NAME", "buyer_sku_code": "pln",
        "admin": 2500, "message": "Transaksi", "status": status, "rc": rc, "sn": "S1234554321N", "periode": "202601",
        "buyer_last_saldo": 326_719_460, "price": price, "selling_price": 11_000, "desc": {"lembar_tagihan": 1},
    }})
}

#[test]
fn a_thousand_copies_after_the_answer_do_what_one_does() {
    let house = house(&[]);
    house.toko.inquire_and_pay("late", "PLN", "630000000001").expect_code("BILL_PAYMENT_PENDING");
    told_first(&house, "digi", "late");
    house.settle("digi", "late", Outcome::Success);
    let told = house.toko.status("late").expect_code("BILL_PAYMENT_SUCCESS");
    let balance = house.toko.balance();
    assert_eq!(send(&house, "digi", "late", COPIES, false), answers([("200", COPIES)]));
    assert_eq!(house.toko.status("late").data(), told.data());
    assert_eq!(house.toko.balance(), balance);
    // The first words were that it is pending, and how it ended.
    assert_eq!(house.verdicts(), BTreeMap::from([(RECORDED, i64::from(COPIES) + 2)]));
    house.reckon_with_manners();
}

#[test]
fn a_thousand_copies_before_the_answer_settle_it_and_the_answer_changes_nothing() {
    let mut house = house(&[("answer_within_ms", "300"), ("supplier_limit_ms", "4000"), ("send_within_ms", "1000")]);
    // It hears, and says nothing; the payment's sender waits for its answer all the while.
    house.fake("digi").set_plan(Plan::of([Rule::always(Call::PayPasca, Fault::SilentAfter)]));
    house.toko.inquire_and_pay("early", "PLN", "630000000001").expect_code("BILL_PAYMENT_PENDING");
    house.settle("digi", "early", Outcome::Success);
    assert_eq!(send(&house, "digi", "early", COPIES, false), answers([("200", COPIES)]));
    let told = house.toko.status("early").expect_code("BILL_PAYMENT_SUCCESS");
    // It ends when what is being sent has come to its end.
    assert!(house.loket.stop().success());
    house.loket.open();
    assert_eq!(house.toko.status("early").data(), told.data());
    assert_eq!(house.order("early").attempts.unwrap()[0].state, "succeeded");
    assert_eq!(house.fake("digi").transactions().len(), 1);
    house.reckon_with_manners();
}

#[test]
fn a_callback_that_overtakes_the_answer_is_what_the_merchant_is_told() {
    let house = house(&[]);
    house.fake("digi").set_plan(Plan::of([Rule::always(Call::PayPasca, Fault::Callback(CallbackFault::Early))]));
    house.toko.inquire_and_pay("won", "PLN", "630000000001").expect_code("BILL_PAYMENT_SUCCESS");
    house.toko.inquire_and_pay("lost", "PLN", "630000000006").expect_code("BILL_PAYMENT_FAILED");
    assert_eq!(house.order("won").desk, None);
    house.reckon_with_manners();
}

#[test]
fn what_nobody_signed_is_kept_and_has_no_effect() {
    let house = house(&[]);
    house.toko.inquire_and_pay("bill", "PLN", "630000000001").expect_code("BILL_PAYMENT_PENDING");
    told_first(&house, "digi", "bill");
    let supplier_ref = house.supplier_ref("bill");
    let before = house.verdicts();
    assert_eq!(send(&house, "digi", "bill", 1, true), answers([("401", 1)]));
    let body = word(&supplier_ref, "630000000001", "00", "Sukses", 10_000);
    assert_eq!(house.call_back("digi", &body, KEY), 401, "the API key isn't the secret");
    assert_eq!(house.call_back("digi", &body, ""), 401);
    for signature in ["", "sha1=", "sha1=00", "00", "sha256=00"] {
        assert_eq!(house.call_back_raw("digi", &body.to_string(), signature), 401, "{signature}");
    }
    house.toko.status("bill").expect_code("BILL_PAYMENT_PENDING");
    let mut after = house.verdicts();
    assert_eq!(after.remove(&FORGED), Some(8));
    assert_eq!(after, before);
    // A flood of them is thrown away, and none but them.
    let flood = send(&house, "digi", "bill", 300, true);
    assert_eq!(flood.values().sum::<u32>(), 300);
    assert!(flood["429"] > 200, "{flood:?}");
    house.settle("digi", "bill", Outcome::Success);
    house.toko.status("bill").expect_code("BILL_PAYMENT_SUCCESS");
    house.reckon_with_manners();
}

#[test]
fn what_is_about_no_order_is_kept_and_answered_with_200() {
    let house = house(&[]);
    let unknown = word("0123456789ABCDEFGHJKMNPQRS", "630000000001", "00", "Sukses", 10_000);
    assert_eq!(house.call_back("digi", &unknown, SECRET), 200);
    let foreign = word("an order of another program's", "630000000001", "00", "Sukses", 10_000);
    assert_eq!(house.call_back("digi", &foreign, SECRET), 200);
    assert_eq!(house.call_back("digi", &json!({"data": {"rc": "00"}}), SECRET), 400);
    assert_eq!(house.call_back("digi", &json!("ping"), SECRET), 400);
    assert_eq!(house.call_back("nobody", &unknown, SECRET), 404);
    assert_eq!(house.call_back("sandbox", &unknown, SECRET), 404);
    let ping = json!({"sed": "x", "hook_id": "11aaabbb", "hook": {"url": "http://x/", "secret": SECRET, "status": 1}});
    assert_eq!(house.call_back("digi", &ping, SECRET), 200);
    let expected = BTreeMap::from([(UNKNOWN_ORDER, 1), (NO_ORDER, 2), (UNREADABLE, 2)]);
    assert_eq!(house.verdicts(), expected);
    house.reckon_with_manners();
}

#[test]
fn another_amount_is_a_success_at_the_quoted_price_that_a_person_looks_at() {
    let house = house(&[]);
    let inquiry = house.toko.inquire("dear", "PLN", "630000000001").expect_code("BILL_INQUIRY_SUCCESS");
    house.toko.pay("dear", "PLN", "630000000001").expect_code("BILL_PAYMENT_PENDING");
    let balance = house.toko.balance();
    let order = house.order("dear");
    let supplier_ref = house.supplier_ref("dear");
    let body = word(&supplier_ref, "630000000001", "00", "Sukses", order.quoted_cost + 1_000);
    for _ in 0..3 {
        assert_eq!(house.call_back("digi", &body, SECRET), 200);
    }
    let told = house.toko.status("dear").expect_code("BILL_PAYMENT_SUCCESS");
    assert_eq!(told["total"], inquiry["total"]);
    assert_eq!(house.toko.balance(), balance);
    let after = house.order("dear");
    assert_eq!((after.desk.as_deref(), after.amount), (Some("cost_differs"), order.amount));
    assert_eq!(after.cost, Some(order.quoted_cost + 1_000));
    house.loket.verify();
}

#[test]
fn strangers_are_not_heard() {
    let house = house(&[]);
    house.toko.inquire_and_pay("bill", "PLN", "630000000001").expect_code("BILL_PAYMENT_PENDING");
    told_first(&house, "digi", "bill");
    house.loket.expect(&["supplier", "set", "digi", "--allow-callback-from", "52.74.250.133"]);
    let before = house.verdicts();
    house.settle("digi", "bill", Outcome::Success);
    house.toko.status("bill").expect_code("BILL_PAYMENT_PENDING");
    let mut after = house.verdicts();
    assert_eq!(after.remove(&STRANGER), Some(1));
    assert_eq!(after, before);
    house.loket.expect(&["supplier", "set", "digi", "--allow-callback-from", "127.0.0.0/8"]);
    assert_eq!(send(&house, "digi", "bill", 1, false), answers([("200", 1)]));
    house.toko.status("bill").expect_code("BILL_PAYMENT_SUCCESS");
    house.reckon_with_manners();
}

#[test]
fn iaks_word_is_never_taken_only_its_answer() {
    let mut house = House::open(&[("check_every_ms", "20"), ("pace_percent", "4")]);
    house.connect("iak", iak::at_noon(), Webhooks::On);
    house.sell([credit("XL10", "iak", "xld10000", 10_850)]);
    house.toko.buy("credit", "XL10", "087800001230").expect_code("ORDER_PENDING");
    let supplier_ref = house.supplier_ref("credit");
    // Whoever saw the purchase knows its signature, which covers nothing but the reference.
    let sign = fake_suppliers::Credentials { username: super::house::USER.to_owned(), api_key: KEY.to_owned() };
    let lie = json!({"data": {
        "ref_id": supplier_ref, "status": "2", "product_code": "xld10000", "customer_id": "087800001230",
        "price": "10850", "message": "FAILED", "rc": "07", "tr_id": "1", "sign": sign.sign(&supplier_ref),
    }});
    for _ in 0..20 {
        assert_eq!(house.call_back("iak", &lie, ""), 200);
    }
    assert_eq!(send(&house, "iak", "credit", 20, true), answers([("401", 20)]));
    house.toko.status("credit").expect_code("ORDER_PENDING");
    house.settle("iak", "credit", Outcome::Success);
    house.becomes("credit", "success");
    let verdicts = house.verdicts();
    assert_eq!((verdicts[&FORGED], verdicts.contains_key(&ASKED), verdicts.contains_key(&RECORDED)), (20, true, false));
    let status_checks = house.calls("iak", "087800001230").len() - 1;
    assert!(status_checks < 8, "copies make us ask no oftener: {status_checks}");
    house.reckon_with_manners();
}
