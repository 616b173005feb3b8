//! One question and its answer, word for word, for the history of an order.

use std::sync::Arc;

/// What went over the wire, with every secret masked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// Which of the supplier's calls, in its own words: `pay-pasca`.
    pub call: &'static str,
    /// The body that was sent, with signature and credentials masked.
    pub request: Arc<str>,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The answer's body as far as it was read, or what went wrong instead.
    pub answer: Arc<str>,
}

/// What a supplier's words mean, and the words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard<T> {
    /// What they mean.
    pub meaning: T,
    /// The words; `None` if nothing went over a wire.
    pub exchange: Option<Exchange>,
}

impl<T> Heard<T> {
    /// Something that was never on a wire.
    pub const fn unspoken(meaning: T) -> Self {
        Self { meaning, exchange: None }
    }
}
