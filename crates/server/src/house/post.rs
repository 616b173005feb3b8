//! Brings what the couriers carry to the receivers, over the guarded client.

use std::sync::Arc;

use app::seams::Clock;
use app::{Letter, Post, Posted};
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use outbound::{Delivery, DeliveryFault, Guard, GuardPolicy, SystemNames, WebhookLimits, WebhookSender, check_header};

/// The post of a running server.
pub struct WebhookPost {
    sender: WebhookSender,
    clock: Arc<dyn Clock>,
}

impl WebhookPost {
    /// A post that goes where this policy lets it.
    pub fn new(policy: GuardPolicy, clock: Arc<dyn Clock>) -> Self {
        let sender = WebhookSender::new(Guard::new(policy), WebhookLimits::default(), Arc::new(SystemNames));
        Self { sender, clock }
    }

    async fn send(&self, letter: Letter) -> Posted {
        let headers: Vec<(&str, &str)> = letter.headers.iter().map(|(name, value)| (&**name, value.as_str())).collect();
        match self.sender.post(&letter.url, &headers, letter.body).await {
            Delivery::Answered { status, retry_after, body, is_whole } => Posted {
                status: Some(status),
                retry_after: retry_after.map(|after| after.wait(self.clock.wall())),
                answer: Bytes::from(body),
                fault: (!is_whole).then(|| "the answer was not read to its end".to_owned()),
                is_our_fault: false,
            },
            Delivery::Failed { fault, why } => Posted {
                fault: Some(why.to_string()),
                is_our_fault: fault == DeliveryFault::NotOpened,
                ..Posted::default()
            },
        }
    }
}

impl Post for WebhookPost {
    fn check_url(&self, url: &str) -> Result<(), String> {
        self.sender.guard().check_url(url).map(drop).map_err(|fault| fault.to_string())
    }

    fn check_header(&self, name: &str, value: &str) -> Result<(), String> {
        check_header(name, value).map_err(|fault| fault.to_string())
    }

    fn post(&self, letter: Letter) -> BoxFuture<'_, Posted> {
        self.send(letter).boxed()
    }
}
