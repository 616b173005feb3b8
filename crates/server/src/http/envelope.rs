//! The envelope: six keys, always all six, in the order that the contract gives.
//!
//! An answer is serialised once, straight into the bytes that are sent. `errors` and `meta` are `null` on success; every other answer
//! names its request in `meta`, and lists say there which page they are.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response};
use bytes::Bytes;
use serde::Serialize;

use super::codes::Code;
use super::exchange::Exchange;
use super::field_errors::Spoken;
use super::language::Sentence;
use super::problem::Problem;

/// Most answers are shorter, and a buffer that grows is copied.
const USUAL_BYTES: usize = 1024;

#[derive(Serialize)]
struct Envelope<'a, D> {
    success: bool,
    code: &'static str,
    message: &'static str,
    data: D,
    errors: Option<Spoken<'a>>,
    meta: Option<Meta<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Meta<'a> {
    Request { request_id: &'a str },
    List(Paging),
    Cursor(Cursor),
}

/// Where an answer ends whose reader comes again for the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cursor {
    /// What to send next time.
    pub next: i64,
    /// Whether there was more already.
    pub has_more: bool,
}

/// Which part of a list an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// From 1.
    pub page: u32,
    /// At most so many a page.
    pub per_page: u32,
    /// How many there are on all pages.
    pub total: u64,
    /// How many pages there are.
    pub total_pages: u64,
}

impl Paging {
    /// Page `page` of `total` entries.
    pub const fn of(page: u32, per_page: u32, total: u64) -> Self {
        let total_pages = if per_page == 0 { 0 } else { total.div_ceil(per_page as u64) };
        Self { page, per_page, total, total_pages }
    }

    /// How many entries stand on the pages before.
    pub fn entries_before(self) -> usize {
        usize::try_from(u64::from(self.page.saturating_sub(1)) * u64::from(self.per_page)).unwrap_or(usize::MAX)
    }

    /// How many entries stand on this one at most.
    pub fn entries_at_most(self) -> usize {
        usize::try_from(self.per_page).unwrap_or(usize::MAX)
    }
}

/// An answer with data: the inquiry or order exists, or what was asked for is there.
pub fn answer(exchange: &Exchange, code: Code, data: &impl Serialize) -> Result<Response<Body>, Problem> {
    let meta = (!code.is_success()).then(|| Meta::Request { request_id: exchange.request_id.as_str() });
    render(exchange, code, code.message(), data, None, meta)
}

/// A `SUCCESS` that says what succeeded.
pub fn success(exchange: &Exchange, message: Sentence, data: &impl Serialize) -> Result<Response<Body>, Problem> {
    render(exchange, Code::Success, message, data, None, None)
}

/// One page of a list.
pub fn list(
    exchange: &Exchange,
    message: Sentence,
    entries: &[impl Serialize],
    page: Paging,
) -> Result<Response<Body>, Problem> {
    render(exchange, Code::Success, message, entries, None, Some(Meta::List(page)))
}

/// A part of something, up to a cursor.
pub fn part(
    exchange: &Exchange,
    message: Sentence,
    data: &impl Serialize,
    cursor: Cursor,
) -> Result<Response<Body>, Problem> {
    render(exchange, Code::Success, message, data, None, Some(Meta::Cursor(cursor)))
}

/// An answer without data.
pub fn refusal(exchange: &Exchange, problem: &Problem) -> Response<Body> {
    let errors = (!problem.errors.is_empty()).then(|| problem.errors.spoken(exchange.language));
    let meta = Some(Meta::Request { request_id: exchange.request_id.as_str() });
    let mut response = render(exchange, problem.code, problem.code.message(), (), errors, meta)
        .unwrap_or_else(|_| bare_response(Code::InternalError, Bytes::new()));
    if let Some(wait) = problem.retry_after {
        // A part of a second counts as a whole one: coming back too early would be refused again.
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    }
    response
}

fn render(
    exchange: &Exchange,
    code: Code,
    message: Sentence,
    data: impl Serialize,
    errors: Option<Spoken<'_>>,
    meta: Option<Meta<'_>>,
) -> Result<Response<Body>, Problem> {
    let message = message.spoken(exchange.language);
    let envelope = Envelope { success: code.is_success(), code: code.as_str(), message, data, errors, meta };
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    serde_json::to_writer(&mut bytes, &envelope).map_err(|error| {
        tracing::error!(request_id = %exchange.request_id, %error, "an answer could not be written");
        Problem::new(Code::InternalError)
    })?;
    Ok(bare_response(code, bytes.into()))
}

fn bare_response(code: Code, bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = code.status();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    // For the metrics, which are counted outside of the calls.
    response.extensions_mut().insert(code);
    response
}
