//! What a receiver of Standard Webhooks reads beside the body.

/// The three headers of a webhook, as they came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WebhookHeaders<'a> {
    /// `webhook-id`: the same each time that one message is sent.
    pub id: &'a str,
    /// `webhook-timestamp`: when it was sent this time, in Unix seconds.
    pub timestamp: &'a str,
    /// `webhook-signature`: one or more signatures with a space between them, each after its version and a comma.
    pub signature: &'a str,
}
