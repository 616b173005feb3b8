//! An event as `/v1/events` lists it.

use domain::event::Event;
use domain::time::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::stored_payload::stored_payload;
use super::wire::wib;
use crate::http::problem::Problem;

/// Something that happened, mostly to an order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventData<'a> {
    /// The `webhook-id` under which it is delivered: the same at every try and at every webhook.
    #[schema(example = "evt_1_17_6531f2a4b8c40")]
    id: String,
    /// 1 for a merchant's first, without gaps.
    #[schema(example = 17, minimum = 1)]
    number: i64,
    /// What happened.
    #[schema(example = "order.success")]
    event: &'static str,
    /// When, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:41:16")]
    created_at: Timestamp,
    /// What a webhook's body says, byte for byte.
    #[schema(value_type = Object)]
    payload: &'a RawValue,
}

impl<'a> EventData<'a> {
    /// An event as its merchant reads it.
    pub fn of(event: &'a Event) -> Result<Self, Problem> {
        Ok(Self {
            id: event.webhook_id(),
            number: event.number,
            event: event.kind.name(),
            created_at: event.created_at,
            payload: stored_payload(event)?,
        })
    }
}
