//! The two signatures of a webhook: ours, and that of Standard Webhooks.
//!
//! ```text
//! X-Signature       = hex(HMAC-SHA256(the merchant's secret key, body))
//! webhook-signature = v1,base64(HMAC-SHA256(the endpoint's secret, webhook-id . webhook-timestamp . body))
//! ```
//! Both cover the exact bytes on the wire: whoever checks them must not parse and write the body first. The first, which
//! section 10 of the contract gives, says nothing about when it was made; the second does, so that a recorded webhook
//! can't be played again after [`TOLERANCE`].
//!
//! The second follows <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>, version
//! `v1` (symmetric). It lacks `v1a`, the asymmetric one.

mod base64;
mod fault;
mod headers;
mod secret;
mod standard;
#[cfg(test)]
mod tests;
mod x_signature;

pub use fault::WebhookFault;
pub use headers::WebhookHeaders;
pub use secret::{WebhookSecret, WebhookSecretFault};
pub use standard::{TOLERANCE, check_webhook, webhook_signature};
pub use x_signature::{x_signature, x_signature_holds};
