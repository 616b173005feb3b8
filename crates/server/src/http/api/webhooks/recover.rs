//! `webhook-recover`

use app::{find_endpoint, recover_part};
use axum::body::Body;
use axum::http::Response;
use domain::id::EndpointId;
use domain::time::Timestamp;

use super::Asked;
use crate::http::envelope::Cursor;
use crate::http::payloads::RecoveryData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Delivers anew what never arrived, for half of the time that an answer may take: what is left is for the next call.
pub async fn recover(
    asked: &Asked,
    endpoint_id: EndpointId,
    since: Timestamp,
    after: i64,
) -> Result<Response<Body>, Problem> {
    let (context, merchant_id) = (&asked.context, asked.merchant_id);
    let within = context.policy().answer_within / 2;
    let part = recover_part(context, merchant_id, endpoint_id, since, after, within).await?;
    let endpoint = find_endpoint(context, merchant_id, endpoint_id).await?;
    let cursor = Cursor { next: part.up_to, has_more: part.has_more };
    envelope::part(&asked.exchange, messages::EVENTS_RECOVERED, &RecoveryData::of(&endpoint, part), cursor)
}
