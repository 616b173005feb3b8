//! Three nodes on a primary with its standby, a supplier, and two merchants who listen.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use throwaway_postgres::{Database, Pair};

use crate::chaos::sell;
use crate::harness::{Arrival, Dice, Loket, Merchant, Receiver, Reply, StandIn, eventually};
use crate::webhook_crashes::account::Account;
use crate::webhook_receivers::delivery::Signer;

use super::roamer::{Roamer, WAYS_TAKEN};

/// How many nodes there are.
const NODES: usize = 3;
/// What each merchant begins with.
const FUNDS: i64 = 1_000_000_000_000;
/// Everything is quick, so that much happens between two deaths.
const SETTINGS: [(&str, &str); 12] = [
    ("allow_private_webhooks", "true"),
    ("webhook_pace_percent", "1"),
    ("pace_percent", "1"),
    ("rate_per_second", "1000000"),
    ("answer_within_ms", "1000"),
    ("send_within_ms", "500"),
    ("supplier_limit_ms", "300"),
    ("lost_margin_ms", "100"),
    ("check_every_ms", "50"),
    ("sync_every_minutes", "0"),
    ("lease_ms", "1000"),
    ("log_level", "error"),
];

/// All of it. What is first ends first.
pub struct Scene {
    /// The nodes; the first knows the database.
    pub nodes: Vec<Loket>,
    /// Where their rows are.
    pub pair: Pair,
    supplier: StandIn,
    merchants: Vec<Told>,
}

/// A merchant, and who listens for it.
struct Told {
    api_id: &'static str,
    merchant_id: i64,
    merchant: Merchant,
    /// Signs as Loket should.
    signer: Signer,
    receiver: Receiver,
}

impl Scene {
    /// Everybody is up.
    pub fn open() -> Self {
        let pair = Pair::start();
        let supplier = StandIn::start("iak");
        let first = Loket::start_on(Database::on_pair(&pair), &SETTINGS);
        first.add_fake("iak", "iak", &supplier.url());
        for way in WAYS_TAKEN {
            sell(&first, &way);
        }
        let merchants = ["satu", "dua"].map(|api_id| {
            let receiver = Receiver::start();
            let (merchant, keys) = first.merchant_told_at(api_id, FUNDS, &[receiver.url()]);
            let merchant_id = keys["merchant_id"].as_str().unwrap().parse().unwrap();
            let signer = Signer::new(keys["secret_key"].as_str().unwrap(), b"");
            Told { api_id, merchant_id, merchant, signer, receiver }
        });
        let mut nodes = vec![first];
        for _ in 1..NODES {
            let mut node = nodes[0].one_more_node();
            node.open();
            nodes.push(node);
        }
        Self { nodes, pair, supplier, merchants: merchants.into() }
    }

    /// So many clients for each merchant. Its receiver has bad moments from now on.
    pub fn roamers(&self, each: usize, dice: &Dice) -> Vec<Roamer> {
        let mut roamers = Vec::new();
        for told in &self.merchants {
            let moods = Dice::new(dice.below(u64::MAX));
            told.receiver.set_manners(move |_| Reply::Status(if moods.happens(10) { 500 } else { 200 }));
            for _ in 0..each {
                let nodes = self.nodes.iter().map(|node| node.served(&told.merchant)).collect();
                roamers.push(Roamer::new(told.api_id, nodes, roamers.len(), dice.below(u64::MAX)));
            }
        }
        roamers
    }

    /// Holds the database, the supplier's journal, and everything that clients were told against each other.
    #[track_caller]
    pub fn compare(&self, roamers: &[Roamer], when: &str) -> Vec<Value> {
        // Orders are read first: what they call final was in the journal before.
        let orders = self.nodes[0].rows(
            "SELECT api_id, ref_id, o.customer_no, amount, supplier_ref, \
             CASE o.status WHEN 0 THEN 'pending' WHEN 1 THEN 'success' WHEN 2 THEN 'failed' WHEN 3 THEN 'refunded' END AS status \
             FROM orders o JOIN attempts USING (merchant_id, order_id) JOIN merchants m ON m.merchant_id = o.merchant_id",
        );
        let text = |order: &Value, member: &str| order[member].as_str().unwrap().to_owned();
        let mut by_ref: HashMap<(String, String), &Value> = HashMap::new();
        for order in &orders {
            let before = by_ref.insert((text(order, "api_id"), text(order, "ref_id")), order);
            assert!(before.is_none(), "an order was sent under two references {when}: {before:?} {order}");
        }
        for roamer in roamers {
            for reference in &roamer.references {
                let order = by_ref.remove(&(roamer.api_id.to_owned(), reference.ref_id.clone()));
                reference.compare(order.and_then(|order| order["status"].as_str()), when);
            }
        }
        assert!(by_ref.is_empty(), "orders that nobody asked for {when}: {by_ref:?}");

        let journal = self.supplier.journal();
        assert!(journal.paid_twice().is_empty(), "{when}: {:?}", journal.paid_twice());
        let mut customers: BTreeMap<String, u32> = BTreeMap::new();
        for delivery in journal.deliveries() {
            *customers.entry(delivery.customer_no).or_default() += 1;
        }
        // Each order is for a customer of its own.
        assert!(customers.values().all(|times| *times == 1), "{when}: {customers:?}");
        let delivered = journal.deliveries_by_ref();
        for order in &orders {
            let is_delivered = delivered.contains_key(order["supplier_ref"].as_str().unwrap());
            match order["status"].as_str().unwrap() {
                "success" => assert!(is_delivered, "a success that is none {when}: {order}"),
                "failed" => assert!(!is_delivered, "a failure that is none {when}: {order}"),
                _ => {}
            }
        }
        let known: Vec<&str> = orders.iter().map(|order| order["supplier_ref"].as_str().unwrap()).collect();
        let is_known = |supplier_ref: &String| known.contains(&supplier_ref.as_str());
        if let Some(lost) = delivered.keys().find(|supplier_ref| !is_known(supplier_ref)) {
            // It may be newer than what was read before.
            let found = self.nodes[0].rows(&format!("SELECT 1 AS one FROM attempts WHERE supplier_ref = '{lost}'"));
            assert!(!found.is_empty(), "paid without an order {when}: {lost}");
        }
        orders
    }

    /// Everything comes to its end, whoever began it; and the last account.
    pub fn settle(&mut self, roamers: &mut [Roamer]) {
        eventually("every order is final", || {
            let open = self.nodes[0].rows("SELECT count(*) AS open FROM orders WHERE status = 0");
            (open[0]["open"] == json!(0)).then_some(())
        });
        for told in &self.merchants {
            told.receiver.set_manners(|_| Reply::Status(200));
        }
        let orders = self.compare(roamers, "in the end");
        std::thread::scope(|scope| {
            for roamer in roamers {
                scope.spawn(|| roamer.audit());
            }
        });
        let account = Account::of(&self.nodes[0]);
        account.check_events();
        let mut arrived = 0;
        for told in &self.merchants {
            let wanted = account.ids_of(told.merchant_id);
            told.receiver.wait_for("everything arrives", |arrivals| {
                let acknowledged: Vec<&str> =
                    arrivals.iter().filter(|arrival| arrival.acknowledged_at.is_some()).map(Arrival::id).collect();
                wanted.iter().all(|id| acknowledged.contains(&id.as_str())).then_some(())
            });
            let arrivals = told.receiver.arrivals();
            account.check_arrivals(told.merchant_id, &told.receiver.url(), &arrivals, &told.signer, false);
            arrived += arrivals.len();
            self.check_balance(told, &orders);
        }
        for node in &self.nodes {
            node.verify();
        }
        println!("{}, {arrived} webhooks arrived", account.figures());
    }

    /// Every node says the balance that follows from the orders.
    fn check_balance(&self, told: &Told, orders: &[Value]) {
        let is_theirs = |order: &&Value| order["api_id"] == told.api_id && order["status"] == "success";
        let spent: i64 = orders.iter().filter(is_theirs).map(|order| order["amount"].as_i64().unwrap()).sum();
        for node in &self.nodes {
            let answer = node.served(&told.merchant).call("/v1/balance", json!({})).unwrap();
            assert_eq!((&answer["balance"], &answer["held"]), (&json!(FUNDS - spent), &json!(0)), "{}", answer.text);
        }
    }
}
