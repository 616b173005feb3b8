//! `webhook-remove`

use app::remove_endpoint;
use axum::body::Body;
use axum::http::Response;
use domain::id::EndpointId;

use super::Asked;
use crate::http::payloads::RemovedData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Removes an endpoint: what was to be delivered there is not.
pub async fn remove(asked: &Asked, endpoint_id: EndpointId) -> Result<Response<Body>, Problem> {
    remove_endpoint(&asked.context, asked.merchant_id, endpoint_id).await?;
    envelope::success(&asked.exchange, messages::WEBHOOK_REMOVED, &RemovedData::of(endpoint_id))
}
