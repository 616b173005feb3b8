//! What is wrong with a text, together with where.

use thiserror::Error;

use super::JsonFault;

/// What is wrong with a text, and where. Made to be shown to whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{fault} (at byte {position})")]
pub struct JsonError {
    /// How many bytes of the text come before the fault.
    pub position: usize,
    /// What is wrong there.
    pub fault: JsonFault,
}
