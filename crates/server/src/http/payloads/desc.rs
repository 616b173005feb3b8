//! `desc` on its way through: stored as JSON text in the public shape, sent as it stands.

use serde_json::value::RawValue;

use crate::http::codes::Code;
use crate::http::problem::Problem;

/// The stored text as a value that is written unchanged. Text that is no JSON is a broken row, and never sent.
pub fn stored(desc: &str) -> Result<&RawValue, Problem> {
    serde_json::from_str(desc).map_err(|error| {
        tracing::error!(%error, "a stored desc is not JSON");
        Problem::new(Code::InternalError)
    })
}
