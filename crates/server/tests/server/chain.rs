//! A Loket that buys at another Loket, which buys at Digiflazz. Each of the three dies at random, and an order ends the same in all three
//! books: paid once, or not at all.

use std::collections::HashMap;
use std::sync::mpsc;

use app::seams::{Clock, SystemClock};
use fake_suppliers::{Call, CallbackFault, Fault, Match, Plan, Rule};
use serde_json::{Value, json};

use crate::harness::{Dice, Loket, Merchant, StandIn, WEBHOOK_SECRET, eventually};

/// How often somebody dies in a test run, and in a night.
const DEATHS: u32 = 10;
const DEATHS_OF_A_NIGHT: u32 = 500;
/// What a merchant begins with.
const FUNDS: i64 = 1_000_000_000;
/// How many clients pay.
const CLIENTS: usize = 3;
/// What they pay, as both Lokets call it, with the supplier's code, the call, and the beginning of the customers' numbers.
const PRODUCTS: [(&str, &str, &str, &str); 2] =
    [("MPPLN", "pln", "pay-pasca", "8"), ("TSEL10", "tsel10", "prepaid", "0812")];

/// The three, from the one that the merchant calls.
struct Chain {
    shop: Loket,
    /// Where the shop buys.
    wholesale: Loket,
    digiflazz: StandIn,
    merchant: Merchant,
}

impl Chain {
    fn open() -> Self {
        let digiflazz = StandIn::start("digiflazz");
        let mut wholesale = Loket::closed_with(&settings("150", "100"));
        wholesale.open();
        let url = digiflazz.url();
        let arguments = ["--kind", "digiflazz", "--user", "loket", "--url", &url];
        wholesale.add_supplier("digiflazz", &arguments, "dev-key", WEBHOOK_SECRET);
        let keys = wholesale.json(&["merchant", "add", "--name", "shop", "--api-id", "shop"]);
        wholesale.expect(&["deposit", "shop", &FUNDS.to_string(), "--note", "for a test"]);

        let mut shop = Loket::closed_with(&settings("400", "300"));
        shop.open();
        let url = format!("http://{}", wholesale.api());
        let arguments = ["--kind", "isikuota", "--user", "shop", "--url", &url];
        let secret = |name: &str| keys[name].as_str().unwrap().to_owned();
        shop.add_supplier("wholesale", &arguments, &secret("api_key"), &secret("secret_key"));
        for (code, sku, cmd, _) in PRODUCTS {
            sell(&wholesale, code, cmd, &["--supplier", "digiflazz", "--sku", sku], "10500", "11000");
            sell(&shop, code, cmd, &["--supplier", "wholesale", "--sku", code], "11000", "12000");
        }
        let merchant = shop.merchant_with("toko", FUNDS);
        let mut chain = Self { shop, wholesale, digiflazz, merchant };
        chain.connect();
        chain
    }

    /// After a life each listens elsewhere.
    fn connect(&mut self) {
        let api = self.wholesale.api();
        self.digiflazz.set_webhook(format!("http://{api}/callbacks/digiflazz"));
        self.shop.expect(&["supplier", "set", "wholesale", "--url", &format!("http://{api}")]);
    }

    /// One of the three dies, and comes back.
    fn one_dies(&mut self, dice: &Dice) {
        match dice.below(3) {
            0 => self.shop.crash(),
            1 => {
                self.wholesale.kill();
                self.wholesale.open();
            }
            _ => {
                self.digiflazz.kill();
                self.digiflazz.open();
            }
        }
        self.connect();
    }

    /// Every order, in all three books, by the shop's reference at the wholesale.
    fn books(&self) -> Vec<Entry> {
        let at_wholesale = orders(&self.wholesale);
        let journal = self.digiflazz.journal();
        let delivered = journal.deliveries_by_ref();
        assert!(journal.paid_twice().is_empty(), "{:?}", journal.paid_twice());
        let mut sold: HashMap<String, Value> =
            at_wholesale.into_iter().map(|row| (row["ref_id"].as_str().unwrap().to_owned(), row)).collect();
        let mut entries = Vec::new();
        for row in orders(&self.shop) {
            let below = sold.remove(row["supplier_ref"].as_str().unwrap());
            let times = |row: &Value| delivered.get(row["supplier_ref"].as_str().unwrap()).map_or(0, Vec::len);
            entries.push(Entry {
                delivered: below.as_ref().map_or(0, times),
                at_wholesale: below.map(|row| row["status"].as_i64().unwrap()),
                at_shop: row["status"].as_i64().unwrap(),
                row,
            });
        }
        assert!(sold.is_empty(), "the wholesale has orders that the shop doesn't know: {sold:?}");
        entries
    }

    /// Once nobody dies any more everything ends. A bill that never reached Digiflazz is ended by a person at the wholesale, and by
    /// itself at the shop.
    fn settle(&mut self) -> Vec<Entry> {
        self.digiflazz.set_plan(&Plan::none());
        let clock = SystemClock::start();
        let mut forgotten = 0;
        eventually("every order is final", || {
            for row in orders(&self.wholesale).iter().filter(|row| row["status"] == PENDING) {
                let ref_id = row["supplier_ref"].as_str().unwrap();
                let journal = self.digiflazz.journal();
                let is_lost = row["code"] == "MPPLN" && row["checks"].as_i64() >= Some(2);
                let knows = |subject: &fake_suppliers::Subject| subject.ref_id == ref_id;
                if is_lost
                    && !journal.entries.iter().any(
                        |line| matches!(&line.event, fake_suppliers::Event::Accepted { subject, .. } if knows(subject)),
                    )
                {
                    let ref_id = row["ref_id"].as_str().unwrap();
                    // It may have become final since.
                    self.wholesale.run(&["order", "resolve", ref_id, "--failed", "it never arrived"]);
                    forgotten += 1;
                }
            }
            let books = self.books();
            books.iter().all(|entry| entry.at_shop != PENDING).then_some(())
        });
        println!("final {:?} after the last death, {forgotten} by a person", clock.monotonic());
        self.books()
    }
}

/// An order's row says 0, 1 and 2 for these.
const PENDING: i64 = 0;
const SUCCESS: i64 = 1;
const FAILED: i64 = 2;

/// An order in all three books.
#[derive(Debug)]
struct Entry {
    at_shop: i64,
    /// Nothing if it never came there.
    at_wholesale: Option<i64>,
    delivered: usize,
    row: Value,
}

fn settings(answer_within: &'static str, limit: &'static str) -> [(&'static str, &'static str); 8] {
    [
        ("rate_per_second", "1000000"),
        ("answer_within_ms", answer_within),
        ("supplier_limit_ms", limit),
        ("send_within_ms", "500"),
        ("lost_margin_ms", "100"),
        ("check_every_ms", "20"),
        ("pace_percent", "1"),
        ("log_level", "error"),
    ]
}

fn sell(loket: &Loket, code: &str, cmd: &str, route: &[&str], cost: &str, price: &str) {
    let terms: &[&str] = match cmd {
        "prepaid" => &["--type", "prepaid", "--cost", cost, "--price", price, "--number", "phone"],
        _ => &["--type", "postpaid", "--admin", price, "--number", "digits"],
    };
    loket.expect(&[&["product", "add", code, "--name", code], terms, route].concat());
}

fn orders(loket: &Loket) -> Vec<Value> {
    loket.rows(
        "SELECT o.ref_id, o.status, o.amount, o.product_code AS code, o.desk, a.supplier_ref, a.checks, a.note \
         FROM orders o JOIN attempts a USING (order_id) ORDER BY o.order_id",
    )
}

/// Answers get lost, too.
fn trouble(dice: &Dice) -> Plan {
    let faults = [Fault::ResetBefore, Fault::ResetAfter, Fault::SilentAfter, Fault::Garbage, Fault::Delay { ms: 200 }];
    let callbacks = [CallbackFault::Forged, CallbackFault::None, CallbackFault::Copies { n: 5 }];
    let faults = faults.into_iter().chain(callbacks.map(Fault::Callback));
    let calls = [Call::PayPasca, Call::TopUp, Call::StatusPasca];
    let rules = faults.flat_map(|fault| {
        calls.map(|call| Rule {
            matching: Match { probability: Some(0.05), ..Match::default() },
            ..Rule::always(call, fault.clone())
        })
    });
    Plan { seed: dice.below(u64::MAX), rules: rules.collect() }
}

#[test]
fn an_order_ends_the_same_in_all_three_books_whoever_dies() {
    let dice = Dice::new(Dice::seed());
    #[expect(clippy::disallowed_methods, reason = "the switch for a night of it concerns this test alone")]
    let deaths = if std::env::var_os("LOKET_NIGHT").is_some() { DEATHS_OF_A_NIGHT } else { DEATHS };
    let mut chain = Chain::open();
    let mut number = 0;
    for death in 1..=deaths {
        chain.digiflazz.set_plan(&trouble(&dice));
        let (answered, answers) = mpsc::channel();
        let (merchant, first) = (chain.merchant.clone(), number);
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (merchant, answered) = (merchant.clone(), answered.clone());
                scope.spawn(move || pay(&merchant, first + client, &answered));
            }
            drop(answered);
            for _ in 0..dice.below(30) {
                // All of them have gone if it was the shop that could not be reached.
                let _ = answers.recv();
            }
            chain.one_dies(&dice);
            drop(answers);
        });
        number += CLIENTS * ORDERS_EACH;
        for loket in [&chain.shop, &chain.wholesale] {
            assert_eq!(loket.json(&["verify"])["findings"], json!([]), "after death {death}");
        }
    }
    let books = chain.settle();
    for entry in &books {
        let is_same = match (entry.at_shop, entry.at_wholesale) {
            (SUCCESS, Some(SUCCESS)) => entry.delivered == 1,
            (FAILED, Some(FAILED) | None) => entry.delivered == 0,
            _ => false,
        };
        assert!(is_same && entry.row["desk"].is_null(), "{entry:?}");
    }
    let successes = books.iter().filter(|entry| entry.at_shop == SUCCESS).count();
    println!("{} orders, {successes} successes", books.len());
    assert!(successes > 0);
    for loket in [&chain.shop, &chain.wholesale] {
        loket.verify();
        assert_eq!(loket.rows("SELECT sum(held) AS held FROM books")[0]["held"], 0);
    }
}

/// How many orders a client makes in one life at most.
const ORDERS_EACH: usize = 1_000;

/// Pays until nobody listens or nobody answers.
fn pay(merchant: &Merchant, first: usize, answered: &mpsc::Sender<()>) {
    for number in (first..).step_by(CLIENTS).take(ORDERS_EACH) {
        let (code, _, cmd, beginning) = PRODUCTS[number / CLIENTS % PRODUCTS.len()];
        let (ref_id, customer_no) = (format!("{code}-{number}"), format!("{beginning}{number:08}"));
        if cmd == "pay-pasca" && merchant.order("inquiry", &ref_id, code, &customer_no).is_err() {
            return;
        }
        if merchant.order(cmd, &ref_id, code, &customer_no).is_err() || answered.send(()).is_err() {
            return;
        }
    }
}
