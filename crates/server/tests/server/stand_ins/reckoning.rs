//! Orders held against the journals of the stand-ins: the two know nothing of each other.

use std::collections::{BTreeMap, HashSet};

use fake_suppliers::{Event, Journal};
use serde_json::Value;

use super::House;
use super::house::DEPOSIT;

/// One row an attempt, the newest of its order last.
const ATTEMPTS: &str = "SELECT o.order_id, o.ref_id, o.customer_no, o.amount, o.cost, o.desk, a.supplier, a.supplier_ref, \
     CASE o.status WHEN 0 THEN 'pending' WHEN 1 THEN 'success' WHEN 2 THEN 'failed' WHEN 3 THEN 'refunded' END AS status, \
     a.number = o.attempts AS is_newest FROM orders o JOIN attempts a USING (order_id) ORDER BY o.order_id, a.number";

/// What really became of a reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Deeds {
    deliveries: u32,
    refunds: u32,
    price: i64,
}

impl House {
    /// Holds every order against what its supplier really did, and the merchant's money against the orders; panics where they differ.
    ///
    /// A success was delivered exactly once, at the cost in the books; a failure never; a refund was delivered and given back; nothing was
    /// delivered that nobody ordered, and no bill twice. Orders on the desk are left to whoever put them there.
    #[track_caller]
    pub fn reckon(&self) {
        self.loket.verify();
        let mut deeds = self.deeds();
        let mut spent = 0;
        for row in self.loket.rows(ATTEMPTS) {
            let text = |member: &str| row[member].as_str().unwrap().to_owned();
            let done = deeds.remove(&(text("supplier"), text("supplier_ref"))).unwrap_or_default();
            let is_newest = row["is_newest"] == 1;
            if row["desk"].is_null() {
                check(&row, if is_newest { &row["status"] } else { &Value::Null }, done);
            }
            let takes = is_newest && ["success", "pending"].contains(&row["status"].as_str().unwrap());
            spent += if takes { row["amount"].as_i64().unwrap() } else { 0 };
        }
        assert!(deeds.is_empty(), "delivered without an order: {deeds:?}");
        assert_eq!(self.toko.balance(), DEPOSIT - spent);
    }

    /// Nothing was paid twice, and no rule of any supplier's was broken.
    #[track_caller]
    pub fn reckon_with_manners(&self) {
        self.reckon();
        for (name, fake) in self.fakes() {
            let journal = fake.journal().unwrap();
            let broken: Vec<_> = journal.rules_broken().collect();
            assert!(broken.is_empty(), "{name}: {broken:?}");
        }
    }

    fn deeds(&self) -> BTreeMap<(String, String), Deeds> {
        let mut deeds: BTreeMap<(String, String), Deeds> = BTreeMap::new();
        for (name, fake) in self.fakes() {
            let journal: Journal = fake.journal().unwrap();
            assert_eq!(journal.paid_twice(), [], "{name}");
            for entry in &journal.entries {
                let (subject, price, is_refund) = match &entry.event {
                    Event::Delivered { subject, price, .. } => (subject, *price, false),
                    Event::Refunded { subject, price, .. } => (subject, *price, true),
                    _ => continue,
                };
                let deed = deeds.entry((name.to_owned(), subject.ref_id.clone())).or_default();
                deed.price = price;
                *(if is_refund { &mut deed.refunds } else { &mut deed.deliveries }) += 1;
            }
        }
        deeds
    }
}

/// `null` is the status of an attempt after which another supplier was asked.
#[track_caller]
fn check(row: &Value, status: &Value, done: Deeds) {
    let (deliveries, refunds) = (done.deliveries, done.refunds);
    match status.as_str() {
        Some("success") => {
            assert_eq!((deliveries, refunds), (1, 0), "{row}");
            assert_eq!(row["cost"], done.price, "{row}");
        }
        Some("failed") | None => assert_eq!((deliveries, refunds), (0, 0), "{row}"),
        Some("refunded") => assert_eq!((deliveries, refunds), (1, 1), "{row}"),
        _ => assert!(deliveries <= 1, "{row}"),
    }
}

/// Every text once.
pub fn distinct<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    texts.into_iter().filter(|text| seen.insert(*text)).collect()
}
