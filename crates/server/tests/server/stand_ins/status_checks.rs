//! Answers to status checks that settle nothing: about the question, about the door, about the inquiry.

use fake_suppliers::{Call, Event, Fault, Options, Outcome, Plan, Rule, Supplier};
use serde_json::{Value, json};

use super::{House, Webhooks, bill, credit, iak};

/// A house whose only supplier does this, and tells nothing unasked.
fn house(supplier: Supplier, rules: impl IntoIterator<Item = Rule>) -> House {
    let mut house = House::open(&[("pace_percent", "1"), ("check_every_ms", "20"), ("supplier_limit_ms", "2000")]);
    let (name, options) = match supplier {
        Supplier::Digiflazz => ("digi", Options { limits: false, ..Options::new(supplier) }),
        Supplier::Iak => ("iak", iak::at_noon()),
    };
    house.connect(name, options, Webhooks::Off);
    house.fake(name).set_plan(Plan::of(rules));
    house
}

/// The next such call of a customer's is told this; the first one, if no rule before it tells something else.
fn told(call: Call, customer_no: &str, rc: &str, status: Option<Value>) -> Rule {
    let fault = Fault::Code { rc: rc.to_owned(), status, message: "whatever it says".to_owned() };
    Rule::once(call, fault).of_customer(customer_no)
}

/// No order was settled by the first check; all are by a later one, and by what that says alone.
fn check(house: &House, name: &str, orders: &[(String, String)]) {
    for (ref_id, customer_no) in orders {
        house.becomes(ref_id, "success");
        assert_eq!(house.order(ref_id).desk, None, "{ref_id}");
        assert!(house.checks(ref_id) >= 2, "{ref_id}");
        let journal = house.fake(name).journal().unwrap();
        assert_eq!(journal.deliveries().filter(|done| done.customer_no == *customer_no).count(), 1, "{ref_id}");
    }
    house.reckon();
}

/// Bills that were paid, though the answer was lost, and whose first status checks are answered so: code and, if it isn't its own, status.
fn no_bill_is_settled_by(supplier: Supplier, name: &str, sku: &str, lies: &[(&str, Option<Value>)]) {
    let customer = |number: usize| format!("5400000{number:05}");
    let mut rules = vec![Rule::always(Call::PayPasca, Fault::ResetAfter)];
    rules.extend(
        lies.iter()
            .enumerate()
            .map(|(number, (rc, status))| told(Call::StatusPasca, &customer(number), rc, status.clone())),
    );
    let house = house(supplier, rules);
    house.sell([bill("PLN", name, sku)]);
    let mut orders = Vec::new();
    for (number, (rc, _)) in lies.iter().enumerate() {
        let (ref_id, customer_no) = (format!("{number}:{rc}"), customer(number));
        house.toko.inquire_and_pay(&ref_id, "PLN", &customer_no).expect_code("BILL_PAYMENT_PENDING");
        orders.push((ref_id, customer_no));
    }
    check(&house, name, &orders);
}

#[test]
fn digiflazz_says_nothing_of_a_bill_by_refusing_the_question() {
    let codes =
        ["40", "41", "42", "43", "44", "45", "47", "49", "50", "53", "58", "60", "61", "62", "63", "83", "85", "86"];
    let mut lies: Vec<(&str, Option<Value>)> = codes.into_iter().map(|rc| (rc, None)).collect();
    // An inquiry's success has no `sn`; a code nobody knows; one that its status contradicts.
    lies.extend([
        ("00", None),
        ("00", Some(json!("Gagal"))),
        ("02", Some(json!("Sukses"))),
        ("77", Some(json!("Gagal"))),
    ]);
    no_bill_is_settled_by(Supplier::Digiflazz, "digi", "pln", &lies);
}

#[test]
fn digiflazz_says_nothing_of_a_top_up_by_refusing_the_same_again() {
    let lies =
        ["40", "41", "42", "43", "44", "45", "49", "50", "58", "60", "61", "62", "63", "66", "68", "69", "85", "86"];
    let customer = |number: usize| format!("0878{number:08}");
    let mut rules = Vec::new();
    for (number, rc) in lies.iter().enumerate() {
        // Done, but pending as far as anybody is told.
        rules.push(told(Call::TopUp, &customer(number), "03", Some(json!("Pending"))));
        rules.push(told(Call::TopUp, &customer(number), rc, None));
    }
    let house = house(Supplier::Digiflazz, rules);
    house.sell([credit("XL10", "digi", "xld10", 10_850)]);
    let mut orders = Vec::new();
    for (number, rc) in lies.iter().enumerate() {
        let (ref_id, customer_no) = (format!("{number}:{rc}"), customer(number));
        house.toko.buy(&ref_id, "XL10", &customer_no).expect_code("ORDER_PENDING");
        orders.push((ref_id, customer_no));
    }
    check(&house, "digi", &orders);
}

#[test]
fn iak_says_nothing_of_a_bill_by_refusing_the_question() {
    let codes = ["01", "03", "04", "06", "09", "10", "11", "14", "17", "20", "33", "34", "91", "92"];
    let more = ["100", "101", "102", "103", "105", "106", "107", "109", "110", "117", "118", "999"];
    let mut lies: Vec<(&str, Option<Value>)> = codes.into_iter().chain(more).map(|rc| (rc, None)).collect();
    // The inquiry's success has no `status`, and neither proves nor disproves a payment; nor do codes and `status` that differ.
    lies.extend([("00", Some(Value::Null)), ("00", Some(json!(0))), ("00", Some(json!(2))), ("37", Some(json!(1)))]);
    no_bill_is_settled_by(Supplier::Iak, "iak", "PLNPOSTPAID", &lies);
}

#[test]
fn iak_says_nothing_of_a_purchase_by_refusing_the_question() {
    let lies = ["10", "102", "107", "110", "117", "118", "143", "202", "204", "205", "207", "999"];
    let customer = |number: usize| format!("0878{number:08}");
    let told = |(number, rc): (usize, &&str)| told(Call::StatusPrepaid, &customer(number), rc, None);
    let rules: Vec<Rule> = lies.iter().enumerate().map(told).collect();
    let house = house(Supplier::Iak, rules);
    house.sell([credit("XL10", "iak", "xld10000", 10_850)]);
    let mut orders = Vec::new();
    for (number, rc) in lies.iter().enumerate() {
        let (ref_id, customer_no) = (format!("{number}:{rc}"), customer(number));
        house.toko.buy(&ref_id, "XL10", &customer_no).expect_code("ORDER_PENDING");
        orders.push((ref_id, customer_no));
    }
    for (ref_id, _) in &orders {
        house.settle("iak", ref_id, Outcome::Success);
    }
    check(&house, "iak", &orders);
}

#[test]
fn what_was_under_way_when_the_program_died_is_asked_about_and_not_sent_again() {
    let settings = [
        ("pace_percent", "1"),
        ("check_every_ms", "20"),
        ("send_within_ms", "500"),
        ("supplier_limit_ms", "1500"),
        ("lost_margin_ms", "0"),
    ];
    let mut house = House::open(&settings);
    house.connect("digi", Options { limits: false, ..Options::new(Supplier::Digiflazz) }, Webhooks::Off);
    house.connect("iak", iak::at_noon(), Webhooks::Off);
    house.sell([
        bill("PLN", "digi", "pln"),
        bill("LISTRIK", "iak", "PLNPOSTPAID"),
        credit("XL10", "digi", "xld10", 10_850),
    ]);
    for name in ["digi", "iak"] {
        let silent = |call| Rule::once(call, Fault::SilentAfter);
        house.fake(name).set_plan(Plan::of([silent(Call::PayPasca), silent(Call::TopUp)]));
    }
    let orders = [
        ("a", "PLN", "540000000001", "pay-pasca", "digi"),
        ("b", "LISTRIK", "540000000002", "pay-pasca", "iak"),
        ("c", "XL10", "087800001239", "prepaid", "digi"),
    ];
    for (ref_id, code, customer_no, cmd, _) in orders {
        if cmd == "pay-pasca" {
            house.toko.inquire(ref_id, code, customer_no).expect_code("BILL_INQUIRY_SUCCESS");
        }
    }
    std::thread::scope(|scope| {
        for (ref_id, code, customer_no, cmd, _) in orders {
            let toko = house.toko.clone();
            // The connection breaks with the program.
            scope.spawn(move || assert!(toko.order(cmd, ref_id, code, customer_no).is_err()));
        }
        for (_, _, customer_no, _, name) in orders {
            let is_done = |event: &Event| match event {
                Event::Delivered { subject, .. } => subject.customer_no == customer_no,
                _ => false,
            };
            let fake = house.fake(name);
            fake.wait(fake.wait_for(|entry| is_done(&entry.event))).unwrap();
        }
        terminate_hard(&house);
    });
    house.loket.crash();
    for (ref_id, _, customer_no, cmd, name) in orders {
        house.becomes(ref_id, "success");
        let sendings = [Call::PayPasca, Call::TopUp];
        let calls = house.calls(name, customer_no);
        let sent = calls.iter().filter(|call| sendings.contains(call)).count();
        // Asking about a top-up of Digiflazz's is sending the same again.
        assert_eq!(sent, if cmd == "prepaid" { calls.len() } else { 1 }, "{calls:?}");
        assert!(house.checks(ref_id) >= 1);
    }
    house.reckon();
}

/// The program's process ends, as if somebody had pulled the plug.
fn terminate_hard(house: &House) {
    let process = house.loket.process_id().to_string();
    assert!(std::process::Command::new("sh").args(["-c", "kill -KILL \"$0\"", &process]).status().unwrap().success());
}

#[test]
fn what_failed_is_not_bought_by_asking_about_it() {
    let house = house(Supplier::Digiflazz, []);
    house.sell([credit("XL10", "digi", "xld10", 10_850)]);
    let customer_no = "087800001239";
    // Refused before there was a transaction: the reference is free there, and the same request again would buy.
    house.fake("digi").set_balance(0);
    house.toko.buy("poor", "XL10", customer_no).expect_code("ORDER_FAILED");
    house.fake("digi").set_balance(1_000_000);
    house.loket.expect_failure(1, &["order", "check", "poor"]);
    assert_eq!(house.calls("digi", customer_no), [Call::TopUp]);
    assert_eq!(house.fake("digi").journal().unwrap().deliveries().count(), 0);
    house.reckon();
}
