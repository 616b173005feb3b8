//! What a webhook says on its way through: stored as the bytes that are sent, and answered as they stand.

use std::borrow::Cow;

use domain::event::Event;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::http::codes::Code;
use crate::http::problem::Problem;

/// The stored bytes as a value that is written unchanged. Bytes that are no JSON are a broken row, and never answered.
pub fn stored_payload(event: &Event) -> Result<&RawValue, Problem> {
    read(event)
}

/// The reference of the order that it tells of, if it tells of one.
pub fn ref_id_of(event: &Event) -> Result<Option<Cow<'_, str>>, Problem> {
    #[derive(Deserialize)]
    struct Body<'a> {
        #[serde(borrow)]
        data: Data<'a>,
    }
    #[derive(Deserialize)]
    struct Data<'a> {
        #[serde(borrow)]
        ref_id: Cow<'a, str>,
    }
    if !event.kind.is_of_order() {
        return Ok(None);
    }
    read::<Body<'_>>(event).map(|body| Some(body.data.ref_id))
}

fn read<'a, T: Deserialize<'a>>(event: &'a Event) -> Result<T, Problem> {
    serde_json::from_slice(&event.body).map_err(|error| {
        tracing::error!(merchant_id = %event.merchant_id, number = event.number, %error, "a stored event is not what it was");
        Problem::new(Code::InternalError)
    })
}
