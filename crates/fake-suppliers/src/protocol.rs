//! What a supplier's interface is to the rest of a fake. There is one implementation for each supplier, and it waits for nothing: it
//! reads, decides at the desk, and says what to answer.

use std::io;
use std::time::Duration;

use serde_json::Value;

use crate::book::Transaction;
use crate::call::{Asked, Subject};
use crate::desk::Desk;
use crate::http::{Incoming, Message};
use crate::journal::Kind;
use crate::options::Webhook;

/// A supplier's interface.
pub trait Protocol: Send + Sync + 'static {
    /// The path that a client's base address ends with, such as `/v1`.
    fn base_path(&self) -> &'static str;

    /// What a request asks, as far as it can be told before anything is checked.
    fn read(&self, desk: &Desk, incoming: &Incoming) -> Asked;

    /// Checks a request, does what it asks, and says what to answer.
    fn answer(&self, desk: &mut Desk, asked: &Asked) -> io::Result<Answer>;

    /// An answer with any code, shaped as this call's failures are. Without a status it gets that of a failure.
    fn coded(&self, asked: &Asked, rc: &str, status: Option<&Value>, message: &str) -> Answer;

    /// The same with the words of this call's table.
    fn refused(&self, asked: &Asked, rc: &str) -> Answer;

    /// The callback for a transaction as it is now, if this supplier sends one.
    fn callback(&self, desk: &Desk, transaction: &Transaction, manner: Manner<'_>) -> Option<Message>;

    /// The callback that tells nothing, if this supplier has such a one.
    fn ping(&self, webhook: &Webhook) -> Option<Message>;

    /// The code of a transaction that failed for no special reason.
    fn failure_code(&self, kind: Kind, subject: &Subject) -> &'static str;

    /// How soon the supplier itself settles what is pending; nothing if it waits for somebody to do it.
    fn settles_after(&self, kind: Kind) -> Option<Duration>;
}

/// How a callback is made.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    /// The transaction has only just begun.
    pub is_first: bool,
    /// What signs it, if the supplier has a secret for that.
    pub secret: Option<&'a str>,
    /// The signature isn't ours.
    pub forged: bool,
}

/// What is answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status of HTTP.
    pub http: u16,
    /// JSON.
    pub body: Value,
}

/// The members that tell a code, and those that tell amounts, whichever the supplier.
const CODES: [&str; 2] = ["rc", "response_code"];
const AMOUNTS: [&str; 3] = ["price", "selling_price", "nominal"];

impl Answer {
    /// What is usual: everything else is in the body.
    pub const fn ok(body: Value) -> Self {
        Self { http: 200, body }
    }

    /// The code, if there is one.
    pub fn rc(&self) -> &str {
        let data = &self.body["data"];
        CODES.iter().find_map(|name| data[name].as_str()).unwrap_or_default()
    }

    /// Makes every amount dearer.
    pub fn misquote(&mut self, by: i64) {
        for name in AMOUNTS {
            if let Some(amount) = self.body.get_mut("data").and_then(|data| data.get_mut(name))
                && let Some(dearer) = dearer(amount, by)
            {
                *amount = dearer;
            }
        }
    }
}

/// An amount that is so much more, fractional if it was fractional.
fn dearer(amount: &Value, by: i64) -> Option<Value> {
    let text = amount.to_string();
    let (rupiah, is_fractional) = text.strip_suffix(".0").map_or((text.as_str(), false), |whole| (whole, true));
    let dearer = rupiah.parse::<i64>().ok()?.checked_add(by)?;
    serde_json::from_str(&format!("{dearer}{}", if is_fractional { ".0" } else { "" })).ok()
}
