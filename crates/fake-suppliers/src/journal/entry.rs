//! The lines of a journal.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::call::{Call, Subject};
use crate::plan::Fault;
use crate::time::Moment;

/// One line: when, and what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// By the fake's clock.
    pub at: Moment,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened. In JSON its name is the member `event`.
///
/// A transaction is `accepted`, which takes its price from the deposit; then it is `delivered` or `failed`; what was delivered may be
/// `refunded`. The last two give the money back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A request came.
    Asked {
        /// Which.
        call: Call,
        /// About what.
        #[serde(flatten)]
        subject: Subject,
    },
    /// The plan spoils this call or its callback.
    Faulted {
        /// Which.
        call: Call,
        /// About what.
        #[serde(flatten)]
        subject: Subject,
        /// How.
        fault: Fault,
    },
    /// An inquiry found a bill.
    Quoted {
        /// Whose.
        #[serde(flatten)]
        subject: Subject,
        /// Which of this customer's bills, counted from 0.
        bill: u32,
        /// What paying it takes from the deposit, in rupiah.
        price: i64,
        /// What the inquiry answered, in the interface's own words.
        answer: Map<String, Value>,
    },
    /// A transaction began.
    Accepted {
        /// Of whom.
        #[serde(flatten)]
        subject: Subject,
        /// Bill or purchase.
        kind: Kind,
        /// Which of this customer's bills.
        bill: Option<u32>,
        /// What it takes from the deposit, in rupiah.
        price: i64,
        /// How it ends if nobody says otherwise.
        then: Outcome,
        /// What will prove it.
        sn: String,
        /// What its answers are made of, in the interface's own words.
        answer: Map<String, Value>,
        /// Where the request wants its callback.
        callback_url: Option<String>,
    },
    /// The work was really done: the bill is paid, the credit is there.
    Delivered {
        /// For whom.
        #[serde(flatten)]
        subject: Subject,
        /// Which of this customer's bills.
        bill: Option<u32>,
        /// What it took from the deposit, in rupiah.
        price: i64,
        /// What proves it.
        sn: String,
    },
    /// The work will never be done.
    Failed {
        /// For whom.
        #[serde(flatten)]
        subject: Subject,
        /// Why, as a code of the interface.
        rc: String,
    },
    /// What was delivered is taken back.
    Refunded {
        /// From whom.
        #[serde(flatten)]
        subject: Subject,
        /// Which of this customer's bills is due again.
        bill: Option<u32>,
        /// What the deposit gets back, in rupiah.
        price: i64,
    },
    /// This is what the caller was told; a moment later it is sent, or withheld.
    Answered {
        /// To which call.
        call: Call,
        /// About what.
        #[serde(flatten)]
        subject: Subject,
        /// The status of HTTP; nothing if no whole answer is sent.
        http: Option<u16>,
        /// The code, if the answer has one.
        rc: String,
    },
    /// A callback was sent, or could not be.
    CallbackSent {
        /// About what.
        #[serde(flatten)]
        subject: Subject,
        /// Where to.
        url: String,
        /// The code that it told.
        rc: String,
        /// Its signature is not ours.
        forged: bool,
        /// The status that the receiver answered, or why it didn't.
        receiver: String,
    },
    /// The caller did what the interface asks it not to do.
    RuleBroken {
        /// About what.
        #[serde(flatten)]
        subject: Subject,
        /// Which rule.
        rule: BrokenRule,
        /// What is known about it.
        detail: String,
    },
}

/// What a transaction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A bill is paid.
    Postpaid,
    /// Credit is bought.
    Prepaid,
}

/// How a transaction ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is delivered.
    Success,
    /// It fails, and the money goes back.
    Failed,
    /// It is delivered first, and taken back later.
    Refund,
}

/// A rule of the interface that callers have to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrokenRule {
    /// Digiflazz: not more than one call a minute about a transaction.
    AskedTooOften,
    /// Digiflazz: pay on the calendar date of the inquiry.
    PaidOnAnotherDay,
    /// Digiflazz: a prepaid reference means nothing after 90 days, and buys again.
    BoughtAgain,
    /// A bill that is paid, or being paid, was sent again under another reference.
    BillPaidAgain,
    /// A limit on the number of calls.
    TooManyCalls,
}
