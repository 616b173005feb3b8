//! An answer without data: a code, what is wrong with which field, and when to come back.
//!
//! Everything that refuses a request, from the size of its body to the state of a bill, ends as one of these, so that there is one way
//! from a reason to an answer. The reasons' own types stay where they are decided; the conversions are in `problem/`.
//!
//! As a response a problem is only a note: `observe.rs`, which knows the request's name and language, writes the envelope.

mod authentication;
mod call;
mod request;
mod webhook;

use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use axum::response::IntoResponse;

use super::codes::Code;
use super::field_errors::FieldErrors;

pub use webhook::{header_sentence, url_sentence};

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
    pub fn blaming(self, errors: FieldErrors) -> Self {
        Self { errors, ..self }
    }

    /// Saying when to come back.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..self }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.code.status();
        response.extensions_mut().insert(self);
        response
    }
}
