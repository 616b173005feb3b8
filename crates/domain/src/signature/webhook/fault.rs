//! Why a webhook isn't believed.

use thiserror::Error;

/// Why a webhook isn't believed. The first fault found is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum WebhookFault {
    /// `webhook-timestamp` isn't a number.
    #[error("webhook-timestamp isn't a number of seconds")]
    NoTimestamp,
    /// It was sent too long ago, or is a recorded one, or a clock is wrong.
    #[error("webhook-timestamp is more than five minutes ago")]
    TooOld,
    /// A clock is wrong, here or there.
    #[error("webhook-timestamp is more than five minutes ahead")]
    TooNew,
    /// None of its signatures is the secret's.
    #[error("no signature in webhook-signature is that of these bytes and this secret")]
    NotSigned,
}
