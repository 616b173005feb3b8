//! One event with all that became of it: `webhook-event`.

use std::borrow::Cow;

use app::LoggedEvent;
use domain::delivery_try::DeliveryTry;
use domain::time::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::LoggedEventData;
use super::stored_payload::stored_payload;
use super::wire::{wib, wib_or_null};
use crate::http::problem::Problem;

/// How many tries are told of: each may have an answer of 64 KiB.
const TRIES_TOLD: usize = 50;

/// An event, what it says, and every try to deliver it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventHistory)]
pub struct EventHistoryData<'a> {
    #[serde(flatten)]
    logged: LoggedEventData<'a>,
    /// What a webhook's body says, byte for byte.
    #[schema(value_type = Object)]
    payload: &'a RawValue,
    /// The tries, newest first; the newest 50 if there were more.
    tries: Vec<DeliveryTryData<'a>>,
}

impl<'a> EventHistoryData<'a> {
    /// An event and its tries as the merchant sees them.
    pub fn of(logged: &'a LoggedEvent, tries: &'a [DeliveryTry]) -> Result<Self, Problem> {
        let mut newest: Vec<&DeliveryTry> = tries.iter().collect();
        newest.sort_by_key(|made| std::cmp::Reverse((made.began_at, made.endpoint_id, made.number)));
        Ok(Self {
            logged: LoggedEventData::of(logged)?,
            payload: stored_payload(&logged.event)?,
            tries: newest.into_iter().take(TRIES_TOLD).map(DeliveryTryData::of).collect(),
        })
    }
}

/// A request to a webhook, and what came of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveryTry)]
pub struct DeliveryTryData<'a> {
    /// The webhook's id.
    #[schema(example = "7466381123584")]
    endpoint: String,
    /// 1 for the first try at this webhook.
    #[schema(example = 2, minimum = 1)]
    number: u32,
    /// When it began, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:41:21")]
    began_at: Timestamp,
    /// How long it took, in milliseconds.
    #[schema(example = 141)]
    took_ms: u64,
    /// The HTTP status, if one came.
    #[schema(required = true, example = 500)]
    http_status: Option<u16>,
    /// What the receiver answered, as far as it was read: 64 KiB at most.
    #[schema(value_type = String, example = "Internal Server Error")]
    answer: Cow<'a, str>,
    /// What went wrong, if there was no answer to its end. In English.
    #[schema(required = true)]
    fault: Option<&'a str>,
    /// When it was to be tried next, WIB, if it was.
    #[serde(serialize_with = "wib_or_null")]
    #[schema(value_type = Option<String>, required = true, example = "2026-05-31 10:41:51")]
    next_at: Option<Timestamp>,
}

impl<'a> DeliveryTryData<'a> {
    fn of(made: &'a DeliveryTry) -> Self {
        Self {
            endpoint: made.endpoint_id.to_string(),
            number: made.number,
            began_at: made.began_at,
            took_ms: u64::try_from(made.took.as_millis()).unwrap_or(u64::MAX),
            http_status: made.status,
            answer: String::from_utf8_lossy(&made.answer),
            fault: made.fault.as_deref(),
            next_at: made.next_at,
        }
    }
}
