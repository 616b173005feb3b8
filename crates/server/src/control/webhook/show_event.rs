//! Shows one event with every try to deliver it.

use app::{CallError, Context, read_tries};
use domain::delivery_try::DeliveryTry;
use domain::id::MerchantId;
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

use super::told::{DeliveryShown, EventShown};
use crate::control::merchant::find_merchant;
use crate::control::{Progress, Refused, Request};

/// Shows one event with its body and every try.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShowWebhookEvent {
    /// Whose: `merchant_id` or `api_id`.
    pub merchant: String,
    /// Which, by its number.
    pub event: i64,
}

impl Request for ShowWebhookEvent {
    type Answer = EventShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<EventShown, Refused> {
        let merchant_id = find_merchant(context, &self.merchant).await?.merchant_id;
        let shown = show_event(context, merchant_id, self.event).await;
        shown.map_err(|error| refused(error, &self.merchant, self.event))
    }
}

/// The event as it is now.
pub async fn show_event(context: &Context, merchant_id: MerchantId, number: i64) -> Result<EventShown, CallError> {
    let (logged, tries) = read_tries(context, merchant_id, number).await?;
    let deliveries = logged.deliveries.iter().map(|delivery| {
        let is_its_own = |one: &&DeliveryTry| one.endpoint_id == delivery.endpoint_id;
        let tries: Vec<&DeliveryTry> = tries.iter().filter(is_its_own).collect();
        DeliveryShown::whole(delivery, &tries)
    });
    Ok(EventShown::whole(&logged.event, deliveries.collect()))
}

/// Why there is nothing to say of an event with that number.
pub fn refused(error: CallError, merchant: &str, number: i64) -> Refused {
    match error {
        CallError::Refused(Refusal::DeliveryNotFound) => Refused(format!(
            "merchant {merchant} has no event {number}, or it is no longer kept; `loket webhook log {merchant}` shows all there are"
        )),
        error => error.into(),
    }
}
