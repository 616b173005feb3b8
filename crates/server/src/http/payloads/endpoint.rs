//! A merchant's endpoint: what `/v1/webhooks` calls a webhook.

use domain::endpoint::{Endpoint, EndpointState};
use domain::event::EventKind;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::{wib, wib_or_null};

/// Where a merchant is told of its orders.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub struct EndpointData<'a> {
    /// Made by the server; digits.
    #[schema(example = "7466381123584")]
    id: String,
    /// Where.
    #[schema(example = "https://toko.example.com/webhook")]
    url: &'a str,
    /// What its owner calls it; may be empty.
    #[schema(example = "Toko")]
    description: &'a str,
    /// What it is told of.
    events: Vec<&'static str>,
    /// `on`; `off`: its owner switched it off; `gone`: it answered 410; `failing`: it failed for five days.
    #[schema(example = "on", pattern = "^(on|off|gone|failing)$")]
    status: &'static str,
    /// Since when every delivery fails, WIB; `null`: the last one succeeded, or there was none.
    #[serde(serialize_with = "wib_or_null")]
    #[schema(value_type = Option<String>, required = true)]
    failing_since: Option<Timestamp>,
    /// How many deliveries may be under way at once.
    #[schema(example = 8)]
    max_in_flight: u32,
    /// Deliveries a second at most; `null`: as many as it takes.
    #[schema(required = true)]
    rate_per_second: Option<u32>,
    /// The names of the headers that are sent besides. Their values are never shown.
    headers: Vec<&'a str>,
    /// When it was added, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:41:16")]
    created_at: Timestamp,
    /// When it last changed, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:41:16")]
    updated_at: Timestamp,
}

impl<'a> EndpointData<'a> {
    /// An endpoint as its owner sees it.
    pub fn of(endpoint: &'a Endpoint) -> Self {
        Self {
            id: endpoint.endpoint_id.to_string(),
            url: &endpoint.url,
            description: &endpoint.description,
            events: endpoint.kinds.iter().map(EventKind::name).collect(),
            status: status_name(endpoint.state),
            failing_since: endpoint.failing_since(),
            max_in_flight: endpoint.max_in_flight,
            rate_per_second: endpoint.rate_per_second,
            headers: endpoint.headers.iter().map(|header| header.name.as_ref()).collect(),
            created_at: endpoint.created_at,
            updated_at: endpoint.updated_at,
        }
    }
}

/// A state as the wire has it.
pub const fn status_name(state: EndpointState) -> &'static str {
    match state {
        EndpointState::On => "on",
        EndpointState::Off => "off",
        EndpointState::Gone => "gone",
        EndpointState::Failing => "failing",
    }
}
