//! What was said between us and a supplier, word for word: the history of an order.

use std::sync::Arc;

use crate::answer::Source;
use crate::attempt::AttemptKey;
use crate::time::Timestamp;

/// A question to a supplier and its answer, or what it told unasked. Secrets are masked by whoever made it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// Which of the supplier's calls, in its own words: `pay-pasca`.
    pub call: Arc<str>,
    /// What was sent; empty for a callback.
    pub request: Arc<str>,
    /// The HTTP status of the answer, if there was one.
    pub status: Option<u16>,
    /// The answer as far as it was read, or what went wrong instead.
    pub answer: Arc<str>,
}

/// Words about an attempt. Nothing that was added is ever changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// About which attempt.
    pub attempt: AttemptKey,
    /// 1 for the first about this attempt.
    pub number: u32,
    /// How the answer reached us.
    pub source: Source,
    /// The words.
    pub words: Words,
    /// When they were recorded.
    pub recorded_at: Timestamp,
}
