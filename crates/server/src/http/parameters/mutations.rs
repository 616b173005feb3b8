//! The parameters of `/v1/mutations`.

use domain::json::Value;
use domain::signature::SignedRequest;
use domain::time::Timestamp;

use super::form::Form;
use super::read;
use crate::http::language::{Sentence, sentence};
use crate::http::problem::Problem;

/// How many mutations stand on a page unless the request says otherwise.
const PER_PAGE: u32 = 100;

const ENDS_BEFORE: Sentence = sentence("Tidak boleh sebelum from.", "This must not be before from.");

/// What `/v1/mutations` is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MutationsParameters {
    /// Only from this moment on.
    pub from: Option<Timestamp>,
    /// Only up to this moment, it included.
    pub to: Option<Timestamp>,
    /// Which page, from 1.
    pub page: u32,
    /// How many a page.
    pub per_page: u32,
}

impl MutationsParameters {
    /// Reads them.
    pub fn read(request: &SignedRequest<'_>) -> Result<Self, Problem> {
        let mut form = Form::new(request);
        form.required("cmd", read_command);
        let parameters = Self {
            from: form.optional("from", read::first_moment),
            to: form.optional("to", read::last_moment),
            page: form.optional("page", read::page).unwrap_or(1),
            per_page: form.optional("per_page", read::per_page).unwrap_or(PER_PAGE),
        };
        if parameters.from.zip(parameters.to).is_some_and(|(from, to)| to < from) {
            form.blame("to", ENDS_BEFORE);
        }
        form.finish(Some(parameters))
    }
}

/// The path isn't signed: without this a signed request could be replayed at another call.
fn read_command(value: &Value<'_>) -> Result<(), Sentence> {
    const NOT_MUTATIONS: Sentence = sentence("Harus mutations.", "This must be mutations.");
    if value.as_str() == Some("mutations") { Ok(()) } else { Err(NOT_MUTATIONS) }
}
