//! HMAC-SHA256 with a key of any length.

use hmac::{Hmac, KeyInit};
use sha2::Sha256;

/// HMAC keyed with this secret.
#[expect(clippy::expect_used, reason = "HMAC has no wrong lengths: a long key is hashed, a short one padded")]
pub(super) fn keyed(secret: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(secret).expect("HMAC takes keys of all lengths")
}
