//! The parameters of `/v1/events`.

use domain::json::Value;
use domain::signature::SignedRequest;

use super::form::Form;
use crate::http::language::{Sentence, sentence};
use crate::http::problem::Problem;

/// How many events are answered with unless the request says otherwise.
const LIMIT: u32 = 100;
/// The most events that can be asked for.
pub const LIMIT_MAX: u32 = 500;

const NOT_PLACE: Sentence = sentence(
    "Harus nomor event (bilangan bulat, tidak kurang dari 0) atau newest.",
    "This must be the number of an event (an integer, not below 0) or newest.",
);
const NOT_LIMIT: Sentence = sentence("Harus bilangan bulat 1 sampai 500.", "This must be an integer from 1 to 500.");

/// What `/v1/events` is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventsParameters {
    /// Only events with greater numbers; `None`: nothing but where the newest stands.
    pub after: Option<i64>,
    /// So many at most.
    pub limit: u32,
}

impl EventsParameters {
    /// Reads them.
    pub fn read(request: &SignedRequest<'_>) -> Result<Self, Problem> {
        let mut form = Form::new(request);
        form.required("cmd", read_command);
        let parameters = Self {
            after: form.optional("after", read_place).unwrap_or(Some(0)),
            limit: form.optional("limit", read_limit).unwrap_or(LIMIT),
        };
        form.finish(Some(parameters))
    }
}

/// The path isn't signed: without this a signed request could be replayed at another call.
fn read_command(value: &Value<'_>) -> Result<(), Sentence> {
    const NOT_EVENTS: Sentence = sentence("Harus events.", "This must be events.");
    if value.as_str() == Some("events") { Ok(()) } else { Err(NOT_EVENTS) }
}

/// Behind which event to begin; `None`: behind the newest.
fn read_place(value: &Value<'_>) -> Result<Option<i64>, Sentence> {
    if value.as_str() == Some("newest") {
        return Ok(None);
    }
    value.as_integer().filter(|number| *number >= 0).map(Some).ok_or(NOT_PLACE)
}

fn read_limit(value: &Value<'_>) -> Result<u32, Sentence> {
    let limit = value.as_integer().and_then(|number| u32::try_from(number).ok());
    limit.filter(|limit| (1..=LIMIT_MAX).contains(limit)).ok_or(NOT_LIMIT)
}
