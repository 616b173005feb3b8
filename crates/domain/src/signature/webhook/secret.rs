//! The secret of a webhook endpoint.

use std::fmt;

use hmac::Mac;
use subtle::ConstantTimeEq;
use thiserror::Error;

use super::base64;
use crate::signature::keyed::keyed;

/// What its text begins with.
const PREFIX: &str = "whsec_";
/// How many bytes a secret may have, by the specification.
const LENGTHS: std::ops::RangeInclusive<usize> = 24..=64;

/// What the webhooks to one endpoint are signed with: 24 to 64 random bytes, which nothing but
/// [`reveal`](Self::reveal) shows. Compares in constant time.
#[derive(Clone)]
pub struct WebhookSecret(Vec<u8>);

/// Why a text is no [`WebhookSecret`]. Doesn't repeat it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum WebhookSecretFault {
    /// It begins in another way.
    #[error("the secret doesn't begin with `whsec_`")]
    NoPrefix,
    /// What follows isn't base64 with its padding.
    #[error("after `whsec_` the secret isn't base64")]
    NoBase64,
    /// Too short to be secret, or too long to be one.
    #[error("the secret isn't 24 to 64 bytes long")]
    WrongLength,
}

impl WebhookSecret {
    /// The secret that consists of these random bytes.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(bytes.to_vec())
    }

    /// Reads `whsec_` and base64.
    pub fn parse(text: &str) -> Result<Self, WebhookSecretFault> {
        let digits = text.strip_prefix(PREFIX).ok_or(WebhookSecretFault::NoPrefix)?;
        let bytes = base64::decode(digits).ok_or(WebhookSecretFault::NoBase64)?;
        if !LENGTHS.contains(&bytes.len()) {
            return Err(WebhookSecretFault::WrongLength);
        }
        Ok(Self(bytes))
    }

    /// The secret as its owner is told it, and as [`parse`](Self::parse) reads it.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", base64::encode(&self.0))
    }

    /// The signature of a webhook, version `v1`.
    pub(super) fn sign(&self, id: &str, timestamp: &str, body: &[u8]) -> [u8; 32] {
        let mut mac = keyed(&self.0);
        for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl PartialEq for WebhookSecret {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for WebhookSecret {}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WebhookSecret(..)")
    }
}
