//! What IAK's codes mean, one table for each call, since the same code says different things of different calls.
//!
//! The codes and their meanings are those of `docs/contract/suppliers/iak.md`, which a test compares; what is made of them is ours, and each
//! row says why. Messages are never looked at: the sandbox writes them in Indonesian, the documentation in English.

mod check_status;
mod inquiry;
mod pay;
mod status;
#[cfg(test)]
mod tests;
mod top_up;

pub use check_status::CHECK_STATUS;
pub use inquiry::INQUIRY;
pub use pay::PAY;
pub use status::STATUS;
pub use top_up::TOP_UP;

use domain::answer::Answer;

use crate::wire::Field;

/// What a code means in one call.
#[derive(Debug)]
pub struct Row<V> {
    /// The code: `response_code` of a bill, `rc` of a purchase.
    pub code: &'static str,
    /// What IAK calls it.
    pub meaning: &'static str,
    /// What we make of it.
    pub verdict: V,
    /// Why.
    pub why: &'static str,
}

impl<V> Row<V> {
    const fn new(code: &'static str, meaning: &'static str, verdict: V, why: &'static str) -> Self {
        Self { code, meaning, verdict, why }
    }

    /// A final no.
    pub fn refusal(&self, nothing_created: bool) -> Answer {
        Answer::Refused { code: self.code.into(), nothing_created }
    }

    /// Why nothing is known, for the operator.
    pub fn explain(&self) -> String {
        format!("{} {}: {}", self.code, self.meaning, self.why)
    }

    /// The same, of a no that may be about an earlier sending.
    pub fn explain_after_sending(&self) -> String {
        format!("{} {}, but it may have been sent before", self.code, self.meaning)
    }

    /// The same, of a code that `status` does not agree with.
    pub fn contradicts(&self, status: &Field) -> String {
        let status = status.text().ok().flatten().unwrap_or_else(|| "none".into());
        format!("{} {}, but status {status}", self.code, self.meaning)
    }
}

/// The codes of one call.
#[derive(Debug)]
pub struct Table<V: 'static> {
    /// Which call, in IAK's own words.
    pub call: &'static str,
    /// One row for each code.
    pub rows: &'static [Row<V>],
}

impl<V> Table<V> {
    /// The row of an answer's code. A code that is not in the table is an alert: IAK has a word that we don't know.
    pub fn row(&self, code: &Field) -> Result<&'static Row<V>, String> {
        let code = code.text().ok().flatten().ok_or("the answer has no code")?;
        self.rows.iter().find(|row| row.code == code).ok_or_else(|| {
            tracing::error!(call = self.call, %code, "IAK answered with a code that is not in the table");
            format!("unknown code {code}")
        })
    }
}

/// What a code means for an inquiry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BillVerdict {
    /// There is a bill.
    Found,
    /// There is none.
    NotFound,
    /// There is none to pay any more.
    AlreadyPaid,
    /// There is no such number.
    NumberInvalid,
    /// It can't be looked up or paid through IAK now.
    Unavailable,
    /// It answers some other question.
    Unreadable,
}

/// What a code means for a payment or a purchase that was just sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SendVerdict {
    /// It is done.
    Done,
    /// It failed, finally; a transaction of it may be in IAK's books.
    Failed,
    /// It was turned down before there was a transaction.
    Declined,
    /// Not known: only a status check can say.
    Unknown,
}

/// What a code means when we ask what became of something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AskVerdict {
    /// It is done.
    Done,
    /// It failed, finally.
    Failed,
    /// It never arrived: the same may be sent once more under the same reference.
    NotReceived,
    /// IAK is still working on it.
    Pending,
    /// It says nothing about what was asked.
    NoAnswer,
}
