//! An event as the log has it: `webhook-log`.

use std::borrow::Cow;

use app::LoggedEvent;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::DeliveryData;
use super::stored_payload::ref_id_of;
use super::wire::wib;
use crate::http::problem::Problem;

/// An event, with where it goes and how far that has come.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LoggedEvent)]
pub struct LoggedEventData<'a> {
    /// The `webhook-id` under which it is delivered: the same at every try and at every webhook.
    #[schema(example = "evt_1_17_6531f2a4b8c40")]
    id: String,
    /// 1 for a merchant's first, without gaps.
    #[schema(example = 17, minimum = 1)]
    number: i64,
    /// What happened.
    #[schema(example = "order.success")]
    event: &'static str,
    /// To which order; `null`: to none.
    #[schema(required = true, example = 12345)]
    order_id: Option<i64>,
    /// The order's reference.
    #[schema(required = true, example = "ORDER-2025-001")]
    ref_id: Option<Cow<'a, str>>,
    /// When, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:41:16")]
    created_at: Timestamp,
    /// For which webhooks it is meant.
    deliveries: Vec<DeliveryData>,
}

impl<'a> LoggedEventData<'a> {
    /// An entry as the merchant sees it.
    pub fn of(logged: &'a LoggedEvent) -> Result<Self, Problem> {
        let event = &logged.event;
        Ok(Self {
            id: event.webhook_id(),
            number: event.number,
            event: event.kind.name(),
            order_id: event.kind.is_of_order().then_some(event.order_id.0),
            ref_id: ref_id_of(event)?,
            created_at: event.created_at,
            deliveries: logged.deliveries.iter().map(DeliveryData::of).collect(),
        })
    }
}
