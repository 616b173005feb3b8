//! What can go wrong.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing that goes wrong with a call. In JSON: `"garbage"`, `{"delay":{"ms":500}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The work begins so much later.
    Delay {
        /// By the fake's clock.
        ms: u64,
    },
    /// Nothing is done, and nothing ever answered; the connection stays open.
    SilentBefore,
    /// The work is done, and nothing ever answered; the connection stays open.
    SilentAfter,
    /// Nothing is done, and the connection reset.
    ResetBefore,
    /// The work is done, and the connection reset.
    ResetAfter,
    /// Half of the answer is sent, then the connection reset.
    ResetMidAnswer,
    /// Bytes that mean nothing, as a good answer.
    Garbage,
    /// Half of the JSON, as a good answer.
    Truncated,
    /// A page for a browser, as a good answer.
    Html,
    /// Another status of HTTP.
    Status {
        /// Such as 502.
        code: u16,
        /// What comes with it.
        #[serde(default)]
        body: StatusBody,
    },
    /// Another code than the truth, known or not.
    Code {
        /// The code.
        rc: String,
        /// The status that goes with it, in the interface's own words. Without it, what its table says; a failure, if it isn't there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<Value>,
        /// The message. Without it and a status, what the interface's table says.
        #[serde(default)]
        message: String,
    },
    /// The answer and the truth contradict each other.
    Contradict(Contradiction),
    /// Every amount of the answer is off; what is taken from the deposit is not.
    WrongAmount {
        /// So many rupiah too much.
        by: i64,
    },
    /// The callback goes wrong. Such a rule is for the calls that begin a transaction.
    Callback(CallbackFault),
}

/// What comes with another status of HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusBody {
    /// Nothing.
    #[default]
    Empty,
    /// The answer that would have come without the fault.
    Own,
}

/// How the answer and the truth contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    /// The answer says that it failed; it was delivered, and the status says so.
    FailedButDelivered,
    /// It succeeds, and is refunded when pending transactions settle.
    RefundAfterSuccess,
}

/// How a callback goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackFault {
    /// A pending transaction settles, and its callback arrives, before the answer that says that it is pending.
    Early,
    /// It comes so much after the settlement.
    Late {
        /// By the fake's clock.
        ms: u64,
    },
    /// It comes so often, all at once.
    Copies {
        /// This often.
        n: u32,
    },
    /// Instead of it comes one that claims the opposite, with a signature that isn't ours.
    Forged,
    /// It never comes.
    None,
}
