//! `webhook-add`

use std::sync::Arc;

use app::{EndpointTerms, add_endpoint, reveal_endpoint_secret};
use axum::body::Body;
use axum::http::Response;

use super::Asked;
use crate::http::payloads::EndpointSecretData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Adds an endpoint, and tells its secret.
pub async fn add(asked: &Asked, url: &Arc<str>, terms: &EndpointTerms) -> Result<Response<Body>, Problem> {
    let endpoint = add_endpoint(&asked.context, asked.merchant_id, url, terms).await?;
    let secret = reveal_endpoint_secret(&asked.context, &endpoint)?;
    let data = EndpointSecretData::of(&endpoint, &secret, asked.context.time().now());
    envelope::success(&asked.exchange, messages::WEBHOOK_ADDED, &data)
}
