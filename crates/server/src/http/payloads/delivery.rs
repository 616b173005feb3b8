//! How far an event has come on its way to a webhook.

use domain::dispatch::{Delivery, DeliveryState};
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::{wib, wib_or_null};

/// An event that is meant for a webhook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delivery)]
pub struct DeliveryData {
    /// The webhook's id.
    #[schema(example = "7466381123584")]
    endpoint: String,
    /// `pending`, `delivered`, or `given_up` after the last try.
    #[schema(example = "pending", pattern = "^(pending|delivered|given_up)$")]
    status: &'static str,
    /// How often it was tried, ever.
    #[schema(example = 2, minimum = 0)]
    tries: u32,
    /// When it is tried next, WIB; `null`: it waits for an earlier event of the same order, or it is over.
    #[serde(serialize_with = "wib_or_null")]
    #[schema(value_type = Option<String>, required = true, example = "2026-05-31 10:41:51")]
    next_at: Option<Timestamp>,
    /// When it last changed, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:41:21")]
    updated_at: Timestamp,
}

impl DeliveryData {
    /// A delivery as the merchant sees it.
    pub fn of(delivery: &Delivery) -> Self {
        Self {
            endpoint: delivery.endpoint_id.to_string(),
            status: match delivery.state {
                DeliveryState::Pending => "pending",
                DeliveryState::Delivered => "delivered",
                DeliveryState::GivenUp => "given_up",
            },
            tries: delivery.tries,
            next_at: delivery.next_at,
            updated_at: delivery.updated_at,
        }
    }
}
