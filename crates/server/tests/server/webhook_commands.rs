//! `loket webhook`: what an operator and a developer do with webhooks.

#[path = "webhook_commands/listening.rs"]
mod listening;
#[path = "webhook_commands/receiver.rs"]
mod receiver;

use serde_json::{Value, json};

use crate::harness::{Loket, Merchant, eventually};
use receiver::Receiver;

const PRIVATE: (&str, &str) = ("allow_private_webhooks", "true");

/// A server with a merchant, `toko`, that has an endpoint at a receiver.
struct House {
    loket: Loket,
    toko: Merchant,
    receiver: Receiver,
    /// The endpoint as it was added.
    endpoint: Value,
}

impl House {
    fn open() -> Self {
        let loket = Loket::start_with(&[PRIVATE]);
        let toko = loket.merchant("toko");
        let receiver = Receiver::start();
        let endpoint = loket.json(&["webhook", "endpoints", "add", "toko", "--url", &receiver.url()]);
        Self { loket, toko, receiver, endpoint }
    }

    fn endpoint_id(&self) -> &str {
        self.endpoint["endpoint_id"].as_str().unwrap()
    }

    /// Places so many orders, which succeed at once.
    fn buy(&self, orders: std::ops::Range<u32>) {
        for order in orders {
            let customer_no = format!("0812345678{order:02}");
            self.toko.buy(&format!("TRX-{order}"), "TSEL21", &customer_no).expect_code("ORDER_SUCCESS");
        }
    }

    fn show(&self) -> Value {
        self.loket.json(&["webhook", "endpoints", "show", "toko", self.endpoint_id()])
    }

    /// The log, newest first, once all of it is as `is_so` wants it.
    fn log(&self, what: &str, is_so: impl Fn(&Value) -> bool) -> Vec<Value> {
        eventually(what, || {
            let log = self.loket.json(&["webhook", "log", "toko"]);
            let log = log.as_array().unwrap();
            let mut of_orders = log.iter().filter(|event| event["event"] != "webhook.disabled");
            of_orders.all(|event| is_so(&event["deliveries"][0])).then(|| log.clone())
        })
    }
}

/// What an operator does with endpoints; each step's answer.
fn endpoints_of(loket: &Loket) -> Vec<Value> {
    loket.json(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    let url = "http://127.0.0.1:1/hook";
    let add = ["webhook", "endpoints", "add", "toko", "--url", url, "--event", "order.success", "--rate", "5"];
    let added = loket.json(&[&add[..], &["--header", "Authorization: Bearer abc", "--description", "kasir"]].concat());
    let number = added["endpoint_id"].as_str().unwrap();
    let endpoints =
        |command: &str, rest: &[&str]| loket.json(&[&["webhook", "endpoints", command, "toko", number], rest].concat());
    let mut answers = vec![
        loket.json(&["webhook", "endpoints", "list", "1"]),
        endpoints("set", &["--off", "--no-rate", "--max-in-flight", "2"]),
        endpoints("set", &["--on", "--no-headers", "--all-events", "--url", "http://127.0.0.1:1/other"]),
        endpoints("show", &[]),
        endpoints("rotate-secret", &[]),
        endpoints("show", &["--secret"]),
        endpoints("remove", &[]),
        loket.json(&["webhook", "endpoints", "list", "toko"]),
    ];
    answers.insert(0, added.clone());
    answers
}

#[test]
fn endpoints_are_kept_with_a_server_and_without_one() {
    let alone = Loket::closed_with(&[PRIVATE]);
    let mut served = Loket::closed_with(&[PRIVATE]);
    served.open();
    for loket in [alone, served] {
        // The directory is begun by its first merchant.
        let answers = endpoints_of(&loket);
        let [added, listed, off, on, shown, rotated, with_secret, removed, none] = answers.as_slice() else { panic!() };
        assert!(added["secret"].as_str().unwrap().starts_with("whsec_"), "{added}");
        assert_eq!(added["headers"], json!([{ "name": "Authorization", "value": "********" }]));
        assert_eq!((&added["events"], &added["rate_per_second"]), (&json!(["order.success"]), &json!(5)));
        assert_eq!((&added["state"], &added["description"]), (&json!("on"), &json!("kasir")));
        assert_eq!((listed[0]["endpoint_id"].clone(), listed[0].get("secret")), (added["endpoint_id"].clone(), None));
        assert_eq!((&off["state"], &off["rate_per_second"]), (&json!("off"), &Value::Null));
        assert_eq!((&off["max_in_flight"], &off["headers"]), (&json!(2), &added["headers"]));
        assert_eq!((&on["state"], &on["headers"]), (&json!("on"), &json!([])));
        assert_eq!(on["events"].as_array().unwrap().len(), 5);
        assert_eq!((shown, &shown["url"]), (on, &json!("http://127.0.0.1:1/other")));
        assert_ne!(rotated["secret"], added["secret"]);
        assert!(rotated["old_secret_until"].is_string());
        assert_eq!(with_secret, rotated);
        assert_eq!(removed["endpoint_id"], added["endpoint_id"]);
        assert_eq!(none, &json!([]));
    }
}

#[test]
fn what_is_wrong_is_said_with_what_would_be_right() {
    let loket = Loket::closed_with(&[PRIVATE]);
    loket.expect(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    let complaint = loket.expect_failure(1, &["webhook", "test", "toko"]);
    assert!(complaint.contains("`loket webhook endpoints add toko --url URL`"), "{complaint}");
    let add = |url: &str| loket.json(&["webhook", "endpoints", "add", "toko", "--url", url])["endpoint_id"].clone();
    let (one, other) = (add("http://127.0.0.1:1/one"), add("http://127.0.0.1:1/other"));
    for command in [&["webhook", "endpoints", "show", "toko", "7"][..], &["webhook", "test", "toko"]] {
        let complaint = loket.expect_failure(1, command);
        for number in [&one, &other] {
            assert!(
                complaint.contains(&format!("\n  {}  http://127.0.0.1:1/", number.as_str().unwrap())),
                "{complaint}"
            );
        }
    }
    let complaint = loket.expect_failure(1, &["webhook", "resend", "toko", "1", "--endpoint", one.as_str().unwrap()]);
    assert!(complaint.contains("`loket webhook log toko`"), "{complaint}");
    let refused = |exit_code, arguments: &[&str]| {
        let set = ["webhook", "endpoints", "set", "toko", one.as_str().unwrap()];
        loket.expect_failure(exit_code, &[&set[..], arguments].concat())
    };
    refused(1, &[]);
    refused(1, &["--url", "http://127.0.0.1:1/other"]);
    for out_of_bounds in [["--rate", "0"], ["--rate", "10001"], ["--max-in-flight", "0"], ["--max-in-flight", "65"]] {
        refused(1, &out_of_bounds);
    }
    let complaint = loket.expect_failure(1, &["webhook", "trigger", "webhook.disabled", "--api-id", "toko"]);
    assert!(complaint.contains("`loket webhook test"), "{complaint}");
    for header in ["Host: a", "webhook-id: 1", "A: é"] {
        refused(1, &["--header", header]);
    }
    let complaint = refused(2, &["--event", "order.paid"]);
    assert!(complaint.contains("order.sn_received"), "{complaint}");
    refused(2, &["--header", "s3cret"]);
    refused(2, &["--on", "--off"]);
    loket.expect_failure(2, &["webhook", "recover", "toko", "--since", "yesterday"]);
    // Without the setting, webhooks go to public addresses alone.
    let strict = Loket::closed();
    strict.expect(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    strict.expect_failure(1, &["webhook", "endpoints", "add", "toko", "--url", "http://127.0.0.1:1/"]);
}

#[test]
fn the_log_shows_every_try_and_an_event_goes_again() {
    let house = House::open();
    let terms = ["--header", "X-Shop-Key: s3cret"];
    house.loket.expect(&[&["webhook", "endpoints", "set", "toko", house.endpoint_id()], &terms[..]].concat());
    house.receiver.answer(200, "terima kasih\n\u{1b}[2J");
    house.buy(1..3);
    let heard = house.receiver.heard(2);
    assert_eq!(heard[0].header("x-shop-key"), "s3cret");
    let log = house.log("both are delivered", |delivery| delivery["state"] == "delivered");
    assert_eq!((&log[0]["ref_id"], &log[1]["ref_id"]), (&json!("TRX-2"), &json!("TRX-1")));
    assert_eq!((&log[1]["event"], &log[1]["number"]), (&json!("order.success"), &json!(1)));
    let delivery = &log[1]["deliveries"][0];
    assert_eq!((&delivery["tries"], &delivery["last_status"]), (&json!(1), &json!(200)));
    assert_eq!(delivery["endpoint_id"], house.endpoint["endpoint_id"]);
    let words = house.loket.expect(&["webhook", "log", "toko", "--before", "2", "--state", "delivered"]);
    assert!(words.lines().count() == 2 && words.contains("TRX-1"), "{words}");
    assert_eq!(house.loket.json(&["webhook", "log", "toko", "--state", "given-up"]), json!([]));

    let event = house.loket.json(&["webhook", "log", "toko", "--event", "1"]);
    assert_eq!(event["body"], json!(heard[0].body));
    assert_eq!(event["webhook_id"], json!(heard[0].header("webhook-id")));
    assert_eq!(event["deliveries"][0]["log"][0]["answer"], json!("terima kasih\n\u{1b}[2J"));
    let words = house.loket.expect(&["webhook", "log", "toko", "--event", "1"]);
    assert!(words.contains("< terima kasih\n") && !words.contains('\u{1b}'), "{words}");
    assert!(words.contains(&heard[0].body) && !words.contains("s3cret"), "{words}");

    let resent = house.loket.json(&["webhook", "resend", "toko", "1", "--endpoint", house.endpoint_id()]);
    assert_eq!((&resent["event"], &resent["tries"]), (&json!(1), &json!(1)));
    let again = house.receiver.heard(3);
    assert_eq!(again[2].body, heard[0].body);
    assert_eq!(again[2].header("webhook-id"), heard[0].header("webhook-id"));
    house.loket.expect_failure(1, &["webhook", "resend", "toko", "99"]);
}

#[test]
fn a_test_event_says_what_the_receiver_answers() {
    let mut house = House::open();
    let words = house.loket.expect(&["webhook", "test", "toko"]);
    assert!(words.contains("delivered") && words.contains("200") && words.contains("< OK"), "{words}");
    house.receiver.answer(500, "Oops");
    let refund = ["webhook", "test", "toko", "--endpoint", house.endpoint_id(), "--event", "order.refunded", "--json"];
    let output = house.loket.run(&refund);
    assert_eq!(output.status.code(), Some(1));
    let tested: Value = serde_json::from_slice(&output.stdout).unwrap();
    let one = &tested["event"]["deliveries"][0]["log"][0];
    assert_eq!((&one["status"], &one["answer"]), (&json!(500), &json!("Oops")));
    assert_eq!(house.receiver.heard(2)[1].event(), "order.refunded");
    assert!(house.show()["failing_since"].is_string());

    // Without a server the command itself is the courier.
    assert!(house.loket.stop().success());
    house.receiver.answer(204, "");
    assert_eq!(house.loket.json(&["webhook", "test", "toko"])["event"]["deliveries"][0]["state"], json!("delivered"));
    house.loket.expect(&["webhook", "endpoints", "set", "toko", house.endpoint_id(), "--off"]);
    let complaint = house.loket.expect_failure(1, &["webhook", "test", "toko"]);
    assert!(complaint.contains("--on"), "{complaint}");
}

#[test]
fn what_never_arrived_is_recovered_and_nothing_else() {
    let house = House::open();
    house.buy(1..3);
    house.log("it arrives", |delivery| delivery["state"] == "delivered");
    house.receiver.answer(503, "down");
    house.buy(3..6);
    house.log("it was tried", |delivery| delivery["tries"].as_u64() >= Some(1));
    assert!(house.show()["failing_since"].is_string());
    let tried = house.loket.json(&["webhook", "log", "toko", "--state", "pending"]);
    assert_eq!(tried.as_array().unwrap().len(), 3);
    house.receiver.answer(200, "OK");
    let recovered = house.loket.json(&["webhook", "recover", "toko", "--since", "1h"]);
    assert_eq!((&recovered["looked_at"], &recovered["switched_on_from"]), (&json!(5), &Value::Null));
    // One may have gone again by itself meanwhile, if the machine is slow.
    assert!(recovered["recovered"].as_u64() <= Some(3), "{recovered}");
    let log = house.log("all arrive", |delivery| delivery["state"] == "delivered");
    assert_eq!(log.len(), 5);
    assert_eq!(house.loket.json(&["webhook", "recover", "toko", "--since", "3d"])["recovered"], json!(0));
    assert_eq!(house.loket.json(&["webhook", "recover", "toko", "--since", "2999-12-31"])["looked_at"], json!(0));
    assert_eq!(house.show()["failing_since"], Value::Null);
}

#[test]
fn an_endpoint_that_was_gone_is_switched_on_again_by_a_recovery() {
    let house = House::open();
    house.receiver.answer(410, "gone");
    house.buy(1..2);
    house.receiver.heard(1);
    eventually("it is gone", || (house.show()["state"] == "gone").then_some(()));
    // They are meant for it, and wait.
    house.buy(2..4);
    house.receiver.answer(200, "OK");
    let complaint = house.loket.expect_failure(1, &["webhook", "test", "toko"]);
    assert!(complaint.contains("is gone"), "{complaint}");
    let words = house.loket.expect(&["webhook", "recover", "toko", "--since", "1h", "--endpoint", house.endpoint_id()]);
    assert!(words.contains("was gone, and is on again") && words.contains("3 had not arrived"), "{words}");
    let log = house.log("all arrive", |delivery| delivery["state"] == "delivered");
    let notice = &log[2];
    assert_eq!((&notice["event"], &notice["deliveries"]), (&json!("webhook.disabled"), &json!([])));
    assert_eq!((&notice["order_id"], &notice["ref_id"]), (&Value::Null, &Value::Null));
    let words = house.loket.expect(&["webhook", "log", "toko", "--event", "2"]);
    assert!(words.contains(r#""status":"gone""#) && words.contains(house.endpoint_id()), "{words}");
    let mut heard: Vec<Value> =
        house.receiver.heard(4)[1..].iter().map(|one| one.json()["data"]["ref_id"].clone()).collect();
    heard.sort_by_key(ToString::to_string);
    assert_eq!(heard, [json!("TRX-1"), json!("TRX-2"), json!("TRX-3")]);
    house.loket.expect(&["webhook", "endpoints", "set", "toko", house.endpoint_id(), "--off"]);
    let complaint = house.loket.expect_failure(1, &["webhook", "recover", "toko", "--since", "1h"]);
    assert!(complaint.contains("--on"), "{complaint}");
}
