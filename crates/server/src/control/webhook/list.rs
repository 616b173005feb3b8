//! Shows endpoints.

use app::{Context, list_endpoints};
use serde::{Deserialize, Serialize};

use super::find::WhichEndpoint;
use super::shown::EndpointShown;
use crate::control::merchant::find_merchant;
use crate::control::{Progress, Refused, Request};

/// Shows a merchant's endpoints, in the order in which they were added.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListEndpoints {
    /// Whose: `merchant_id` or `api_id`.
    pub merchant: String,
}

/// Shows one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShowEndpoint {
    /// Which.
    pub endpoint: WhichEndpoint,
    /// With its secret.
    pub secret: bool,
}

impl Request for ListEndpoints {
    type Answer = Vec<EndpointShown>;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Vec<EndpointShown>, Refused> {
        let merchant_id = find_merchant(context, &self.merchant).await?.merchant_id;
        let all = list_endpoints(context, merchant_id).await?;
        Ok(all.iter().map(|endpoint| EndpointShown::of(context, merchant_id, endpoint)).collect())
    }
}

impl Request for ShowEndpoint {
    type Answer = EndpointShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<EndpointShown, Refused> {
        let (merchant_id, endpoint) = self.endpoint.find(context).await?;
        if self.secret {
            return EndpointShown::with_secret(context, merchant_id, &endpoint);
        }
        Ok(EndpointShown::of(context, merchant_id, &endpoint))
    }
}
