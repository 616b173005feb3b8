//! `POST /callbacks/{supplier}`: where suppliers tell what became of orders. Not a part of the public API.

use app::{IncomingCallback, judge_callback, take_callback};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use domain::callback::CallbackVerdict;
use domain::id::SupplierName;

use super::Api;
use crate::http::body::RawBody;
use crate::http::codes::Code;
use crate::http::exchange::Exchange;
use crate::http::problem::Problem;

/// Headers beyond these are the connection's, or nobody's.
const KEPT_HEADERS: usize = 32;
/// A longer value is none that any supplier signs with.
const LONGEST_VALUE: usize = 1_024;

/// Answers 200 when the callback is on disk, whatever it says: a supplier that sends it again has nothing to add.
pub async fn callbacks(
    State(api): State<Api>,
    Path(supplier): Path<String>,
    exchange: Exchange,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Result<StatusCode, Problem> {
    let supplier = SupplierName::parse(&supplier).ok_or(Problem::new(Code::NotFound))?;
    let incoming = IncomingCallback { supplier, address: exchange.address, headers: kept(&headers), body };
    let Some(judged) = judge_callback(api.context(), incoming) else {
        api.limit_stranger(&exchange)?;
        return Err(Problem::new(Code::NotFound));
    };
    // Junk is kept too, but not by the million.
    if judged.is_junk() {
        api.limit_stranger(&exchange)?;
    }
    match take_callback(api.context(), judged).await? {
        CallbackVerdict::Forged => Err(Problem::new(Code::SignatureInvalid)),
        CallbackVerdict::Stranger => Err(Problem::new(Code::IpNotAllowed)),
        CallbackVerdict::Unreadable => Err(Problem::new(Code::MalformedJson)),
        CallbackVerdict::Received
        | CallbackVerdict::NoOrder
        | CallbackVerdict::UnknownOrder
        | CallbackVerdict::Recorded
        | CallbackVerdict::Asked => Ok(StatusCode::OK),
    }
}

/// The headers that can matter: text, without the connection's own.
fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    let is_own =
        |name: &str| matches!(name, "host" | "connection" | "content-length" | "accept" | "accept-encoding" | "cookie");
    let texts = headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    texts
        .filter(|(name, value)| !is_own(name) && value.len() <= LONGEST_VALUE)
        .take(KEPT_HEADERS)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
