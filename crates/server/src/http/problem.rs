//! An answer without data: a code, what is wrong with which field, and when to come back.
//!
//! Everything that refuses a request, from the size of its body to the state of a bill, ends as one of these, so that there is one way
//! from a reason to an answer. The reasons' own types stay where they are decided; the conversions stand here.

use std::time::Duration;

use super::codes::Code;
use super::field_errors::FieldErrors;

/// Why a request has no other answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which code it bears.
    pub code: Code,
    /// What is wrong with which field.
    pub errors: FieldErrors,
    /// When to come back, where that is known.
    pub retry_after: Option<Duration>,
}

impl Problem {
    /// A problem that its code says all about.
    pub const fn new(code: Code) -> Self {
        Self { code, errors: FieldErrors::none(), retry_after: None }
    }

    /// `VALIDATION_ERROR`.
    pub const fn invalid(errors: FieldErrors) -> Self {
        Self { code: Code::ValidationError, errors, retry_after: None }
    }

    /// Saying what is wrong with which field.
    #[must_use]
    pub fn with_errors(self, errors: FieldErrors) -> Self {
        Self { errors, ..self }
    }

    /// Saying when to come back.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..self }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}
