//! What the database says was to be told, held against what arrived.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::harness::{Arrival, Loket, Merchant, now_seconds};
use crate::webhook_receivers::delivery::Signer;

/// How many orders of each merchant the API is asked about.
const ASKED: usize = 40;

/// Orders, events, deliveries and tries, as they are at a moment.
pub struct Account {
    orders: BTreeMap<i64, Value>,
    /// By merchant and number.
    events: BTreeMap<(i64, i64), Event>,
    /// How far each endpoint's deliveries have come, and how often each was tried, by address and event's number.
    deliveries: HashMap<String, Vec<Value>>,
    /// How often it was told that an endpoint is gone, and how many are.
    gone: (usize, usize),
    /// How many tries were written down, and how many acknowledgements among them, by address.
    tries: HashMap<String, (usize, usize)>,
}

struct Event {
    id: String,
    number: i64,
    order_id: i64,
    kind: i64,
    body: String,
}

/// `SnReceived`, `Pending` and so on, as the database has them.
const SUCCESS: i64 = 0;
const FAILED: i64 = 1;
const SN_RECEIVED: i64 = 2;
const PENDING: i64 = 3;
const REFUNDED: i64 = 4;
const WEBHOOK_DISABLED: i64 = 5;

impl Account {
    /// From a data directory.
    #[track_caller]
    pub fn of(loket: &Loket) -> Self {
        let number = |row: &Value, member: &str| row[member].as_i64().unwrap();
        let orders =
            loket.rows("SELECT order_id, merchant_id, mode, ref_id, customer_no, status, sn, amount FROM orders");
        let body = if loket.database().is_some() { "convert_from(body, 'UTF8')" } else { "CAST(body AS TEXT)" };
        let events =
            loket.rows(&format!("SELECT merchant_id, number, order_id, kind, {body} AS body, created_at FROM events"));
        let deliveries = loket.rows(
            "SELECT url, event, order_id, d.state, tries, e.state AS endpoint FROM deliveries d JOIN endpoints e USING (endpoint_id)",
        );
        let tries = loket.rows(
            "SELECT url, count(*) AS tries, count(*) FILTER (WHERE status BETWEEN 200 AND 299) AS acknowledged \
             FROM delivery_tries JOIN endpoints USING (endpoint_id) GROUP BY url",
        );
        let gone = loket.rows(
            "SELECT (SELECT count(*) FROM events WHERE kind = 5) AS told, (SELECT count(*) FROM endpoints WHERE state = 2) AS gone",
        );
        let event = |row: &Value| Event {
            id: format!("evt_{}_{}_{:x}", row["merchant_id"], row["number"], number(row, "created_at")),
            number: number(row, "number"),
            order_id: number(row, "order_id"),
            kind: number(row, "kind"),
            body: row["body"].as_str().unwrap().to_owned(),
        };
        let url = |row: &Value| row["url"].as_str().unwrap().to_owned();
        let mut by_url: HashMap<String, Vec<Value>> = HashMap::new();
        for row in deliveries {
            by_url.entry(url(&row)).or_default().push(row);
        }
        let count = |row: &Value, member: &str| usize::try_from(number(row, member)).unwrap();
        Self {
            orders: orders.into_iter().map(|row| (number(&row, "order_id"), row)).collect(),
            events: events
                .iter()
                .map(|row| ((number(row, "merchant_id"), number(row, "number")), event(row)))
                .collect(),
            deliveries: by_url,
            gone: (count(&gone[0], "told"), count(&gone[0], "gone")),
            tries: tries.iter().map(|row| (url(row), (count(row, "tries"), count(row, "acknowledged")))).collect(),
        }
    }

    /// The ids of a merchant's events that an endpoint hears of which wants the usual ones.
    pub fn ids_of(&self, merchant_id: i64) -> Vec<String> {
        self.told_to(merchant_id).map(|event| event.id.clone()).collect()
    }

    fn told_to(&self, merchant_id: i64) -> impl Iterator<Item = &Event> {
        self.events
            .range((merchant_id, 0)..(merchant_id + 1, 0))
            .map(|(_, event)| event)
            .filter(|event| event.kind != PENDING && event.kind != WEBHOOK_DISABLED)
    }

    /// For each order there are exactly the events that its state implies, and they say what it says.
    pub fn check_events(&self) {
        let mut by_order: HashMap<i64, Vec<&Event>> = HashMap::new();
        let mut last = (0, 0);
        for ((merchant_id, number), event) in &self.events {
            let before = if last.0 == *merchant_id { last.1 } else { 0 };
            assert_eq!(*number, before + 1, "numbers have no gaps");
            last = (*merchant_id, *number);
            if event.kind == WEBHOOK_DISABLED {
                continue;
            }
            assert_eq!(self.orders[&event.order_id]["merchant_id"], *merchant_id, "{}", event.body);
            by_order.entry(event.order_id).or_default().push(event);
        }
        for (order_id, order) in &self.orders {
            let events = by_order.remove(order_id).unwrap_or_default();
            let kinds: Vec<i64> = events.iter().map(|event| event.kind).filter(|kind| *kind != PENDING).collect();
            assert!(events.iter().skip(1).all(|event| event.kind != PENDING), "pending comes first: {order}");
            let is_late = |event: &&&Event| event.kind == SUCCESS && event.data()["sn"] == "";
            let has_sn_later = events.iter().any(|event| is_late(&event)) && !order["sn"].is_null();
            let expected = match (order["status"].as_i64().unwrap(), has_sn_later) {
                (0, _) => vec![],
                (1, false) => vec![SUCCESS],
                (1, true) => vec![SUCCESS, SN_RECEIVED],
                (2, _) => vec![FAILED],
                (_, false) => vec![SUCCESS, REFUNDED],
                (_, true) => vec![SUCCESS, SN_RECEIVED, REFUNDED],
            };
            assert_eq!(kinds, expected, "{order}");
            for event in events {
                let data = event.data();
                let status =
                    ["Success", "Failed", "Success", "Pending", "Failed"][usize::try_from(event.kind).unwrap()];
                assert_eq!(data["status"], status, "{}", event.body);
                for (member, column) in [
                    ("order_id", "order_id"),
                    ("ref_id", "ref_id"),
                    ("customer_number", "customer_no"),
                    ("price", "amount"),
                ] {
                    assert_eq!(data[member], order[column], "{}", event.body);
                }
                assert_eq!(data["testing"] == true, order["mode"] == 1, "{}", event.body);
                let sn = data["sn"].as_str().unwrap();
                assert!(sn.is_empty() || order["sn"] == sn, "{}: {order}", event.body);
            }
        }
        assert!(by_order.is_empty(), "events of no order");
        assert_eq!(self.gone.0, self.gone.1, "each endpoint's end is told once");
    }

    /// The API says of an order what its last event says.
    pub fn check_api<'a>(&self, merchants: impl Iterator<Item = (i64, &'a Merchant)>) {
        for (merchant_id, merchant) in merchants {
            let testing = merchant.testing();
            let theirs: Vec<&Event> = self.told_to(merchant_id).collect();
            // Of those that have happened last, since an order's last event is later than its first.
            for event in theirs.iter().rev().take(ASKED) {
                let of_order = theirs.iter().rev().find(|other| other.order_id == event.order_id).unwrap();
                let data = of_order.data();
                let caller = if data["testing"] == true { &testing } else { merchant };
                let answer = caller.status(data["ref_id"].as_str().unwrap());
                let state = data["status"].as_str().unwrap().to_uppercase();
                assert!(answer.code().ends_with(&state), "{} {}", answer.text, of_order.body);
                assert_eq!(answer["refunded_at"].is_string(), of_order.kind == REFUNDED, "{}", answer.text);
                assert_eq!(answer["sn"].as_str().unwrap_or_default(), data["sn"], "{} {}", answer.text, of_order.body);
            }
        }
    }

    /// Everything arrived as it was committed, signed, nothing else did, and of each order in order.
    pub fn check_arrivals(&self, merchant_id: i64, url: &str, arrivals: &[Arrival], key: &Signer, is_gone: bool) {
        let events: HashMap<&str, &Event> = self.told_to(merchant_id).map(|event| (event.id.as_str(), event)).collect();
        let mut by_order: HashMap<i64, Vec<&Event>> = HashMap::new();
        for event in self.told_to(merchant_id) {
            by_order.entry(event.order_id).or_default().push(event);
        }
        let mut done_at: HashMap<&str, u64> = HashMap::new();
        for arrival in arrivals {
            let done = arrival.acknowledged_at.or(arrival.refused_at.filter(|_| is_gone));
            if let Some(moment) = done {
                let first = done_at.entry(arrival.id()).or_insert(moment);
                *first = moment.min(*first);
            }
        }
        for arrival in arrivals {
            assert_eq!(arrival.path, "/webhook", "redirects are not followed");
            let event = events.get(arrival.id()).unwrap_or_else(|| panic!("it was never committed: {arrival:#?}"));
            assert_eq!(arrival.body, event.body, "one id has one body");
            let signed = key.sign(arrival.id(), &arrival.body);
            for name in ["content-type", "x-type-transaction", "x-signature"] {
                assert_eq!(arrival.header(name), signed.header(name), "{arrival:#?}");
            }
            assert!(arrival.header("webhook-signature").starts_with("v1,"), "{arrival:#?}");
            let age = now_seconds() - arrival.header("webhook-timestamp").parse::<i64>().unwrap();
            assert!((0..86_400).contains(&age), "{arrival:#?}");
            for before in by_order[&event.order_id].iter().filter(|before| before.number < event.number) {
                let is_over = done_at.get(before.id.as_str()).is_some_and(|moment| *moment < arrival.at);
                assert!(is_over, "{} came before {} was over at {url}", event.body, before.body);
            }
        }
        if !is_gone {
            for id in events.keys() {
                assert!(done_at.contains_key(id), "it never arrived at {url}: {}", events[id].body);
            }
        }
    }

    /// The log has every try but those that a death cut off, of which there may be `lost`; and each delivery was acknowledged once in it.
    pub fn check_log(&self, url: &str, arrived: usize, lost: usize) {
        let deliveries = &self.deliveries[url];
        let (tries, acknowledged) = self.tries[url];
        let counted: i64 = deliveries.iter().map(|delivery| delivery["tries"].as_i64().unwrap()).sum();
        assert_eq!(usize::try_from(counted).unwrap(), tries, "{url}");
        let delivered = deliveries.iter().filter(|delivery| delivery["state"] == 1).count();
        assert_eq!(acknowledged, delivered, "{url}");
        assert!(arrived >= tries && arrived <= tries + lost, "{arrived} arrived, {tries} were tried at {url}");
    }

    /// How much that was.
    pub fn figures(&self) -> String {
        let (orders, events) = (self.orders.len(), self.events.len());
        let deliveries: usize = self.deliveries.values().map(Vec::len).sum();
        let tries: usize = self.tries.values().map(|(tries, _)| tries).sum();
        format!("{orders} orders, {events} events, {deliveries} deliveries in {tries} tries")
    }
}

impl Event {
    fn data(&self) -> Value {
        serde_json::from_str::<Value>(&self.body).unwrap()["data"].take()
    }
}
