//! Which endpoint an operator means.

use app::{Context, list_endpoints};
use domain::endpoint::Endpoint;
use domain::id::MerchantId;
use serde::{Deserialize, Serialize};

use super::shown::EndpointSwitch;
use crate::control::Refused;
use crate::control::merchant::find_merchant;

/// What an operator says of an endpoint.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WhichEndpoint {
    /// Whose: `merchant_id` or `api_id`.
    pub merchant: String,
    /// Its number; absent: the merchant's only one.
    pub endpoint: Option<String>,
}

impl WhichEndpoint {
    /// The one that is meant, and whose it is.
    pub async fn find(&self, context: &Context) -> Result<(MerchantId, Endpoint), Refused> {
        let merchant_id = find_merchant(context, &self.merchant).await?.merchant_id;
        let all = list_endpoints(context, merchant_id).await?;
        let found = match (&self.endpoint, all.as_slice()) {
            (Some(number), all) => all.iter().find(|endpoint| endpoint.endpoint_id.to_string() == *number),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        found.cloned().map(|endpoint| (merchant_id, endpoint)).ok_or_else(|| self.not_found(&all))
    }

    /// With all that there are, so that the right one can be copied.
    fn not_found(&self, all: &[Endpoint]) -> Refused {
        let merchant = &self.merchant;
        if all.is_empty() {
            return Refused(format!(
                "merchant {merchant} has no endpoint; `loket webhook endpoints add {merchant} --url URL` adds one"
            ));
        }
        let complaint = match &self.endpoint {
            Some(number) => format!("merchant {merchant} has no endpoint {number}. It has:"),
            None => format!("merchant {merchant} has several endpoints; say which with --endpoint:"),
        };
        let lines = all.iter().map(|endpoint| {
            let state = EndpointSwitch::from(endpoint.state);
            format!("\n  {}  {}  ({})", endpoint.endpoint_id, endpoint.url, state.name())
        });
        Refused(complaint + &lines.collect::<String>())
    }
}
