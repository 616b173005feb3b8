//! What a code means, by the call that it answers.

use crate::suppliers::digiflazz::codes::CODES;

/// A code and its meanings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Code {
    /// As it stands in an answer.
    pub rc: &'static str,
    /// What Digiflazz calls it. For people: what an answer's own message says is never looked at.
    pub message: &'static str,
    /// The status that comes with it.
    pub status: Status,
    /// Whether a transaction was made, says Digiflazz's table.
    pub formed: Formed,
    /// In answer to an inquiry.
    pub inquiry: Bill,
    /// In answer to the first sending of a payment.
    pub pay: Says,
    /// In answer to the question what became of a payment.
    pub state: Says,
    /// In a callback.
    pub callback: Says,
    /// In answer to the first sending of a top-up.
    pub top_up: Says,
    /// In answer to the same top-up sent once more, which is how one asks about it.
    pub again: Says,
}

/// Digiflazz's `status`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Done.
    Sukses,
    /// Not final.
    Pending,
    /// Failed.
    Gagal,
}

/// Digiflazz's column "Terbentuk Transaksi".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Formed {
    /// A transaction was made of the request.
    Ya,
    /// None was.
    Tidak,
}

/// What a code says about a bill that was looked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bill {
    /// Here it is.
    Here,
    /// There is none.
    None,
    /// The number is wrong.
    Number,
    /// Not now, or not to us. Another supplier may know more.
    Down,
    /// Nothing.
    Silent,
}

/// What a code says about an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Says {
    /// It is done.
    Done,
    /// It is being worked on.
    Wait,
    /// It was tried, and won't be done.
    Failed,
    /// No transaction was made of it.
    Unmade,
    /// It was done, and taken back.
    Refund,
    /// Nothing: it may be about the question, or about another sending.
    Silent,
}

/// A call about an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Call {
    /// The first sending of a payment.
    Pay,
    /// A payment that may have been sent before.
    PayAgain,
    /// What became of a payment?
    State,
    /// Told unasked.
    Callback,
    /// The first sending of a top-up.
    TopUp,
    /// The same top-up once more.
    TopUpAgain,
}

impl Code {
    /// The code's row.
    pub fn find(rc: &str) -> Option<&'static Self> {
        CODES.iter().find(|row| row.rc == rc)
    }

    /// What it says in answer to that call.
    pub const fn says(&self, call: Call) -> Says {
        match call {
            Call::Pay => self.pay,
            // A refusal is about this sending only: it may well be refused because an earlier one was done.
            Call::PayAgain => match self.pay {
                Says::Failed | Says::Unmade => Says::Silent,
                says => says,
            },
            Call::State => self.state,
            Call::Callback => self.callback,
            Call::TopUp => self.top_up,
            Call::TopUpAgain => self.again,
        }
    }
}

impl Status {
    /// As it stands in an answer.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sukses => "Sukses",
            Self::Pending => "Pending",
            Self::Gagal => "Gagal",
        }
    }
}
