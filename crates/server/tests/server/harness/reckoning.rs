//! Loket's orders held against the sandbox's own record of what it was paid: the two know nothing of each other.

use std::collections::{HashMap, HashSet};

use outbound::{RecordEvent, SandboxRecord};
use serde_json::Value;
use server::house::SANDBOX_RECORD_FILE;

use super::{Loket, rows};

/// An order as the database has it, and its reference at the sandbox.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Whose.
    pub merchant_id: i64,
    /// In testing mode.
    pub is_testing: bool,
    /// The merchant's reference.
    pub ref_id: String,
    /// For whom.
    pub customer_no: String,
    /// `pending`, `success`, `failed` or `refunded`.
    pub status: String,
    /// The proof.
    pub sn: Option<String>,
    /// What the merchant pays.
    pub amount: i64,
    /// Loket's reference at the sandbox.
    pub supplier_ref: String,
}

/// Every order, once it was held against the record.
#[derive(Debug)]
pub struct Reckoning {
    /// The orders, first to last.
    pub orders: Vec<Settled>,
}

impl Reckoning {
    /// How many orders have that status.
    pub fn count(&self, status: &str) -> usize {
        self.orders.iter().filter(|order| order.status == status).count()
    }

    /// What a merchant's production orders took or hold.
    pub fn spent_by(&self, merchant_id: i64) -> i64 {
        let counts = |order: &&Settled| {
            order.merchant_id == merchant_id
                && !order.is_testing
                && ["success", "pending"].contains(&order.status.as_str())
        };
        self.orders.iter().filter(counts).map(|order| order.amount).sum()
    }
}

/// One row an attempt, so that an order that was sent under two references is seen.
const ORDERS: &str = "SELECT o.order_id, o.merchant_id, o.mode, o.ref_id, o.customer_no, o.sn, o.amount, a.supplier_ref, \
     CASE o.status WHEN 0 THEN 'pending' WHEN 1 THEN 'success' WHEN 2 THEN 'failed' WHEN 3 THEN 'refunded' END AS status \
     FROM orders o LEFT JOIN attempts a USING (order_id) ORDER BY o.order_id";

impl Loket {
    /// What a query answers, straight from the database and beside the server.
    #[track_caller]
    pub fn rows(&self, query: &str) -> Vec<Value> {
        match self.database() {
            None => rows(&self.data().join("loket.db"), query),
            Some(database) => {
                let found = database.run(&format!("SELECT to_json(found) FROM ({query}) AS found"));
                found.iter().map(|row| serde_json::from_str(row[0].as_deref().unwrap()).unwrap()).collect()
            }
        }
    }

    /// Holds every order against the sandbox's record; panics where they differ. The server may run.
    ///
    /// A success was paid exactly once, a failure never, nothing twice, and nothing was paid without an order. What is pending may be
    /// either. What was refunded was paid once and given back once.
    #[track_caller]
    pub fn reckon(&self) -> Reckoning {
        // Orders are read before and after: whatever the first reading calls final stays so, and no payment precedes its order.
        let orders: Vec<Settled> = self.rows(ORDERS).iter().map(settled).collect();
        let mut count: HashMap<(RecordEvent, String), u32> = HashMap::new();
        let mut customers: HashMap<String, String> = HashMap::new();
        let record = SandboxRecord::read(&self.data().join(SANDBOX_RECORD_FILE)).unwrap();
        for line in record.lines().map(Result::unwrap) {
            *count.entry((line.event, line.supplier_ref.to_owned())).or_default() += 1;
            customers.insert(line.supplier_ref.to_owned(), line.customer_no.to_owned());
        }
        let known = self.rows("SELECT supplier_ref FROM attempts");
        let known: HashSet<&str> = known.iter().map(|row| row["supplier_ref"].as_str().unwrap()).collect();
        for ((event, supplier_ref), times) in &count {
            assert_eq!(*times, 1, "the sandbox has {supplier_ref} {times} times as {event:?}");
            assert!(known.contains(supplier_ref.as_str()), "the sandbox has {event:?} {supplier_ref} of no order");
        }
        let mut seen = HashSet::new();
        for order in &orders {
            assert!(seen.insert(&order.supplier_ref), "two orders are {}", order.supplier_ref);
            let times = |event| count.get(&(event, order.supplier_ref.clone())).copied().unwrap_or(0);
            let (paid, refunded) = (times(RecordEvent::Paid), times(RecordEvent::Refunded));
            match order.status.as_str() {
                // The sandbox gives back on its own time; Loket learns of it when it asks next.
                "success" => assert_eq!(paid, 1, "a success was not paid: {order:?}"),
                "failed" => assert_eq!(paid, 0, "a failure was paid: {order:?}"),
                "refunded" => assert_eq!((paid, refunded), (1, 1), "{order:?}"),
                _ => assert!(paid <= 1, "{order:?}"),
            }
            if let Some(customer_no) = customers.get(&order.supplier_ref) {
                assert_eq!(*customer_no, order.customer_no, "paid for somebody else: {order:?}");
            }
        }
        let orders_by_number: HashSet<_> =
            orders.iter().map(|order| (order.merchant_id, order.is_testing, &order.ref_id)).collect();
        assert_eq!(orders_by_number.len(), orders.len(), "an order has two references at the sandbox");
        Reckoning { orders }
    }
}

#[track_caller]
fn settled(row: &Value) -> Settled {
    let text = |member: &str| row[member].as_str().unwrap_or_else(|| panic!("no {member}: {row}")).to_owned();
    let number = |member: &str| row[member].as_i64().unwrap();
    Settled {
        merchant_id: number("merchant_id"),
        is_testing: number("mode") == 1,
        ref_id: text("ref_id"),
        customer_no: text("customer_no"),
        status: text("status"),
        sn: row["sn"].as_str().map(ToOwned::to_owned),
        amount: number("amount"),
        supplier_ref: text("supplier_ref"),
    }
}
