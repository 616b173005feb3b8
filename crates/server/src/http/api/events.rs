//! `POST /v1/events`

use app::read_events;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;

use super::Api;
use crate::http::body::SignedBody;
use crate::http::envelope::Cursor;
use crate::http::exchange::Exchange;
use crate::http::field_errors::FieldErrors;
use crate::http::language::{Sentence, sentence};
use crate::http::parameters::EventsParameters;
use crate::http::payloads::EventData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// A cursor from before a restored backup: whoever went on with it would miss what gets these numbers next.
const NOT_YET: Sentence = sentence(
    "Belum ada event dengan nomor ini. Mulai lagi dari nomor yang pernah diterima, atau dari 0.",
    "There is no event with this number yet. Begin again with one that there was, or with 0.",
);

/// Lists what happened to the caller's orders, for those who ask instead of being told.
pub async fn events(
    State(api): State<Api>,
    exchange: Exchange,
    SignedBody(body): SignedBody,
) -> Result<Response<Body>, Problem> {
    let (request, caller) = api.admit(&exchange, &body).await?;
    let EventsParameters { after, limit } = EventsParameters::read(&request)?;
    let page = read_events(api.context(), caller.merchant_id, after, limit).await?;
    if after.is_some_and(|after| after > page.newest) {
        return Err(Problem::invalid(FieldErrors::of("after", NOT_YET)));
    }
    let entries: Result<Vec<_>, Problem> = page.events.iter().map(EventData::of).collect();
    let next = page.events.last().map_or(after.unwrap_or(page.newest), |last| last.number);
    let has_more = !page.events.is_empty() && next < page.newest;
    envelope::part(&exchange, messages::EVENTS_LISTED, &entries?, Cursor { next, has_more })
}
