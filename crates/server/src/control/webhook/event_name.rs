//! What a merchant can be told of, as an operator names it.

use clap::ValueEnum;
use domain::event::EventKind;
use serde::{Deserialize, Serialize};

/// An event by its name on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Serialize, Deserialize)]
pub enum EventName {
    /// It succeeded.
    #[value(name = "order.success")]
    #[serde(rename = "order.success")]
    Success,
    /// It failed, and its money is back.
    #[value(name = "order.failed")]
    #[serde(rename = "order.failed")]
    Failed,
    /// The proof of an earlier success arrived.
    #[value(name = "order.sn_received")]
    #[serde(rename = "order.sn_received")]
    SnReceived,
    /// The supplier left it open.
    #[value(name = "order.pending")]
    #[serde(rename = "order.pending")]
    Pending,
    /// An earlier success was taken back, and its money returned.
    #[value(name = "order.refunded")]
    #[serde(rename = "order.refunded")]
    Refunded,
    /// One of the merchant's endpoints was disabled.
    #[value(name = "webhook.disabled")]
    #[serde(rename = "webhook.disabled")]
    WebhookDisabled,
}

impl From<EventName> for EventKind {
    fn from(name: EventName) -> Self {
        match name {
            EventName::Success => Self::Success,
            EventName::Failed => Self::Failed,
            EventName::SnReceived => Self::SnReceived,
            EventName::Pending => Self::Pending,
            EventName::Refunded => Self::Refunded,
            EventName::WebhookDisabled => Self::WebhookDisabled,
        }
    }
}

impl From<EventKind> for EventName {
    fn from(kind: EventKind) -> Self {
        match kind {
            EventKind::Success => Self::Success,
            EventKind::Failed => Self::Failed,
            EventKind::SnReceived => Self::SnReceived,
            EventKind::Pending => Self::Pending,
            EventKind::Refunded => Self::Refunded,
            EventKind::WebhookDisabled => Self::WebhookDisabled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_is_named_as_on_the_wire() {
        for kind in EventKind::ALL {
            let name = EventName::from(kind);
            assert_eq!(EventKind::from(name), kind);
            assert_eq!(name.to_possible_value().unwrap().get_name(), kind.name());
            assert_eq!(serde_json::to_value(name).unwrap(), kind.name());
        }
    }
}
