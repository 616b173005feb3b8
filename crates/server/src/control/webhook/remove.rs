//! Removes an endpoint.

use app::{Context, remove_endpoint};
use serde::{Deserialize, Serialize};

use super::find::WhichEndpoint;
use crate::control::{Progress, Refused, Request};

/// Removes an endpoint; what was to be delivered there is not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemoveEndpoint {
    /// Which.
    pub endpoint: WhichEndpoint,
}

/// What is there no more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Removed {
    /// Its number, as text.
    pub endpoint_id: String,
    /// Where it was.
    pub url: String,
}

impl Request for RemoveEndpoint {
    type Answer = Removed;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Removed, Refused> {
        let (merchant_id, endpoint) = self.endpoint.find(context).await?;
        remove_endpoint(context, merchant_id, endpoint.endpoint_id).await?;
        Ok(Removed { endpoint_id: endpoint.endpoint_id.to_string(), url: endpoint.url.to_string() })
    }
}
