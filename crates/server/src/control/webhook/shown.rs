//! An endpoint as an operator sees it. Its secrets are not part of that, unless they are asked for.

use app::{Context, reveal_endpoint_secret};
use domain::endpoint::{Endpoint, EndpointState};
use domain::id::MerchantId;
use serde::{Deserialize, Serialize};

use super::event_name::EventName;
use crate::control::Refused;

/// Stands for a value that may be a secret.
const MASK: &str = "********";

/// What was said of it, and how it is doing. Times are WIB. No `Debug`, so that nothing prints its secret by mistake.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointShown {
    /// Its number, as text.
    pub endpoint_id: String,
    /// Whose it is, as text.
    pub merchant_id: String,
    /// Where it is.
    pub url: String,
    /// What its owner calls it; may be empty.
    pub description: String,
    /// What it wants to hear of.
    pub events: Vec<EventName>,
    /// Whether it is delivered to.
    pub state: EndpointSwitch,
    /// Since when every delivery fails; absent: the last one succeeded, or there was none.
    pub failing_since: Option<String>,
    /// Headers that are sent besides.
    pub headers: Vec<HeaderShown>,
    /// How many deliveries may be under way at once.
    pub max_in_flight: u32,
    /// Deliveries a second at most; absent: as many as it takes.
    pub rate_per_second: Option<u32>,
    /// What signs by the Standard Webhooks specification, if it is to be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Until when the secret before the last rotation signs beside it.
    pub old_secret_until: Option<String>,
    /// When it was added.
    pub created_at: String,
    /// When it last changed.
    pub updated_at: String,
}

/// A header without its value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HeaderShown {
    /// Its name.
    pub name: String,
    /// Stars.
    pub value: String,
}

/// Whether an endpoint is delivered to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EndpointSwitch {
    /// It is.
    On,
    /// It was switched off.
    Off,
    /// It answered 410, and was disabled.
    Gone,
    /// It failed for five days, and was disabled.
    Failing,
}

impl EndpointSwitch {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Gone => "gone",
            Self::Failing => "failing",
        }
    }
}

impl EndpointShown {
    /// Without its secret.
    pub fn of(context: &Context, merchant_id: MerchantId, endpoint: &Endpoint) -> Self {
        let now = context.time().now();
        let old_secret = endpoint.previous_secret.as_ref().filter(|previous| now < previous.valid_until);
        let header = |name: &str| HeaderShown { name: name.to_owned(), value: MASK.to_owned() };
        Self {
            endpoint_id: endpoint.endpoint_id.to_string(),
            merchant_id: merchant_id.to_string(),
            url: endpoint.url.to_string(),
            description: endpoint.description.to_string(),
            events: endpoint.kinds.iter().map(EventName::from).collect(),
            state: endpoint.state.into(),
            failing_since: endpoint.failing_since().map(|since| since.wib().to_string()),
            headers: endpoint.headers.iter().map(|one| header(&one.name)).collect(),
            max_in_flight: endpoint.max_in_flight,
            rate_per_second: endpoint.rate_per_second,
            secret: None,
            old_secret_until: old_secret.map(|previous| previous.valid_until.wib().to_string()),
            created_at: endpoint.created_at.wib().to_string(),
            updated_at: endpoint.updated_at.wib().to_string(),
        }
    }

    /// With its secret.
    pub fn with_secret(context: &Context, merchant_id: MerchantId, endpoint: &Endpoint) -> Result<Self, Refused> {
        let secret = reveal_endpoint_secret(context, endpoint)?.to_string();
        Ok(Self { secret: Some(secret), ..Self::of(context, merchant_id, endpoint) })
    }
}

impl From<EndpointState> for EndpointSwitch {
    fn from(state: EndpointState) -> Self {
        match state {
            EndpointState::On => Self::On,
            EndpointState::Off => Self::Off,
            EndpointState::Gone => Self::Gone,
            EndpointState::Failing => Self::Failing,
        }
    }
}
