//! What really happened, by the stand-ins' journals, held against Loket's orders. The two know nothing of each other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use fake_suppliers::{BrokenRule, Call, Contradiction, Event, Fault, Moment};
use serde_json::Value;

use crate::chaos::scene::{FUNDS, Scene, WAYS, Way};

/// One of Loket's orders with its only attempt.
#[derive(Clone, Debug)]
pub struct Order {
    /// The merchant's reference.
    pub ref_id: String,
    /// `pending`, `success`, `failed` or `refunded`.
    pub status: String,
    way: Way,
    customer_no: String,
    amount: i64,
    cost: Option<i64>,
    is_on_desk: bool,
    supplier_ref: String,
    attempt: String,
}

/// What a journal says of a reference.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for a kind of line, which is there or not")]
struct Fact {
    customer_no: String,
    sku: String,
    is_accepted: bool,
    delivered: u32,
    is_failed: bool,
    is_refunded: bool,
    price: i64,
    /// The stand-in said that it failed, and did it.
    is_denied: bool,
    /// It stated other amounts than it took.
    is_misquoted: bool,
    is_faulted: bool,
    asked: Vec<Moment>,
}

/// Both sides.
pub struct Truth {
    /// Every order, first to last.
    pub orders: Vec<Order>,
    /// What the merchant may spend, by the books.
    available: i64,
    /// What it has in pending orders, by the books.
    pub held: i64,
    /// By the supplier's name and our reference.
    facts: BTreeMap<(&'static str, String), Fact>,
    paid_twice: Vec<String>,
    rules_broken: Vec<BrokenRule>,
}

const ORDERS: &str = "SELECT o.ref_id, o.product_code, o.customer_no, o.amount, o.cost, o.desk, a.supplier, a.supplier_ref, a.state, a.checks, a.check_at, a.note, b.available, b.held, \
     CASE o.status WHEN 0 THEN 'pending' WHEN 1 THEN 'success' WHEN 2 THEN 'failed' WHEN 3 THEN 'refunded' END AS status \
     FROM orders o JOIN attempts a USING (order_id) JOIN books b ON b.merchant_id = o.merchant_id ORDER BY o.order_id";

impl Truth {
    /// As it is now. The orders are read first: what they call final was in a journal before.
    pub fn of(scene: &Scene) -> Self {
        // One reading, so that orders and money are of one moment.
        let rows = scene.loket.rows(ORDERS);
        let amount = |member: &str| rows.first().and_then(|row| row[member].as_i64()).unwrap_or_default();
        let mut truth = Self {
            orders: rows.iter().map(order).collect(),
            available: amount("available"),
            held: amount("held"),
            facts: BTreeMap::new(),
            paid_twice: Vec::new(),
            rules_broken: Vec::new(),
        };
        for (supplier, stand_in) in ["digiflazz", "iak"].into_iter().zip(&scene.stand_ins) {
            let journal = stand_in.journal();
            truth.paid_twice.extend(journal.paid_twice().into_iter().map(|delivery| delivery.ref_id));
            for entry in journal.entries {
                truth.learn(supplier, entry.at, entry.event);
            }
        }
        truth
    }

    fn learn(&mut self, supplier: &'static str, at: Moment, event: Event) {
        match event {
            Event::Asked { call: Call::StatusPasca | Call::StatusPrepaid, subject } => {
                self.fact_of(supplier, subject.ref_id).asked.push(at);
            }
            Event::Faulted { subject, fault, .. } => {
                let fact = self.fact_of(supplier, subject.ref_id);
                fact.is_faulted = true;
                fact.is_denied |= fault == Fault::Contradict(Contradiction::FailedButDelivered);
                fact.is_misquoted |= matches!(fault, Fault::WrongAmount { .. });
            }
            Event::Accepted { subject, price, .. } => {
                let fact = self.fact_of(supplier, subject.ref_id);
                (fact.is_accepted, fact.price) = (true, price);
                (fact.customer_no, fact.sku) = (subject.customer_no, subject.sku);
            }
            Event::Delivered { subject, .. } => self.fact_of(supplier, subject.ref_id).delivered += 1,
            Event::Failed { subject, .. } => self.fact_of(supplier, subject.ref_id).is_failed = true,
            Event::Refunded { subject, .. } => self.fact_of(supplier, subject.ref_id).is_refunded = true,
            Event::RuleBroken { rule, .. } => self.rules_broken.push(rule),
            _ => {}
        }
    }

    fn fact_of(&mut self, supplier: &'static str, ref_id: String) -> &mut Fact {
        self.facts.entry((supplier, ref_id)).or_default()
    }

    /// How many references something went wrong with.
    pub fn count_faulted(&self) -> usize {
        self.facts.values().filter(|fact| fact.is_faulted).count()
    }

    /// How many orders have that status.
    pub fn count(&self, status: &str) -> usize {
        self.orders.iter().filter(|order| order.status == status).count()
    }

    fn total(&self, status: &str) -> i64 {
        self.orders.iter().filter(|order| order.status == status).map(|order| order.amount).sum()
    }

    /// Orders that are pending although their supplier could say what became of them.
    pub fn unsettled(&self) -> Vec<&Order> {
        let can_be_told = |order: &Order| self.fact(order).is_accepted || !order.way.can_forget();
        let is_unsettled = |order: &&Order| order.status == "pending" && can_be_told(order);
        self.orders.iter().filter(is_unsettled).collect()
    }

    /// Everything that must hold at any moment.
    #[track_caller]
    pub fn check(&self, when: &str) {
        assert!(self.paid_twice.is_empty(), "{when}, paid twice: {:?}", self.paid_twice);
        assert!(self.rules_broken.is_empty(), "{when}, rules broken: {:?}", self.rules_broken);
        assert_eq!(self.held, self.total("pending"), "{when}, what is held is not what is pending");
        assert_eq!(self.available, FUNDS - self.held - self.total("success"), "{when}, what may be spent");
        let mut known = HashSet::new();
        let mut references = HashSet::new();
        for order in &self.orders {
            assert!(references.insert(&order.ref_id), "{when}, an order that was sent under two references: {order:?}");
            assert!(known.insert((order.way.supplier, order.supplier_ref.clone())), "{when}, two orders are {order:?}");
            self.check_order(order, when);
        }
        for (key, fact) in &self.facts {
            assert!(!fact.is_accepted || known.contains(key), "{when}, paid without an order: {key:?} {fact:?}");
            Self::check_pace(key, fact, when);
        }
    }

    #[track_caller]
    fn check_order(&self, order: &Order, when: &str) {
        let fact = self.fact(order);
        let describe = || format!("{when}: {}", self.describe(order));
        assert!(fact.delivered <= 1, "{}", describe());
        if fact.is_accepted {
            assert_eq!((&*fact.customer_no, &*fact.sku), (&*order.customer_no, order.way.sku), "{}", describe());
        }
        match order.status.as_str() {
            // What was taken back later may not have been heard of yet, or never.
            "success" => {
                assert_eq!(fact.delivered, 1, "a success that is none, {}", describe());
                let cost = order.cost.expect("a success has a cost");
                assert!(cost == fact.price || fact.is_misquoted, "not what it took, {}", describe());
            }
            "failed" => {
                let is_none = fact.delivered == 0 || fact.is_refunded;
                assert!(is_none || fact.is_denied, "a failure that is none, {}", describe());
            }
            "refunded" => assert!(fact.delivered == 1 && fact.is_refunded, "{}", describe()),
            _ => assert!(!order.is_on_desk, "nothing was on the desk, {}", describe()),
        }
    }

    /// Two questions about one thing are not closer than Digiflazz wants; IAK wants nothing. The times are the stand-in's: a question that
    /// waited there until its asker gave up is read late, so less than half of the pause is let pass.
    #[track_caller]
    fn check_pace(key: &(&str, String), fact: &Fact, when: &str) {
        if key.0 != "digiflazz" {
            return;
        }
        let least = Duration::from_millis(600) * 4 / 10;
        for pair in fact.asked.windows(2) {
            let pause = pair[1].since(pair[0]);
            assert!(pause >= least, "{when}, asked after {pause:?} again: {key:?} {fact:?}");
        }
    }

    /// What both sides say of an order.
    pub fn describe(&self, order: &Order) -> String {
        format!("{order:?} ({}) {:?}", order.attempt, self.fact(order))
    }

    fn fact(&self, order: &Order) -> Fact {
        self.facts.get(&(order.way.supplier, order.supplier_ref.clone())).cloned().unwrap_or_default()
    }

    /// What the merchant was told is there, and says the same or what may follow from it.
    #[track_caller]
    pub fn check_told(&self, told: impl IntoIterator<Item = (String, String)>, when: &str) {
        let orders: HashMap<&str, &Order> = self.orders.iter().map(|order| (&*order.ref_id, order)).collect();
        for (ref_id, told) in told {
            let order = orders.get(&*ref_id).unwrap_or_else(|| panic!("{when}, an order was lost: {ref_id}"));
            let follows = match told.as_str() {
                "PENDING" => true,
                "SUCCESS" => ["success", "refunded"].contains(&&*order.status),
                _ => ["failed", "refunded"].contains(&&*order.status),
            };
            assert!(follows, "{when}, told {told}: {order:?}");
        }
    }
}

#[track_caller]
fn order(row: &Value) -> Order {
    let text = |member: &str| row[member].as_str().unwrap_or_else(|| panic!("no {member}: {row}")).to_owned();
    let code = text("product_code");
    Order {
        ref_id: text("ref_id"),
        status: text("status"),
        way: WAYS.into_iter().find(|way| way.code == code && way.supplier == row["supplier"]).expect("a way"),
        customer_no: text("customer_no"),
        amount: row["amount"].as_i64().unwrap(),
        cost: row["cost"].as_i64(),
        is_on_desk: !row["desk"].is_null(),
        supplier_ref: text("supplier_ref"),
        attempt: format!(
            "state {} checks {} check_at {} note {}",
            row["state"], row["checks"], row["check_at"], row["note"]
        ),
    }
}
