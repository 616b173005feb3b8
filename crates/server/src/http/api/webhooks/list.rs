//! `webhooks`

use app::list_endpoints;
use axum::body::Body;
use axum::http::Response;

use super::Asked;
use crate::http::payloads::EndpointData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Lists the caller's endpoints. They are ten at most, so there are no pages.
pub async fn list(asked: &Asked) -> Result<Response<Body>, Problem> {
    let endpoints = list_endpoints(&asked.context, asked.merchant_id).await?;
    let entries: Vec<_> = endpoints.iter().map(EndpointData::of).collect();
    envelope::success(&asked.exchange, messages::WEBHOOKS_LISTED, &entries)
}
