//! Changes an endpoint.

use app::{Context, change_endpoint};
use serde::{Deserialize, Serialize};

use super::find::WhichEndpoint;
use super::settings::EndpointSettings;
use super::shown::EndpointShown;
use crate::control::{Progress, Refused, Request};

/// Changes what is given, and leaves the rest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeEndpoint {
    /// Which.
    pub endpoint: WhichEndpoint,
    /// What is to change.
    pub settings: EndpointSettings,
}

impl Request for ChangeEndpoint {
    type Answer = EndpointShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<EndpointShown, Refused> {
        let (merchant_id, before) = self.endpoint.find(context).await?;
        if self.settings.is_empty() {
            return Err(Refused::because("nothing to change was given"));
        }
        let terms = self.settings.terms(context)?;
        let after = change_endpoint(context, merchant_id, before.endpoint_id, &terms).await?;
        Ok(EndpointShown::of(context, merchant_id, &after))
    }
}
