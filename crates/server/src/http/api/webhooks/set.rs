//! `webhook-set`

use app::{EndpointTerms, change_endpoint};
use axum::body::Body;
use axum::http::Response;
use domain::id::EndpointId;

use super::Asked;
use crate::http::payloads::EndpointData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Changes an endpoint: what isn't named stays.
pub async fn set(asked: &Asked, endpoint_id: EndpointId, terms: &EndpointTerms) -> Result<Response<Body>, Problem> {
    let endpoint = change_endpoint(&asked.context, asked.merchant_id, endpoint_id, terms).await?;
    envelope::success(&asked.exchange, messages::WEBHOOK_SET, &EndpointData::of(&endpoint))
}
