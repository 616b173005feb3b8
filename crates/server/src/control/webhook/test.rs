//! Tries an endpoint out.

use std::time::Duration;

use app::{Context, send_test_event};
use domain::endpoint::EndpointState;
use domain::id::MerchantId;
use serde::{Deserialize, Serialize};

use super::event_name::EventName;
use super::find::WhichEndpoint;
use super::show_event::show_event;
use super::shown::EndpointSwitch;
use super::told::EventShown;
use crate::control::{Progress, Refused, Request};

/// Longer than a receiver may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often it is looked whether it has.
const PAUSE: Duration = Duration::from_millis(50);

/// Sends a made-up event to an endpoint, and waits a little for what it answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TestEndpoint {
    /// To which.
    pub endpoint: WhichEndpoint,
    /// What is said to have happened.
    pub event: EventName,
}

/// What was sent where, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tested {
    /// To which endpoint, as text.
    pub endpoint_id: String,
    /// Where that is.
    pub url: String,
    /// The event with its tries; with none, if it wasn't its turn within the time.
    pub event: EventShown,
}

impl Request for TestEndpoint {
    type Answer = Tested;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Tested, Refused> {
        let (merchant_id, endpoint) = self.endpoint.find(context).await?;
        let endpoint_id = endpoint.endpoint_id;
        if endpoint.state != EndpointState::On {
            let (state, merchant) = (EndpointSwitch::from(endpoint.state).name(), &self.endpoint.merchant);
            return Err(Refused(format!(
                "endpoint {endpoint_id} is {state}, and nothing is delivered there; `loket webhook endpoints set {merchant} {endpoint_id} --on` first"
            )));
        }
        let sent = send_test_event(context, merchant_id, endpoint_id, self.event.into()).await?;
        let event = wait_for_try(context, merchant_id, sent.number).await?;
        Ok(Tested { endpoint_id: endpoint_id.to_string(), url: endpoint.url.to_string(), event })
    }
}

/// The event once it was tried, or as it is when patience or the server ends.
async fn wait_for_try(context: &Context, merchant_id: MerchantId, number: i64) -> Result<EventShown, Refused> {
    let (time, begun) = (context.time(), context.time().monotonic());
    loop {
        let event = show_event(context, merchant_id, number).await?;
        let is_over = time.monotonic().saturating_sub(begun) > PATIENCE || context.tasks().is_stopping();
        if is_over || event.deliveries.iter().any(|delivery| delivery.tries > 0) {
            return Ok(event);
        }
        time.sleep(PAUSE).await;
    }
}
