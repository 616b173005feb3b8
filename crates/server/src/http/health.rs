//! `GET /livez` and `GET /readyz`: for whatever restarts the process, and for whatever sends it requests.
//!
//! These are read by machines that look at the status alone, so they are plain text and not in the envelope.

use axum::extract::State;
use axum::http::StatusCode;

use super::api::Api;

/// The process runs.
pub async fn livez() -> &'static str {
    "ok\n"
}

/// Requests can be served: the last write reached the disk. Why not is in the log, not in the answer, which anybody may read.
pub async fn readyz(State(api): State<Api>) -> (StatusCode, &'static str) {
    match api.context().health() {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be written\n"),
    }
}
