//! Reads a request's parameters one by one, and remembers everything that is wrong with them.

use std::borrow::Cow;

use domain::json::Value;
use domain::signature::SignedRequest;

use crate::http::field_errors::FieldErrors;
use crate::http::language::{Sentence, sentence};
use crate::http::problem::Problem;

const MISSING: Sentence = sentence("Wajib diisi.", "This is required.");
const NULL: Sentence = sentence(
    "Tidak boleh null; hapus isian ini bila tidak dipakai.",
    "This must not be null; leave it out if it is not used.",
);

/// How a value is read; otherwise, what is wrong with it.
pub type Read<T> = fn(&Value<'_>) -> Result<T, Sentence>;

/// The parameters of one request while they are being read.
pub struct Form<'r, 'a> {
    request: &'r SignedRequest<'a>,
    errors: FieldErrors,
}

impl<'r, 'a> Form<'r, 'a> {
    /// Nothing read yet.
    pub const fn new(request: &'r SignedRequest<'a>) -> Self {
        Self { request, errors: FieldErrors::none() }
    }

    /// A parameter that may be absent. `None` if it is, or if it is wrong.
    pub fn optional<T>(&mut self, field: &'static str, read: Read<T>) -> Option<T> {
        let fault = match self.request.parameter(field)? {
            Value::Null => NULL,
            value => match read(value) {
                Ok(value) => return Some(value),
                Err(fault) => fault,
            },
        };
        self.blame(field, fault);
        None
    }

    /// A parameter that must be there. `None` only if that was said to be wrong.
    pub fn required<T>(&mut self, field: &'static str, read: Read<T>) -> Option<T> {
        if self.request.parameter(field).is_none() {
            self.missing(field);
        }
        self.optional(field, read)
    }

    /// Says that a field is required.
    pub fn missing(&mut self, field: &'static str) {
        self.blame(field, MISSING);
    }

    /// Says what is wrong with a field.
    pub fn blame(&mut self, field: impl Into<Cow<'static, str>>, fault: Sentence) {
        self.errors.add(field, fault);
    }

    /// Whether something was said about that field.
    pub fn is_blamed(&self, field: &str) -> bool {
        self.errors.blames(field)
    }

    /// What was read, if nothing was wrong.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Problem> {
        match read {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(Problem::invalid(self.errors)),
        }
    }
}
