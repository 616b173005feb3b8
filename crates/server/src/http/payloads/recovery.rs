//! What a recovery did: `webhook-recover`.

use app::RecoveredPart;
use domain::endpoint::Endpoint;
use serde::Serialize;
use utoipa::ToSchema;

use super::endpoint::status_name;

/// What was found and is delivered anew.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recovery)]
pub struct RecoveryData {
    /// The webhook's id.
    #[schema(example = "7466381123584")]
    id: String,
    /// The webhook's: `off` if its owner switched it off, then what is recovered waits; otherwise `on`.
    #[schema(example = "on", pattern = "^(on|off|gone|failing)$")]
    status: &'static str,
    /// Events that this call looked at.
    #[schema(example = 1200)]
    looked_at: u64,
    /// Those of them that never arrived, and are delivered anew.
    #[schema(example = 37)]
    recovered: u64,
}

impl RecoveryData {
    /// A part of a recovery at this endpoint.
    pub fn of(endpoint: &Endpoint, part: RecoveredPart) -> Self {
        Self {
            id: endpoint.endpoint_id.to_string(),
            status: status_name(endpoint.state),
            looked_at: part.looked_at,
            recovered: part.recovered,
        }
    }
}
