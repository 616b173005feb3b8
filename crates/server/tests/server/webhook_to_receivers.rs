//! The real server tells the receivers of `clients/examples`, all of them at once and each as two processes: whatever becomes of an order,
//! their databases say the same in the end, and did each thing once. Also when they are switched off in between.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::harness::{DEPOSIT, Loket, Merchant, eventually};
use crate::webhook_receivers::shop::{Example, Shop};

/// What readers of JSON have stumbled over, as a product's name.
const NAME: &str = "Paket \u{e9}/\u{1f600} \\ \"10 GB\" <&> 漢字";

const EXAMPLES: [Example; 4] = [Example::Php, Example::Laravel, Example::Express, Example::Python];

/// An address that stays the same while the shop behind it is closed, opened again, and listens elsewhere.
struct Door {
    address: SocketAddr,
    behind: Arc<Behind>,
}

#[derive(Default)]
struct Behind {
    copies: Mutex<Vec<SocketAddr>>,
    turn: AtomicUsize,
    is_over: AtomicBool,
}

impl Door {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let behind = Arc::new(Behind::default());
        let door = Arc::clone(&behind);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if door.is_over.load(Ordering::Relaxed) {
                    return;
                }
                let copies = door.copies.lock().unwrap().clone();
                let turn = door.turn.fetch_add(1, Ordering::Relaxed);
                // Behind a closed shop's door nobody answers.
                if let Some(copy) = copies.get(turn % copies.len().max(1)).copied() {
                    thread::spawn(move || drop(pass(&stream, copy)));
                }
            }
        });
        Self { address, behind }
    }

    fn leads_to(&self, copies: Vec<SocketAddr>) {
        *self.behind.copies.lock().unwrap() = copies;
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.behind.is_over.store(true, Ordering::Relaxed);
        drop(TcpStream::connect(self.address));
    }
}

/// Passes on what either side says, until one of them ends.
fn pass(outside: &TcpStream, copy: SocketAddr) -> io::Result<()> {
    let inside = TcpStream::connect(copy)?;
    let copy_until_end = |mut from: &TcpStream, mut to: &TcpStream| {
        // Either side may be killed.
        let _ = io::copy(&mut from, &mut to);
        for side in [from, to] {
            let _ = side.shutdown(Shutdown::Both);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| copy_until_end(outside, &inside));
        copy_until_end(&inside, outside);
    });
    Ok(())
}

/// A receiver behind its door.
struct Told {
    example: Example,
    door: Door,
    shop: Shop,
}

impl Told {
    fn open(&mut self, secret_key: &str) {
        self.shop.reopen(secret_key, "");
        self.door.leads_to(self.shop.addresses());
    }

    /// As a power cut would.
    fn close(&mut self) {
        self.shop.close();
        self.door.leads_to(Vec::new());
    }

    /// What it knows of orders, and for how many events it did something for each.
    fn knows(&self) -> Vec<Value> {
        let query = "SELECT o.testing, o.ref_id, o.status, o.sn, (SELECT count(*) FROM loket_messages m \
            WHERE m.testing = o.testing AND m.ref_id = o.ref_id) AS done FROM loket_orders o ORDER BY o.ref_id, o.testing";
        self.shop.rows(query)
    }
}

/// What is ordered, and what a receiver is to know of it in the end: its state, and how many events told of it.
const ORDERS: [(&str, &str, &str, &str, i64); 8] = [
    ("prepaid", "TSEL21", "081234567890", "paid", 1),
    ("prepaid", "NASTY", "081234567891", "paid", 1),
    ("pay-pasca", "MPBPJS", "1234567890", "paid", 1),
    ("pay-pasca", "MPBPJS", "1234569005", "failed", 1),
    ("prepaid", "TSEL21", "081234569006", "paid", 1),
    ("pay-pasca", "MPBPJS", "1234569007", "failed", 1),
    ("prepaid", "NASTY", "081234569010", "paid", 2),
    ("pay-pasca", "MPBPJS", "1234569011", "refunded", 2),
];

/// Orders all of it for customers of this round, under names that begin with it.
fn order_all(merchant: &Merchant, round: &str) {
    for (index, (cmd, code, customer_no, ..)) in ORDERS.iter().enumerate() {
        let ref_id = format!("{round}/{index}");
        let customer_no = &format!("{}{round}{}", &customer_no[..3], &customer_no[4..]);
        if *cmd == "pay-pasca" {
            merchant.inquire(&ref_id, code, customer_no).expect_code("BILL_INQUIRY_SUCCESS");
        }
        let answer = merchant.order(cmd, &ref_id, code, customer_no).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

/// What a receiver is to know in the end, by what the API says.
fn expected(merchant: &Merchant, rounds: &[&str]) -> Option<Vec<Value>> {
    let mut all = Vec::new();
    for round in rounds {
        for (index, (_, _, customer_no, status, done)) in ORDERS.iter().enumerate() {
            let ref_id = format!("{round}/{index}");
            for (testing, caller) in [(0, merchant.clone()), (1, merchant.testing())] {
                let answer = caller.status(&ref_id);
                // Who asks as fast as this is told at times to ask later.
                let state = answer["status"].as_str()?.to_lowercase();
                let is_final = match *status {
                    "paid" => state == "success" && answer["sn"].is_string(),
                    "refunded" => answer["refunded_at"].is_string(),
                    status => state == status,
                };
                if !is_final {
                    return None;
                }
                // A bill that was refunded keeps the proof that it had.
                let sn = answer["sn"].as_str().unwrap_or_default();
                assert_eq!(sn.is_empty(), *status == "failed", "{customer_no}: {}", answer.text);
                all.push(json!({ "testing": testing, "ref_id": ref_id, "status": status, "sn": sn, "done": done }));
            }
        }
    }
    Some(all)
}

#[test]
fn the_published_receivers_know_in_the_end_what_became_of_every_order() {
    let loket = Loket::start_with(&[
        ("allow_private_webhooks", "true"),
        ("webhook_pace_percent", "1"),
        ("pace_percent", "10"),
        ("check_every_ms", "50"),
        ("log_level", "warn"),
    ]);
    let like = ["--type", "prepaid", "--name", NAME, "--price", "5000"];
    loket.expect(&[&["product", "add", "NASTY"], &like[..]].concat());
    let mut all: Vec<Told> = EXAMPLES
        .iter()
        .map(|example| Told { example: *example, door: Door::new(), shop: Shop::closed(*example) })
        .collect();
    let urls: Vec<String> =
        all.iter().map(|told| format!("http://{}{}", told.door.address, told.example.path())).collect();
    let (toko, keys) = loket.merchant_told_at("toko", DEPOSIT, &urls);
    let secret_key = keys["secret_key"].as_str().unwrap();

    for told in &mut all {
        told.open(secret_key);
    }
    order_all(&toko, "1");
    order_all(&toko.testing(), "1");
    for told in &all {
        eventually("the first is known", || (!told.knows().is_empty()).then_some(()));
    }
    // Closed while the first orders' later events come about, and the second orders are made.
    all.iter_mut().for_each(Told::close);
    order_all(&toko, "2");
    order_all(&toko.testing(), "2");
    let failed = "SELECT count(*) AS failed FROM delivery_tries WHERE status IS NULL";
    eventually("the closed doors are noticed", || (loket.rows(failed)[0]["failed"].as_i64() >= Some(20)).then_some(()));
    for told in &mut all {
        told.open(secret_key);
    }

    let expected = eventually("all is final", || expected(&toko, &["1", "2"]));
    for told in &all {
        let waiting = "SELECT count(*) AS waiting FROM deliveries WHERE state = 0";
        eventually("all is told", || (loket.rows(waiting)[0]["waiting"] == json!(0)).then_some(()));
        assert_eq!(told.knows(), expected, "{:?}", told.example);
    }
    let events = loket.rows("SELECT count(*) AS count FROM events WHERE kind <> 3")[0]["count"].clone();
    for told in &all {
        assert_eq!(
            told.shop.rows("SELECT count(*) AS count FROM loket_webhook_ids")[0]["count"],
            events,
            "{:?}",
            told.example
        );
    }
    let nasty = loket.rows("SELECT count(*) AS count FROM events WHERE instr(CAST(body AS TEXT), '\u{1f600}') > 0");
    assert!(nasty[0]["count"].as_i64() >= Some(8), "the names went along: {nasty:?}");
    loket.verify();
}
