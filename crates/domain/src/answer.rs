//! What a supplier said of an attempt, as far as it can be relied on.

use std::sync::Arc;

use crate::money::Rupiah;

/// The supplier's word. Its silence is a value too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It did what it was asked.
    Confirmed {
        /// The proof; `None`: not there yet, so it is asked for again. An empty text is a proof that is empty by nature.
        sn: Option<Arc<str>>,
        /// What it took, if it says so.
        cost: Option<Rupiah>,
        /// The bill's details as only the payment knows them (meter readings), in the shape of the public API; `None`: the inquiry's hold.
        desc: Option<Arc<str>>,
        /// This success may not be its last word (a sandbox row, a product known for late refunds): ask once more.
        ask_again: bool,
    },
    /// It did not do it, and won't.
    Refused {
        /// Its code, for the operator.
        code: Arc<str>,
        /// It says that it made no transaction of it at all, so that another supplier may be asked instead.
        nothing_created: bool,
    },
    /// It did it and took it back: a refund, not a contradiction.
    Refunded {
        /// Its code, for the operator.
        code: Arc<str>,
    },
    /// It is still working on it, or nothing can be said: a lost answer, a code that isn't in the table.
    Unknown {
        /// What happened, for the operator.
        why: Arc<str>,
    },
    /// Asked about it, it says that it has no record of it.
    NotReceived,
}

/// How an answer reached us.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Source {
    /// As the answer to the sending itself. Here `NotReceived` is our own word: nothing has left.
    Send,
    /// As the answer to a status check.
    Status,
    /// As a callback that is signed over its whole body.
    Callback,
    /// From a person at the operator's desk.
    Operator,
}
