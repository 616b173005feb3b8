//! The receivers in `clients/examples`, each as two processes on one database: is what a shop copies from them right?
//!
//! The webhooks are signed here, by the contract. A receiver has one table of ids, one of orders, and one of messages: a row for each
//! time that it did something which must be done once.

#[path = "webhook_receivers/delivery.rs"]
pub mod delivery;
#[path = "webhook_receivers/shop.rs"]
pub mod shop;
#[path = "webhook_receivers/tools.rs"]
pub mod tools;

use std::path::Path;
use std::thread;

use serde_json::{Value, json};

use self::delivery::{Signer, body, in_ascii};
use self::shop::{Example, Shop};
use crate::harness::now_seconds;

#[test]
fn the_php_receiver_takes_every_event_once() {
    check(Example::Php);
}

#[test]
fn the_laravel_receiver_takes_every_event_once() {
    check(Example::Laravel);
}

#[test]
fn the_express_receiver_takes_every_event_once() {
    check(Example::Express);
}

#[test]
fn the_python_receiver_takes_every_event_once() {
    check(Example::Python);
}

#[test]
fn the_webhooks_of_these_tests_are_the_documented_ones() {
    let [contract, page] = ["contract/api.md", "webhooks.md"].map(documented);
    assert_eq!(contract, page);
    let example: Value = serde_json::from_str(&contract).unwrap();
    assert_eq!(body("order.success", "ORDER-2025-001", "1234567890123456"), example.to_string());
}

/// Everything that is asked of a receiver.
fn check(example: Example) {
    let loket = Signer::new("rahasia", b"an endpoint's secret, 32 bytes..");
    opens_to_nobody_without_a_key(example);
    let mut shop = Shop::open(example, &loket);
    refuses_what_loket_did_not_send(&shop, &loket);
    reads_whatever_json_may_hold(&shop, &loket);
    moves_orders_only_forward(&shop, &loket);
    keeps_tests_apart(&shop, &loket);
    ignores_an_event_that_comes_again_later(&shop, &loket);
    does_what_is_sent_a_hundred_times_once(&shop, &loket);
    acknowledges_only_what_it_kept(&shop, &loket);
    accepts_either_secret_while_they_are_changed(&shop, &loket);
    remembers_after_a_power_cut(&mut shop, &loket);
}

fn opens_to_nobody_without_a_key(example: Example) {
    let nobody = Signer::new("", b"");
    let (status, log) = Shop::closed(example).complaint_without_key(&nobody.sign("evt_1_1_a", &success("INQ-1")));
    assert!(status.is_none_or(|status| status == 500), "{status:?}: {log}");
    assert!(log.contains("LOKET_SECRET_KEY is not set"), "{log}");
}

fn refuses_what_loket_did_not_send(shop: &Shop, loket: &Signer) {
    shop.accepts(&loket.sign("evt_0_1_a", &success("INQ-0")));
    let text = success("INQ-1");
    let genuine = loket.sign("evt_1_1_a", &text);
    let spaced = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&text).unwrap()).unwrap();
    let stranger = Signer::new("rahasia umum", b"another endpoint's secret").sign("evt_1_1_a", &text);
    let (ours, theirs) = (genuine.header("x-signature"), stranger.header("x-signature"));
    let early = loket.sign_at(now_seconds() - 3600, "evt_1_1_a", &text);
    for forged in [
        genuine.over(&text.replace("11500", "11501")),
        genuine.over(&spaced),
        genuine.over(&format!("\u{feff}{text}")),
        genuine.over(""),
        genuine.without("x-signature"),
        genuine.with("x-signature", ""),
        genuine.with("x-signature", theirs),
        genuine.with("x-signature", &ours[..63]),
        genuine.with("x-signature", &format!("{ours}0")),
        genuine.with("x-signature", "é"),
        genuine.without("webhook-id"),
        genuine.with("webhook-id", ""),
        genuine.with("webhook-id", "evt_1_2_b"),
        genuine.without("webhook-timestamp"),
        genuine.with("webhook-timestamp", early.header("webhook-timestamp")),
        genuine.with("webhook-timestamp", "now"),
        genuine.without("webhook-signature"),
        genuine.with("webhook-signature", ""),
        genuine.with("webhook-signature", stranger.header("webhook-signature")),
        genuine.with("webhook-signature", &genuine.header("webhook-signature").replace("v1,", "v2,")),
        early,
    ] {
        assert_eq!(shop.post(&forged), 401, "{forged:?}");
    }
    for table in ["loket_webhook_ids", "loket_orders", "loket_messages"] {
        assert_eq!(shop.rows(&format!("SELECT * FROM {table}")).len(), 1, "{table}");
    }
    shop.accepts(&genuine);
    assert_eq!(order(shop, "INQ-1"), json!({ "status": "paid", "sn": "" }));
}

/// Each `sn` is written in every way that is JSON, in a body of its own.
fn reads_whatever_json_may_hold(shop: &Shop, loket: &Signer) {
    let nasty = "a/b \u{e9} \u{1f600} \u{2028}\u{2029} \"\\ <&> \u{7f} \t'%";
    let escaped_slash = |text: &str| text.replace('/', "\\/");
    let raw = body("order.success", "RAW", nasty);
    for (ref_id, text) in [
        ("RAW", raw.clone()),
        ("SLASH", escaped_slash(&raw)),
        ("ASCII", in_ascii(&raw)),
        ("PHP", escaped_slash(&in_ascii(&raw))),
        ("SPACED", raw.replace("\":", "\" :\n ")),
    ] {
        let text = text.replace("\"RAW\"", &format!("\"{ref_id}\""));
        shop.accepts(&loket.sign(&format!("evt_2_1_{ref_id}"), &text));
        assert_eq!(order(shop, ref_id)["sn"], nasty, "{text}");
    }
}

fn moves_orders_only_forward(shop: &Shop, loket: &Signer) {
    let story = Story { shop, loket };
    // The proof comes after the success, and a success that is sent once more doesn't take it away.
    story.tell("A", &[("order.success", ""), ("order.sn_received", "1"), ("order.success", "")], "paid", "1", 2);
    // The success was given up, so that the proof is the first thing heard.
    story.tell("B", &[("order.sn_received", "1"), ("order.success", "1")], "paid", "1", 1);
    story.tell("C", &[("order.success", "1"), ("order.refunded", "1"), ("order.success", "1")], "refunded", "1", 2);
    story.tell("D", &[("order.pending", ""), ("order.failed", ""), ("order.pending", "")], "failed", "", 2);
    story.tell("E", &[("order.pending", ""), ("order.success", "1"), ("order.of_tomorrow", "2")], "paid", "1", 2);
    // What is not about an order, as Loket itself says it.
    let disabled =
        r#"{"event":"webhook.disabled","timestamp":"2026-06-05T10:41:16+07:00","data":{"id":"1","status":"gone"}}"#;
    shop.accepts(&loket.sign("evt_4_2_a", disabled));
    // A name that every object of JavaScript has, and data of another shape.
    shop.accepts(&loket.sign("evt_4_1_a", r#"{"event":"constructor","data":null}"#));
}

/// Events of one order, one after the other, each with an id of its own.
struct Story<'a> {
    shop: &'a Shop,
    loket: &'a Signer,
}

impl Story<'_> {
    #[track_caller]
    fn tell(&self, ref_id: &str, events: &[(&str, &str)], status: &str, sn: &str, messages: usize) {
        for (number, (event, sn)) in events.iter().enumerate() {
            self.shop.accepts(&self.loket.sign(&format!("evt_3_{number}_{ref_id}"), &body(event, ref_id, sn)));
        }
        assert_eq!(order(self.shop, ref_id), json!({ "status": status, "sn": sn }), "{events:?}");
        assert_eq!(count_messages(self.shop, ref_id), messages, "{events:?}");
    }
}

fn keeps_tests_apart(shop: &Shop, loket: &Signer) {
    let mut test: Value = serde_json::from_str(&success("INQ-5")).unwrap();
    test["data"]["testing"] = json!(true);
    shop.accepts(&loket.sign("evt_5_1_a", &test.to_string()));
    shop.accepts(&loket.sign("evt_5_2_b", &body("order.failed", "INQ-5", "")));
    let rows = shop.rows("SELECT testing, status FROM loket_orders WHERE ref_id = 'INQ-5' ORDER BY testing");
    assert_eq!(rows, [json!({ "testing": 0, "status": "failed" }), json!({ "testing": 1, "status": "paid" })]);
}

/// The order alone doesn't show it: here the repeated event would bring an older proof back.
fn ignores_an_event_that_comes_again_later(shop: &Shop, loket: &Signer) {
    let deliver = |id: &str, sn: &str| shop.accepts(&loket.sign(id, &body("order.sn_received", "F", sn)));
    deliver("evt_3_1_f", "S/1");
    deliver("evt_3_2_f", "S/2");
    deliver("evt_3_1_f", "S/1");
    assert_eq!(order(shop, "F")["sn"], "S/2");
    assert_eq!(count_messages(shop, "F"), 2);
}

fn does_what_is_sent_a_hundred_times_once(shop: &Shop, loket: &Signer) {
    let delivery = loket.sign("evt_6_1_a", &success("INQ-6"));
    thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| shop.accepts(&delivery));
        }
    });
    assert_eq!(count_messages(shop, "INQ-6"), 1);
}

/// What can't be kept is not acknowledged, and leaves nothing that would make its repetition look like one.
fn acknowledges_only_what_it_kept(shop: &Shop, loket: &Signer) {
    let delivery = loket.sign("evt_7_1_a", &success("INQ-7"));
    shop.change(
        "CREATE TRIGGER full BEFORE INSERT ON loket_messages BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    );
    assert_eq!(shop.post(&delivery), 500);
    shop.change("DROP TRIGGER full");
    assert_eq!(count_messages(shop, "INQ-7"), 0);
    shop.accepts(&delivery);
    assert_eq!(count_messages(shop, "INQ-7"), 1);
}

fn accepts_either_secret_while_they_are_changed(shop: &Shop, loket: &Signer) {
    let (old, new) = (loket.endpoint_secrets[0].clone(), b"the endpoint's next secret".to_vec());
    for (id, endpoint_secrets) in [("evt_8_1_a", vec![old.clone(), new.clone()]), ("evt_8_2_b", vec![new, old])] {
        let changing = Signer { secret_key: loket.secret_key.clone(), endpoint_secrets };
        shop.accepts(&changing.sign(id, &success(id)));
        assert_eq!(count_messages(shop, id), 1);
    }
}

/// Afterwards it has no secret of the endpoint's, which is a receiver's right.
fn remembers_after_a_power_cut(shop: &mut Shop, loket: &Signer) {
    shop.reopen(&loket.secret_key, "");
    shop.accepts(&loket.sign("evt_6_1_a", &success("INQ-6")));
    assert_eq!(count_messages(shop, "INQ-6"), 1);
    let plain = loket.sign("evt_9_1_a", &success("INQ-9")).without("webhook-timestamp").without("webhook-signature");
    assert_eq!(shop.post(&plain.over(&success("INQ-8"))), 401);
    assert_eq!(shop.post(&plain.without("webhook-id")), 401);
    shop.accepts(&plain);
    assert_eq!(count_messages(shop, "INQ-9"), 1);
}

fn success(ref_id: &str) -> String {
    body("order.success", ref_id, "")
}

#[track_caller]
fn order(shop: &Shop, ref_id: &str) -> Value {
    let mut rows = shop.rows(&format!("SELECT status, sn FROM loket_orders WHERE ref_id = '{ref_id}'"));
    assert_eq!(rows.len(), 1, "{ref_id}");
    rows.remove(0)
}

fn count_messages(shop: &Shop, ref_id: &str) -> usize {
    shop.rows(&format!("SELECT id FROM loket_messages WHERE ref_id = '{ref_id}'")).len()
}

/// The example of a body in a document: its JSON block with an `event`.
fn documented(document: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(document);
    let text = std::fs::read_to_string(path).unwrap();
    let blocks = text.split("```json\n").filter_map(|rest| rest.split("```").next());
    blocks.into_iter().find(|block| block.starts_with("{\"event\"")).unwrap().to_owned()
}
