//! What is wrong with an answer.

use thiserror::Error;

/// Why an answer can't be read to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum AnswerFault {
    /// Its head is none, or endless.
    #[error("the answer's head can't be read")]
    Head,
    /// Its lengths contradict each other, or aren't numbers.
    #[error("the answer's length can't be read")]
    Length,
    /// It is packed in a way that we didn't ask for.
    #[error("the answer comes in a coding that we don't know")]
    Coding,
    /// What should be a chunk isn't one.
    #[error("the answer's chunks can't be read")]
    Chunk,
    /// There is no end to it.
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
    /// The connection has ended before it.
    #[error("the connection ended before the answer did")]
    Cut,
}
