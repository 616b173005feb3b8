//! `webhook-secret`

use app::{find_endpoint, reveal_endpoint_secret, rotate_endpoint_secret};
use axum::body::Body;
use axum::http::Response;
use domain::id::EndpointId;

use super::Asked;
use crate::http::payloads::EndpointSecretData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Tells an endpoint's secret, or gives it a new one and tells that.
pub async fn secret(asked: &Asked, endpoint_id: EndpointId, is_rotated: bool) -> Result<Response<Body>, Problem> {
    let (context, merchant_id) = (&asked.context, asked.merchant_id);
    let (endpoint, message) = if is_rotated {
        (rotate_endpoint_secret(context, merchant_id, endpoint_id).await?, messages::SECRET_ROTATED)
    } else {
        (find_endpoint(context, merchant_id, endpoint_id).await?, messages::SECRET_READ)
    };
    let secret = reveal_endpoint_secret(context, &endpoint)?;
    let data = EndpointSecretData::of(&endpoint, &secret, context.time().now());
    envelope::success(&asked.exchange, message, &data)
}
