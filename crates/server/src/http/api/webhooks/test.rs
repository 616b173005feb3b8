//! `webhook-test`

use app::send_test_event;
use axum::body::Body;
use axum::http::Response;
use domain::event::EventKind;
use domain::id::EndpointId;

use super::Asked;
use crate::http::payloads::EventData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Sends a made-up event to an endpoint. What comes of it is in the log.
pub async fn test(asked: &Asked, endpoint_id: EndpointId, kind: EventKind) -> Result<Response<Body>, Problem> {
    let event = send_test_event(&asked.context, asked.merchant_id, endpoint_id, kind).await?;
    envelope::success(&asked.exchange, messages::TEST_SENT, &EventData::of(&event)?)
}
