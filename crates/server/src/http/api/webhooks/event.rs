//! `webhook-event`

use app::read_tries;
use axum::body::Body;
use axum::http::Response;

use super::Asked;
use crate::http::payloads::EventHistoryData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Tells all about one event: what it says, and what came of each try to deliver it.
pub async fn event(asked: &Asked, number: i64) -> Result<Response<Body>, Problem> {
    let (logged, tries) = read_tries(&asked.context, asked.merchant_id, number).await?;
    envelope::success(&asked.exchange, messages::EVENT_READ, &EventHistoryData::of(&logged, &tries)?)
}
