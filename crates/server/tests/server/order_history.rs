//! What an operator sees of an order that was paid at a supplier, and how it is asked about.

use fake_suppliers::{Background, Options, Outcome, Settling, Supplier};
use serde_json::{Value, json};

use crate::harness::{Loket, Merchant, eventually};

/// Bills that are paid at once, and one that is paid when the stand-in is told to.
const AT_ONCE: &str = "530000000001";
const LATER: [&str; 2] = ["630000000001", "630000000002"];

/// A stand-in that settles nothing by itself.
fn digiflazz() -> Background {
    let options = Options { limits: false, settling: Settling::ByHand, ..Options::new(Supplier::Digiflazz) };
    Background::start(options).unwrap()
}

/// A server that sells electricity there, and a merchant.
fn shop(fake: &Background, settings: &[(&str, &str)]) -> (Loket, Merchant) {
    let mut loket = Loket::closed_with(settings);
    loket.add_fake("digi", "digiflazz", fake.url());
    let product = ["product", "add", "MPPLN", "--type", "postpaid", "--name", "PLN", "--admin", "3000"];
    loket.expect(&[&product[..], &["--supplier", "digi", "--sku", "pln"]].concat());
    loket.open();
    let toko = loket.merchant("toko");
    (loket, toko)
}

/// Pauses between questions that a test can wait for, and a worker that asks nothing by itself.
const BRIEF: [(&str, &str); 2] = [("pace_percent", "1"), ("check_every_ms", "3600000")];

/// Asks about an order, once its supplier has had its pause.
fn check(loket: &Loket, ref_id: &str) -> Value {
    eventually("its supplier may be asked again", || {
        let asked = loket.run(&["order", "check", ref_id, "--json"]);
        let why_not = String::from_utf8_lossy(&asked.stderr);
        assert!(asked.status.success() || why_not.contains("wants a pause"), "{why_not}");
        asked.status.success().then(|| serde_json::from_slice(&asked.stdout).unwrap())
    })
}

fn texts<'a>(order: &'a Value, list: &str, member: &str) -> Vec<&'a str> {
    order[list].as_array().unwrap().iter().map(|one| one[member].as_str().unwrap()).collect()
}

#[test]
fn an_order_is_shown_with_all_that_was_said_but_for_the_secrets() {
    let fake = digiflazz();
    let (mut loket, toko) = shop(&fake, &[]);
    toko.inquire_and_pay("INQ-1", "MPPLN", AT_ONCE).expect_code("BILL_PAYMENT_SUCCESS");

    let order = loket.json(&["order", "show", "INQ-1"]);
    assert_eq!((&order["status"], &order["attempts"][0]["supplier"]), (&json!("success"), &json!("digi")));
    assert_eq!(order["inquiry"]["supplier_ref"], order["attempts"][0]["supplier_ref"]);
    assert_eq!(order["inquiry"]["words"]["call"], json!("inq-pasca"));
    assert_eq!(texts(&order, "exchanges", "source"), ["send"]);
    assert_eq!(texts(&order, "exchanges", "call"), ["pay-pasca"]);
    assert_eq!(order["exchanges"][0]["status"], json!(200));
    assert!(order["exchanges"][0]["answer"].as_str().unwrap().contains(r#""rc":"00""#), "{order}");
    assert_eq!(order["callbacks"], json!([]));

    let words = loket.expect(&["order", "show", "INQ-1"]);
    for said in ["inquiry at digi: inq-pasca, HTTP 200", "attempt 1, sent: pay-pasca, HTTP 200", "    > {", "    < {"] {
        assert!(words.contains(said), "{said} in {words}");
    }
    loket.stop();
    assert_eq!(loket.json(&["order", "show", "INQ-1"]), order);
    assert!(!order.to_string().contains("dev-key") && !words.contains("dev-key"), "{words}");
    assert_eq!(loket.json(&["order", "list"])[0]["exchanges"], Value::Null);
}

#[test]
fn an_order_is_asked_about_with_a_server_and_without_one() {
    let fake = digiflazz();
    let (mut loket, toko) = shop(&fake, &BRIEF);
    for (ref_id, customer_no) in ["INQ-1", "INQ-2"].into_iter().zip(LATER) {
        toko.inquire_and_pay(ref_id, "MPPLN", customer_no).expect_code("BILL_PAYMENT_PENDING");
    }
    let still_pending = check(&loket, "INQ-1");
    assert_eq!(still_pending["status"], json!("pending"));
    assert_eq!(texts(&still_pending, "exchanges", "source"), ["send", "status"]);
    for (ref_id, outcome, status) in [("INQ-1", Outcome::Success, "success"), ("INQ-2", Outcome::Failed, "failed")] {
        let order = loket.json(&["order", "show", ref_id]);
        let supplier_ref = order["attempts"][0]["supplier_ref"].as_str().unwrap();
        assert!(fake.wait(fake.settle(supplier_ref, outcome)).unwrap());
        assert_eq!(check(&loket, ref_id)["status"], json!(status));
        // The next one without a server.
        if ref_id == "INQ-1" {
            loket.stop();
        }
    }
    loket.verify();
    assert!(fake.journal().unwrap().paid_twice().is_empty());
    loket.expect_failure(1, &["order", "check", "INQ-3"]);
}

#[test]
fn a_supplier_that_cannot_be_asked_is_for_a_person() {
    let fake = digiflazz();
    let (loket, toko) = shop(&fake, &BRIEF);
    toko.inquire_and_pay("INQ-1", "MPPLN", LATER[0]).expect_code("BILL_PAYMENT_PENDING");
    loket.expect(&["supplier", "set", "digi", "--no-status"]);
    let complaint = loket.expect_failure(1, &["order", "check", "INQ-1"]);
    assert!(complaint.contains("ask a person there"), "{complaint}");
    loket.expect(&["supplier", "set", "digi", "--status"]);
    assert_eq!(check(&loket, "INQ-1")["status"], json!("pending"));
}

#[test]
fn a_person_asks_no_more_often_than_the_supplier_wants() {
    let fake = digiflazz();
    let (mut loket, toko) = shop(&fake, &[]);
    toko.inquire_and_pay("INQ-1", "MPPLN", LATER[0]).expect_code("BILL_PAYMENT_PENDING");
    let too_soon = |loket: &Loket| {
        let complaint = loket.expect_failure(1, &["order", "check", "INQ-1"]);
        assert!(complaint.contains("wants a pause"), "{complaint}");
    };
    too_soon(&loket);
    loket.stop();
    too_soon(&loket);
    assert_eq!(fake.journal().unwrap().rules_broken().count(), 0);
}
