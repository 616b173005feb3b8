//! Shows what a merchant was told.

use app::{Context, LogQuery, LoggedEvent, read_log};
use clap::ValueEnum;
use domain::dispatch::{Delivery, DeliveryState, DispatchKey};
use serde::{Deserialize, Serialize};

use super::find::WhichEndpoint;
use super::told::{DeliveryShown, EventShown};
use crate::control::merchant::find_merchant;
use crate::control::{Progress, Refused, Request};

/// Shows a merchant's events and how far each has come, newest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadWebhookLog {
    /// Whose: `merchant_id` or `api_id`.
    pub merchant: String,
    /// Only what is meant for this endpoint.
    pub endpoint: Option<String>,
    /// Only what has come so far.
    pub state: Option<DeliveryProgress>,
    /// Only events with numbers below this one.
    pub before: Option<i64>,
    /// So many events at most.
    pub limit: u32,
}

/// How far a delivery has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryProgress {
    /// It is to be delivered.
    Pending,
    /// The receiver acknowledged it.
    Delivered,
    /// Nobody tries any more.
    GivenUp,
}

impl Request for ReadWebhookLog {
    type Answer = Vec<EventShown>;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Vec<EventShown>, Refused> {
        let merchant_id = find_merchant(context, &self.merchant).await?.merchant_id;
        let endpoint_id = match self.endpoint {
            Some(_) => Some(self.which().find(context).await?.1.endpoint_id),
            None => None,
        };
        let before = self.before.unwrap_or(i64::MAX);
        let state = self.state.map(DeliveryState::from);
        let query = LogQuery { merchant_id, endpoint_id, state, before, limit: self.limit };
        let mut shown = Vec::new();
        for LoggedEvent { event, deliveries } in read_log(context, query).await? {
            let key = DispatchKey { merchant_id, order_id: event.order_id };
            let deliveries = with_last_tries(context, key, deliveries).await?;
            shown.push(EventShown::of(&event, deliveries));
        }
        Ok(shown)
    }
}

impl ReadWebhookLog {
    fn which(&self) -> WhichEndpoint {
        WhichEndpoint { merchant: self.merchant.clone(), endpoint: self.endpoint.clone() }
    }
}

/// Deliveries with what came of their last tries.
async fn with_last_tries(
    context: &Context,
    key: DispatchKey,
    deliveries: Vec<Delivery>,
) -> Result<Vec<DeliveryShown>, Refused> {
    let read = context.read(move |snapshot| {
        let mut shown = Vec::with_capacity(deliveries.len());
        for delivery in &deliveries {
            let last = match delivery.tries {
                0 => None,
                _ => snapshot.delivery_tries(key, delivery.endpoint_id, delivery.event)?.pop(),
            };
            shown.push(DeliveryShown::of(delivery, last.as_ref()));
        }
        Ok(shown)
    });
    Ok(read.await?)
}

impl From<DeliveryProgress> for DeliveryState {
    fn from(progress: DeliveryProgress) -> Self {
        match progress {
            DeliveryProgress::Pending => Self::Pending,
            DeliveryProgress::Delivered => Self::Delivered,
            DeliveryProgress::GivenUp => Self::GivenUp,
        }
    }
}
