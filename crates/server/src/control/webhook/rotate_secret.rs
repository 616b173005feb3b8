//! Gives an endpoint a new secret.

use app::{Context, rotate_endpoint_secret};
use serde::{Deserialize, Serialize};

use super::find::WhichEndpoint;
use super::shown::EndpointShown;
use crate::control::{Progress, Refused, Request};

/// A new secret; the old one signs beside it for a day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RotateEndpointSecret {
    /// Which.
    pub endpoint: WhichEndpoint,
}

impl Request for RotateEndpointSecret {
    type Answer = EndpointShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<EndpointShown, Refused> {
        let (merchant_id, before) = self.endpoint.find(context).await?;
        let after = rotate_endpoint_secret(context, merchant_id, before.endpoint_id).await?;
        EndpointShown::with_secret(context, merchant_id, &after)
    }
}
