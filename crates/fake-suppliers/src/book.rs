//! What a fake knows: inquiries, transactions, bills that are paid, the deposit. All of it follows from the journal's lines, and nothing
//! changes it but a line.

mod transaction;

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::call::Subject;
use crate::journal::{Entry, Event, Kind};
use crate::time::Moment;

pub use transaction::{State, Transaction};

/// An inquiry that found a bill.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Whose bill.
    pub subject: Subject,
    /// Which of this customer's bills.
    pub bill: u32,
    /// What paying it takes from the deposit.
    pub price: i64,
    /// What the inquiry answered.
    pub answer: Map<String, Value>,
    /// When.
    pub at: Moment,
}

/// The state that the journal's lines add up to.
#[derive(Debug, Default)]
pub struct Book {
    /// Taken from the deposit and not given back.
    spent: i64,
    last_tr_id: i64,
    /// The newest for each reference.
    quotes: HashMap<String, Quote>,
    /// The newest for each reference.
    transactions: HashMap<String, Transaction>,
    /// In the order in which they began; a reference that began twice is there twice.
    order: Vec<String>,
    refs_by_tr_id: HashMap<i64, String>,
    /// By product and customer: the bills that are paid or being paid.
    taken_bills: HashMap<(String, String), BTreeSet<u32>>,
    /// By product, customer and day: purchases that did not fail.
    purchases: HashMap<(String, String, i64), u32>,
}

impl Book {
    /// Adds a line.
    pub fn apply(&mut self, entry: &Entry) {
        let at = entry.at;
        match &entry.event {
            Event::Quoted { subject, bill, price, answer } => {
                let quote = Quote { subject: subject.clone(), bill: *bill, price: *price, answer: answer.clone(), at };
                self.know(subject);
                self.quotes.insert(subject.ref_id.clone(), quote);
            }
            Event::Accepted { .. } => {
                if let Some(transaction) = Transaction::begun(entry) {
                    self.begin(transaction);
                }
            }
            Event::Delivered { subject, .. } => self.change(subject, |transaction| {
                transaction.state = State::Delivered;
            }),
            Event::Failed { subject, rc } => {
                self.change(subject, |transaction| {
                    transaction.state = State::Failed;
                    transaction.rc.clone_from(rc);
                });
                self.give_back(&subject.ref_id);
            }
            Event::Refunded { subject, .. } => {
                self.change(subject, |transaction| transaction.state = State::Refunded);
                self.give_back(&subject.ref_id);
            }
            Event::Asked { .. }
            | Event::Faulted { .. }
            | Event::Answered { .. }
            | Event::CallbackSent { .. }
            | Event::RuleBroken { .. } => {}
        }
    }

    /// Taken from the deposit and not given back, in rupiah.
    pub const fn spent(&self) -> i64 {
        self.spent
    }

    /// The newest inquiry with this reference.
    pub fn quote(&self, ref_id: &str) -> Option<&Quote> {
        self.quotes.get(ref_id)
    }

    /// The newest transaction with this reference.
    pub fn transaction(&self, ref_id: &str) -> Option<&Transaction> {
        self.transactions.get(ref_id)
    }

    /// Every reference's newest transaction, oldest first.
    pub fn transactions(&self) -> impl Iterator<Item = &Transaction> {
        let mut seen = BTreeSet::new();
        let newest_last = self.order.iter().filter(move |ref_id| seen.insert(*ref_id));
        newest_last.filter_map(|ref_id| self.transactions.get(ref_id))
    }

    /// The reference that the supplier's own number stands for.
    pub fn ref_of(&self, tr_id: i64) -> Option<&str> {
        self.refs_by_tr_id.get(&tr_id).map(String::as_str)
    }

    /// A number that no transaction has.
    pub const fn next_tr_id(&self) -> i64 {
        self.last_tr_id + 1
    }

    /// Which bill of a customer is the next: as many as were paid before it.
    pub fn next_bill(&self, sku: &str, customer_no: &str) -> u32 {
        let Some(taken) = self.taken_bills.get(&(sku.to_owned(), customer_no.to_owned())) else { return 0 };
        let mut next = u32::try_from(taken.len()).unwrap_or(u32::MAX);
        // After a refund there is a gap.
        while taken.contains(&next) {
            next += 1;
        }
        next
    }

    /// Whether a bill is paid or being paid.
    pub fn is_taken(&self, subject: &Subject, bill: u32) -> bool {
        self.taken_bills
            .get(&(subject.sku.clone(), subject.customer_no.clone()))
            .is_some_and(|taken| taken.contains(&bill))
    }

    /// How often a product was bought for a customer that day, in WIB.
    pub fn purchases_on(&self, day: i64, subject: &Subject) -> u32 {
        self.purchases.get(&(subject.sku.clone(), subject.customer_no.clone(), day)).copied().unwrap_or_default()
    }

    fn know(&mut self, subject: &Subject) {
        if let Some(tr_id) = subject.tr_id {
            self.last_tr_id = self.last_tr_id.max(tr_id);
            self.refs_by_tr_id.insert(tr_id, subject.ref_id.clone());
        }
    }

    fn begin(&mut self, transaction: Transaction) {
        self.spent += transaction.price;
        self.claim(&transaction, true);
        self.know(&transaction.subject);
        self.order.push(transaction.subject.ref_id.clone());
        self.transactions.insert(transaction.subject.ref_id.clone(), transaction);
    }

    fn change(&mut self, subject: &Subject, change: impl FnOnce(&mut Transaction)) {
        if let Some(transaction) = self.transactions.get_mut(&subject.ref_id) {
            change(transaction);
        }
    }

    /// The money of a transaction goes back, and its bill is due again.
    fn give_back(&mut self, ref_id: &str) {
        if let Some(transaction) = self.transactions.get(ref_id).cloned() {
            self.spent -= transaction.price;
            self.claim(&transaction, false);
        }
    }

    /// A transaction's bill is taken, or free again; a purchase is counted, or counted no more.
    fn claim(&mut self, transaction: &Transaction, is_taken: bool) {
        let (sku, customer_no) = (transaction.subject.sku.clone(), transaction.subject.customer_no.clone());
        match (transaction.kind, transaction.bill) {
            (Kind::Postpaid, None) => {}
            (Kind::Postpaid, Some(bill)) if is_taken => {
                self.taken_bills.entry((sku, customer_no)).or_default().insert(bill);
            }
            (Kind::Postpaid, Some(bill)) => {
                self.taken_bills.entry((sku, customer_no)).or_default().remove(&bill);
            }
            (Kind::Prepaid, _) => {
                let count = self.purchases.entry((sku, customer_no, transaction.at.wib_day())).or_default();
                *count = if is_taken { count.saturating_add(1) } else { count.saturating_sub(1) };
            }
        }
    }
}
