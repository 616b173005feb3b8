//! The parameters of `/v1/status`.

use domain::id::{Mode, RefId};
use domain::json::Value;
use domain::signature::SignedRequest;

use super::form::Form;
use super::read;
use crate::http::language::{Sentence, sentence};
use crate::http::problem::Problem;

/// What `/v1/status` is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusParameters {
    /// In which mode the reference was used.
    pub mode: Mode,
    /// Of which order or inquiry.
    pub ref_id: RefId,
}

impl StatusParameters {
    /// Reads them.
    pub fn read(request: &SignedRequest<'_>) -> Result<Self, Problem> {
        let mut form = Form::new(request);
        form.required("cmd", read_command);
        let ref_id = form.required("ref_id", read::ref_id).flatten();
        let mode = form.optional("testing", read::mode).unwrap_or(Mode::Production);
        if ref_id.is_none() && !form.is_blamed("ref_id") {
            form.missing("ref_id");
        }
        form.finish(ref_id.map(|ref_id| Self { mode, ref_id }))
    }
}

/// The path isn't signed: without this a signed request could be replayed at another call.
fn read_command(value: &Value<'_>) -> Result<(), Sentence> {
    const NOT_STATUS: Sentence = sentence("Harus status.", "This must be status.");
    if value.as_str() == Some("status") { Ok(()) } else { Err(NOT_STATUS) }
}
