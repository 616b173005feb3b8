//! Adds an endpoint.

use app::{Context, EndpointTerms, add_endpoint};
use serde::{Deserialize, Serialize};

use super::settings::EndpointSettings;
use super::shown::EndpointShown;
use crate::control::merchant::{find_merchant, read_webhook_url};
use crate::control::{Progress, Refused, Request};

/// Adds an endpoint with a secret of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AddEndpoint {
    /// Whose: `merchant_id` or `api_id`.
    pub merchant: String,
    /// Where it is.
    pub url: String,
    /// What is said of it beyond that.
    pub settings: EndpointSettings,
}

impl Request for AddEndpoint {
    type Answer = EndpointShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<EndpointShown, Refused> {
        let merchant_id = find_merchant(context, &self.merchant).await?.merchant_id;
        let url = read_webhook_url(context, &self.url)?;
        let terms: EndpointTerms = self.settings.terms(context)?;
        let endpoint = add_endpoint(context, merchant_id, &url, &terms).await?;
        EndpointShown::with_secret(context, merchant_id, &endpoint)
    }
}
