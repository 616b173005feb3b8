//! What a merchant was told, and what came of it, as an operator reads it. Numbers are text where they may be large; times are WIB.

use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Delivery, DeliveryState};
use domain::event::Event;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::event_name::EventName;
use super::log::DeliveryProgress;

/// An event with where it goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EventShown {
    /// Its number among its merchant's.
    pub number: i64,
    /// What happened.
    pub event: EventName,
    /// By what a receiver knows it again.
    pub webhook_id: String,
    /// To which order; absent: to none.
    pub order_id: Option<i64>,
    /// The merchant's name for that order.
    pub ref_id: Option<String>,
    /// When.
    pub created_at: String,
    /// What is sent, byte for byte; only when one event is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// For which endpoints it is meant, and how far that has come.
    pub deliveries: Vec<DeliveryShown>,
}

/// An event on its way to an endpoint.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DeliveryShown {
    /// To which, as text.
    pub endpoint_id: String,
    /// How far it has come.
    pub state: DeliveryProgress,
    /// How often it was tried.
    pub tries: u32,
    /// The HTTP status of the last try, if one came.
    pub last_status: Option<u16>,
    /// What went wrong at the last try, if it did.
    pub last_fault: Option<String>,
    /// When it is tried next; absent: it waits for an earlier event of its order, or it is over.
    pub next_at: Option<String>,
    /// Every try; only when one event is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Vec<TryShown>>,
}

/// One try.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TryShown {
    /// 1 for the first.
    pub number: u32,
    /// When it began.
    pub began_at: String,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The HTTP status, if one came.
    pub status: Option<u16>,
    /// What the receiver answered, as far as it was read.
    pub answer: String,
    /// What went wrong, if it did.
    pub fault: Option<String>,
    /// When the next one was to be.
    pub next_at: Option<String>,
}

impl EventShown {
    /// Without its body.
    pub fn of(event: &Event, deliveries: Vec<DeliveryShown>) -> Self {
        Self {
            number: event.number,
            event: event.kind.into(),
            webhook_id: event.webhook_id(),
            order_id: event.kind.is_of_order().then_some(event.order_id.0),
            ref_id: ref_id(&event.body),
            created_at: event.created_at.wib().to_string(),
            body: None,
            deliveries,
        }
    }

    /// With its body.
    pub fn whole(event: &Event, deliveries: Vec<DeliveryShown>) -> Self {
        let body = String::from_utf8_lossy(&event.body).into_owned();
        Self { body: Some(body), ..Self::of(event, deliveries) }
    }
}

impl DeliveryShown {
    /// With what came of its last try, if it was tried.
    pub fn of(delivery: &Delivery, last: Option<&DeliveryTry>) -> Self {
        let state = match delivery.state {
            DeliveryState::Pending => DeliveryProgress::Pending,
            DeliveryState::Delivered => DeliveryProgress::Delivered,
            DeliveryState::GivenUp => DeliveryProgress::GivenUp,
        };
        Self {
            endpoint_id: delivery.endpoint_id.to_string(),
            state,
            tries: delivery.tries,
            last_status: last.and_then(|one| one.status),
            last_fault: last.and_then(|one| one.fault.as_ref()).map(ToString::to_string),
            next_at: delivery.next_at.map(|at| at.wib().to_string()),
            log: None,
        }
    }

    /// With every try.
    pub fn whole(delivery: &Delivery, tries: &[&DeliveryTry]) -> Self {
        let log = tries.iter().map(|one| TryShown::of(one)).collect();
        Self { log: Some(log), ..Self::of(delivery, tries.last().copied()) }
    }
}

impl TryShown {
    /// Shows it.
    pub fn of(one: &DeliveryTry) -> Self {
        Self {
            number: one.number,
            began_at: one.began_at.wib().to_string(),
            took_ms: u64::try_from(one.took.as_millis()).unwrap_or(u64::MAX),
            status: one.status,
            answer: String::from_utf8_lossy(&one.answer).into_owned(),
            fault: one.fault.as_ref().map(ToString::to_string),
            next_at: one.next_at.map(|at| at.wib().to_string()),
        }
    }
}

/// It stands in the body and nowhere else, since a test's order has no row.
fn ref_id(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    body.pointer("/data/ref_id").and_then(Value::as_str).map(ToOwned::to_owned)
}
