//! `webhook-signature`, as the Standard Webhooks specification has it.

use std::time::Duration;

use subtle::ConstantTimeEq;

use super::{WebhookFault, WebhookHeaders, WebhookSecret, base64};
use crate::time::Timestamp;

/// The symmetric signature.
const VERSION: &str = "v1,";

/// How far from now, in either direction, a webhook may have been sent.
pub const TOLERANCE: Duration = Duration::from_mins(5);

/// What `webhook-signature` says: a signature for each secret, in their order. During a rotation an endpoint has two.
///
/// `id` and `timestamp_seconds` (Unix seconds) are sent beside it, as `webhook-id` and `webhook-timestamp`. An id must have
/// no full stop in it, or two messages could be signed alike.
pub fn webhook_signature<'s>(
    secrets: impl IntoIterator<Item = &'s WebhookSecret>,
    id: &str,
    timestamp_seconds: i64,
    body: &[u8],
) -> String {
    let timestamp = timestamp_seconds.to_string();
    let sign = |secret: &WebhookSecret| format!("{VERSION}{}", base64::encode(&secret.sign(id, &timestamp, body)));
    secrets.into_iter().map(sign).collect::<Vec<_>>().join(" ")
}

/// Checks a webhook as its receiver has to: that it was sent within [`TOLERANCE`] of `now`, and that one of its signatures
/// is this secret's. Signatures of other versions are passed over. Takes the same time for all signatures of one length.
pub fn check_webhook(
    secret: &WebhookSecret,
    headers: &WebhookHeaders<'_>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), WebhookFault> {
    let sent_at = read_seconds(headers.timestamp).ok_or(WebhookFault::NoTimestamp)?;
    if sent_at.plus(TOLERANCE) < now {
        return Err(WebhookFault::TooOld);
    }
    if sent_at.minus(TOLERANCE) > now {
        return Err(WebhookFault::TooNew);
    }
    let expected = secret.sign(headers.id, headers.timestamp, body);
    let is_signed = headers
        .signature
        .split(' ')
        .filter_map(|signature| base64::decode(signature.strip_prefix(VERSION)?))
        .any(|signature| expected.ct_eq(&signature).into());
    if is_signed { Ok(()) } else { Err(WebhookFault::NotSigned) }
}

/// Digits only: what is signed is this text.
fn read_seconds(text: &str) -> Option<Timestamp> {
    let seconds = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()?;
    Some(Timestamp::from_seconds(seconds))
}
