//! What is no longer there: `webhook-remove`.

use domain::id::EndpointId;
use serde::Serialize;
use utoipa::ToSchema;

/// A webhook that was removed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RemovedWebhook)]
pub struct RemovedData {
    /// The webhook's id.
    #[schema(example = "7466381123584")]
    id: String,
}

impl RemovedData {
    /// It was this one.
    pub fn of(endpoint_id: EndpointId) -> Self {
        Self { id: endpoint_id.to_string() }
    }
}
