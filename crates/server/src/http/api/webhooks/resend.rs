//! `webhook-resend`

use axum::body::Body;
use axum::http::Response;
use domain::id::EndpointId;

use super::Asked;
use crate::http::payloads::ResentData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Sends an event to an endpoint once more, whether it ever arrived or not.
pub async fn resend(asked: &Asked, endpoint_id: EndpointId, number: i64) -> Result<Response<Body>, Problem> {
    let delivery = app::resend(&asked.context, asked.merchant_id, number, endpoint_id).await?;
    envelope::success(&asked.exchange, messages::EVENT_RESENT, &ResentData::of(&delivery))
}
