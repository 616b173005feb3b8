//! What signs webhooks, and so tells whether they are signed.

use domain::signature::webhook::{
    WebhookFault, WebhookHeaders, WebhookSecret, check_webhook, webhook_signature, x_signature, x_signature_holds,
};
use domain::time::Timestamp;

use super::webhook::Webhook;

/// A merchant's secrets. No `Debug`, so that nothing prints them by mistake.
pub struct KeyRing {
    /// For `X-Signature`.
    pub secret_key: String,
    /// For `webhook-signature`, if it is known.
    pub webhook_secret: Option<WebhookSecret>,
}

impl KeyRing {
    /// Whether `X-Signature` is that of the body.
    pub fn x_signature_holds(&self, webhook: &Webhook) -> bool {
        x_signature_holds(&self.secret_key, &webhook.body, webhook.header("x-signature"))
    }

    /// Whether `webhook-signature` is that of the body, at this moment; `None` if nobody can know.
    pub fn check(&self, webhook: &Webhook, now: Timestamp) -> Option<Result<(), WebhookFault>> {
        let headers = WebhookHeaders {
            id: webhook.header("webhook-id"),
            timestamp: webhook.header("webhook-timestamp"),
            signature: webhook.header("webhook-signature"),
        };
        Some(check_webhook(self.webhook_secret.as_ref()?, &headers, &webhook.body, now))
    }

    /// The headers with which a server would send such a body.
    pub fn sign(&self, id: &str, body: &[u8], now: Timestamp) -> Vec<(&'static str, String)> {
        let mut headers = vec![
            ("content-type", "application/json".to_owned()),
            ("x-type-transaction", "ppob".to_owned()),
            ("x-signature", x_signature(&self.secret_key, body)),
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", now.seconds().to_string()),
        ];
        if let Some(secret) = &self.webhook_secret {
            headers.push(("webhook-signature", webhook_signature([secret], id, now.seconds(), body)));
        }
        headers
    }
}
