//! Delivers one event once more.

use app::{Context, resend};
use serde::{Deserialize, Serialize};

use super::find::WhichEndpoint;
use super::show_event::refused;
use super::shown::EndpointSwitch;
use crate::control::{Progress, Refused, Request};

/// Delivers an event to an endpoint once more, whether it ever arrived or not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResendWebhook {
    /// To which.
    pub endpoint: WhichEndpoint,
    /// Which, by its number.
    pub event: i64,
}

/// What goes once more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Resent {
    /// Which event.
    pub event: i64,
    /// To which endpoint, as text.
    pub endpoint_id: String,
    /// Where that is.
    pub url: String,
    /// Whether anything is delivered there now; if not, it waits until that is so.
    pub endpoint_state: EndpointSwitch,
    /// How often it was tried before.
    pub tries: u32,
    /// When it goes; absent: behind an earlier event of the same order.
    pub next_at: Option<String>,
}

impl Request for ResendWebhook {
    type Answer = Resent;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Resent, Refused> {
        let (merchant_id, endpoint) = self.endpoint.find(context).await?;
        let resent = resend(context, merchant_id, self.event, endpoint.endpoint_id).await;
        let delivery = resent.map_err(|error| refused(error, &self.endpoint.merchant, self.event))?;
        Ok(Resent {
            event: self.event,
            endpoint_id: endpoint.endpoint_id.to_string(),
            url: endpoint.url.to_string(),
            endpoint_state: endpoint.state.into(),
            tries: delivery.tries,
            next_at: delivery.next_at.map(|at| at.wib().to_string()),
        })
    }
}
