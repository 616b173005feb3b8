//! An event that is sent again: `webhook-resend`.

use domain::dispatch::Delivery;
use serde::Serialize;
use utoipa::ToSchema;

use super::DeliveryData;

/// An event on its way once more.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Resent)]
pub struct ResentData {
    /// The event's number.
    #[schema(example = 17, minimum = 1)]
    number: i64,
    #[serde(flatten)]
    delivery: DeliveryData,
}

impl ResentData {
    /// The delivery as it is now.
    pub fn of(delivery: &Delivery) -> Self {
        Self { number: delivery.event, delivery: DeliveryData::of(delivery) }
    }
}
