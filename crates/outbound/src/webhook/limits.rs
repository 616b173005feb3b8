//! How long, in time and in bytes, a webhook's receiver is waited for.

use std::time::Duration;

/// The limits of webhooks, by section 10 of the contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WebhookLimits {
    /// Until a connection stands: its name's addresses, and the handshake, included.
    pub connect: Duration,
    /// From the first step to the last byte of the answer.
    pub total: Duration,
    /// How much of an answer's body is read.
    pub answer_bytes: usize,
    /// How long a connection is kept without a use. The default is below the five seconds after which Node's and Apache's servers hang up:
    /// a request seldom meets a connection that is just being closed.
    pub idle: Duration,
    /// Of how many receivers connections are kept, two of each at most. More receivers cost handshakes, not memory.
    pub kept_receivers: usize,
}

impl Default for WebhookLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(10),
            answer_bytes: 64 * 1024,
            idle: Duration::from_secs(4),
            kept_receivers: 128,
        }
    }
}
