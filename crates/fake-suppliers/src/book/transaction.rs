//! One transaction, as the supplier sees it.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::call::Subject;
use crate::journal::{Entry, Event, Kind, Outcome};
use crate::time::Moment;

/// A payment or a purchase.
#[derive(Clone, Debug, Serialize)]
pub struct Transaction {
    /// Of whom.
    #[serde(flatten)]
    pub subject: Subject,
    /// Bill or purchase.
    pub kind: Kind,
    /// How far it is.
    pub state: State,
    /// Why it failed, as a code of the interface.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rc: String,
    /// Which of this customer's bills.
    pub bill: Option<u32>,
    /// What it took from the deposit, in rupiah.
    pub price: i64,
    /// How it ends if nobody says otherwise.
    pub then: Outcome,
    /// What proves it once it is delivered.
    pub sn: String,
    /// When it began.
    pub at: Moment,
    /// What its answers are made of.
    #[serde(skip)]
    pub answer: Map<String, Value>,
    /// Where its callback goes, if not to the configured address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
}

/// How far a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Begun; the money is taken.
    Pending,
    /// Done.
    Delivered,
    /// Never done; the money is given back.
    Failed,
    /// Done and taken back; so is the money.
    Refunded,
}

impl Transaction {
    /// The transaction that a line begins.
    pub fn begun(entry: &Entry) -> Option<Self> {
        let Event::Accepted { subject, kind, bill, price, then, sn, answer, callback_url } = entry.event.clone() else {
            return None;
        };
        let (state, rc, at) = (State::Pending, String::new(), entry.at);
        Some(Self { subject, kind, state, rc, bill, price, then, sn, at, answer, callback_url })
    }
}
