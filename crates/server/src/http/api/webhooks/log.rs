//! `webhook-log`

use app::{LogQuery, read_log_page};
use axum::body::Body;
use axum::http::Response;
use domain::dispatch::DeliveryState;
use domain::id::EndpointId;

use super::Asked;
use crate::http::envelope::Cursor;
use crate::http::payloads::LoggedEventData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Lists what the caller was told, newest first.
pub async fn log(
    asked: &Asked,
    endpoint_id: Option<EndpointId>,
    state: Option<DeliveryState>,
    before: Option<i64>,
    per_page: u32,
) -> Result<Response<Body>, Problem> {
    let query = LogQuery {
        merchant_id: asked.merchant_id,
        endpoint_id,
        state,
        before: before.unwrap_or(i64::MAX),
        limit: per_page,
    };
    let page = read_log_page(&asked.context, query).await?;
    let entries: Result<Vec<_>, Problem> = page.events.iter().map(LoggedEventData::of).collect();
    // Nothing has a smaller number than 1: so ends a log in which nothing was found at all.
    let next = if page.looked_at == i64::MAX { 1 } else { page.looked_at };
    envelope::part(&asked.exchange, messages::LOG_LISTED, &entries?, Cursor { next, has_more: page.has_more })
}
