//! Where requests are dealt with, one at a time: the book, the journal, and the rules that the options set.

use std::collections::HashMap;
use std::io;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::book::{Book, State, Transaction};
use crate::call::Subject;
use crate::journal::{BrokenRule, Entry, Event, Kind, Outcome, Recorder};
use crate::options::Options;
use crate::signature::Credentials;
use crate::time::Moment;

/// A desk, at the time of one request.
pub struct Desk {
    /// What is known.
    pub book: Book,
    /// What is written down.
    pub recorder: Recorder,
    /// What time it is.
    pub now: Moment,
    /// Who may ask.
    pub credentials: Credentials,
    /// The deposit before anything was paid.
    pub funds: i64,
    /// Whether limits are held.
    pub limits: bool,
    /// Whether a customer has the next bill as soon as one is paid.
    pub fresh_bills: bool,
    last_calls: HashMap<String, Moment>,
    begun: Option<String>,
}

/// What a transaction begins with.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Of whom.
    pub subject: Subject,
    /// Bill or purchase.
    pub kind: Kind,
    /// Which of this customer's bills.
    pub bill: Option<u32>,
    /// What it takes from the deposit, in rupiah.
    pub price: i64,
    /// What will prove it.
    pub sn: String,
    /// What its answers are made of.
    pub answer: Map<String, Value>,
    /// Where its callback goes, if not to the configured address.
    pub callback_url: Option<String>,
}

/// What becomes of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is delivered at once.
    Succeeds,
    /// It fails at once, with this code.
    Fails(&'static str),
    /// It is pending, and ends so.
    Pends(Outcome),
}

impl Desk {
    /// Opens a desk, and goes on where its journal ends.
    pub fn open(options: &Options) -> io::Result<Self> {
        let (recorder, journal) = Recorder::open(options.journal.as_deref())?;
        let mut book = Book::default();
        journal.entries.iter().for_each(|entry| book.apply(entry));
        Ok(Self {
            book,
            recorder,
            now: options.clock.now(),
            credentials: options.credentials.clone(),
            funds: options.balance,
            limits: options.limits,
            fresh_bills: options.fresh_bills,
            last_calls: HashMap::new(),
            begun: None,
        })
    }

    /// Writes down what happens, and so makes it happen.
    pub fn record(&mut self, event: Event) -> io::Result<()> {
        if let Event::Accepted { subject, .. } = &event {
            self.begun = Some(subject.ref_id.clone());
        }
        let entry = Entry { at: self.now, event };
        self.recorder.append(&entry)?;
        self.book.apply(&entry);
        Ok(())
    }

    /// Writes down that the caller broke a rule.
    pub fn blame(&mut self, subject: &Subject, rule: BrokenRule, detail: impl Into<String>) -> io::Result<()> {
        self.record(Event::RuleBroken { subject: subject.clone(), rule, detail: detail.into() })
    }

    /// The transaction that began since this was last asked.
    pub fn take_begun(&mut self) -> Option<Transaction> {
        let ref_id = self.begun.take()?;
        self.book.transaction(&ref_id).cloned()
    }

    /// The deposit that is left, in rupiah.
    pub const fn balance(&self) -> i64 {
        self.funds - self.book.spent()
    }

    /// How long it is since the last call of this name, which is now.
    pub fn since_last_call(&mut self, name: String) -> Option<Duration> {
        self.last_calls.insert(name, self.now).map(|last| self.now.since(last))
    }

    /// Whether a call of this name may be made, if only one in such a span may. A call that may not doesn't count.
    pub fn allows(&mut self, name: &str, span: Duration) -> bool {
        let is_too_soon = self.last_calls.get(name).is_some_and(|last| self.now.since(*last) < span);
        if self.limits && is_too_soon {
            return false;
        }
        self.last_calls.insert(name.to_owned(), self.now);
        true
    }

    /// Begins a transaction, and ends it if it ends at once. A failed one leaves its bill alone.
    pub fn begin(&mut self, beginning: Beginning, fate: Fate) -> io::Result<()> {
        let Beginning { subject, kind, bill, price, sn, answer, callback_url } = beginning;
        let (bill, then) = match fate {
            Fate::Succeeds => (bill, Outcome::Success),
            Fate::Fails(_) => (None, Outcome::Failed),
            Fate::Pends(outcome) => (bill, outcome),
        };
        let ref_id = subject.ref_id.clone();
        self.record(Event::Accepted { subject, kind, bill, price, then, sn, answer, callback_url })?;
        match fate {
            Fate::Succeeds => self.settle(&ref_id, Outcome::Success, "")?,
            Fate::Fails(rc) => self.settle(&ref_id, Outcome::Failed, rc)?,
            Fate::Pends(_) => true,
        };
        Ok(())
    }

    /// Ends a transaction, in as many steps as it needs. Nothing happens to one that can't end so.
    pub fn settle(&mut self, ref_id: &str, outcome: Outcome, rc: &str) -> io::Result<bool> {
        let Some(transaction) = self.book.transaction(ref_id).cloned() else { return Ok(false) };
        let Transaction { subject, bill, price, sn, state, .. } = transaction;
        let delivered = Event::Delivered { subject: subject.clone(), bill, price, sn };
        let refunded = Event::Refunded { subject: subject.clone(), bill, price };
        match (state, outcome) {
            (State::Pending, Outcome::Success) => self.record(delivered)?,
            (State::Pending, Outcome::Failed) => self.record(Event::Failed { subject, rc: rc.to_owned() })?,
            (State::Pending, Outcome::Refund) => {
                self.record(delivered)?;
                self.record(refunded)?;
            }
            (State::Delivered, Outcome::Refund) => self.record(refunded)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
