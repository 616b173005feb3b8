//! A merchant's keys: they sign and verify, and show nobody the secret.

use std::fmt;

use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::{BodyHash, SignedRequest, hex::lower_hex, keyed::keyed};
use crate::json::LineSeparators;

/// What a merchant signs with: the three parts of its key.
///
/// The secret is kept only as HMAC's state, which has already taken in everything that is the same for all of the
/// merchant's requests, so that a check begins with a copy of it. Nothing shows the secret or the `api_key`, except
/// [`string_to_sign`](Self::string_to_sign).
#[derive(Clone)]
pub struct SigningKey {
    api_id: String,
    api_key: String,
    /// After `api_id|api_key|`.
    mac: Hmac<Sha256>,
}

impl SigningKey {
    /// The key of these parts.
    pub fn new(api_id: impl Into<String>, api_key: impl Into<String>, secret_key: &str) -> Self {
        let (api_id, api_key) = (api_id.into(), api_key.into());
        let mut mac = keyed(secret_key.as_bytes());
        for part in [&api_id, "|", &api_key, "|"] {
            mac.update(part.as_bytes());
        }
        Self { api_id, api_key, mac }
    }

    /// The name of this key, which is sent with every request.
    pub fn api_id(&self) -> &str {
        &self.api_id
    }

    /// What is signed. Contains the `api_key`, so it is only for the eyes of whoever has that.
    pub fn string_to_sign(&self, timestamp: &str, body_hash: &BodyHash) -> String {
        format!("{}|{}|{timestamp}|{body_hash}", self.api_id, self.api_key)
    }

    /// The signature of a request with this timestamp and this body.
    pub fn sign(&self, timestamp: &str, body_hash: &BodyHash) -> String {
        self.mac(timestamp, body_hash).map(char::from).iter().collect()
    }

    /// Whether this key signed the request.
    ///
    /// U+2028 and U+2029 may have been signed escaped, as PHP does it, or raw. A signature that isn't 64 lower-case hex
    /// digits is simply not the right one. A request that names another key costs the same work, so that a caller who
    /// checks an unknown `api_id` against some made-up key takes as long as for a known one.
    #[must_use]
    pub fn verifies(&self, request: &SignedRequest<'_>) -> bool {
        let escaped = request.body_hash(LineSeparators::Escaped);
        let is_signed = self.is_signature(request, &escaped) || {
            let raw = request.body_hash(LineSeparators::Raw);
            raw != escaped && self.is_signature(request, &raw)
        };
        is_signed && self.api_id == request.api_id()
    }

    /// Whether the request's signature is this key's for that body. Takes the same time for all signatures of the right
    /// length.
    fn is_signature(&self, request: &SignedRequest<'_>, body_hash: &BodyHash) -> bool {
        let expected = self.mac(request.timestamp(), body_hash);
        expected.as_slice().ct_eq(request.signature().as_bytes()).into()
    }

    fn mac(&self, timestamp: &str, body_hash: &BodyHash) -> [u8; 64] {
        let mut mac = self.mac.clone();
        mac.update(timestamp.as_bytes());
        mac.update(b"|");
        mac.update(body_hash.as_bytes());
        lower_hex(mac.finalize().into_bytes().into())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SigningKey").field("api_id", &self.api_id).finish_non_exhaustive()
    }
}
