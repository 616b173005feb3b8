//! Delivers everything that never arrived.

use std::time::Duration;

use app::{Context, recover};
use domain::endpoint::EndpointState;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::find::WhichEndpoint;
use super::shown::EndpointSwitch;
use crate::control::{Progress, Refused, Request};

/// Delivers everything anew that was meant for an endpoint since a moment and never arrived.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecoverWebhooks {
    /// To which.
    pub endpoint: WhichEndpoint,
    /// Since when.
    pub since: Since,
}

/// The beginning of a span that ends now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// This moment, in microseconds since 1970.
    Moment(i64),
    /// So many seconds ago.
    SecondsAgo(u64),
}

/// What is delivered anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Recovered {
    /// To which endpoint, as text.
    pub endpoint_id: String,
    /// Where that is.
    pub url: String,
    /// Since when.
    pub since: String,
    /// How many events were looked at.
    pub looked_at: u64,
    /// How many of them are delivered anew.
    pub recovered: u64,
    /// What the endpoint was, if it was disabled and is on again now.
    pub switched_on_from: Option<EndpointSwitch>,
}

impl Request for RecoverWebhooks {
    type Answer = Recovered;

    async fn execute(self, context: &Context, progress: &Progress) -> Result<Recovered, Refused> {
        let (merchant_id, endpoint) = self.endpoint.find(context).await?;
        let endpoint_id = endpoint.endpoint_id;
        if endpoint.state == EndpointState::Off {
            return Err(Refused(format!(
                "endpoint {endpoint_id} was switched off; `loket webhook endpoints set {} {endpoint_id} --on` first",
                self.endpoint.merchant
            )));
        }
        let since = self.since.moment(context.time().now());
        let tell = |so_far: app::Recovery| progress.tell(so_far.looked_at, so_far.of);
        let recovery = recover(context, merchant_id, endpoint_id, since, tell).await?;
        Ok(Recovered {
            endpoint_id: endpoint_id.to_string(),
            url: endpoint.url.to_string(),
            since: since.wib().to_string(),
            looked_at: recovery.looked_at,
            recovered: recovery.recovered,
            switched_on_from: endpoint.state.is_disabled().then(|| endpoint.state.into()),
        })
    }
}

impl Since {
    fn moment(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Moment(micros) => Timestamp::from_micros(micros),
            Self::SecondsAgo(seconds) => now.minus(Duration::from_secs(seconds)),
        }
    }
}
