//! `X-Signature`: the signature that every merchant's program checks.

use hmac::Mac;
use subtle::ConstantTimeEq;

use crate::signature::{hex::lower_hex, keyed::keyed};

/// What `X-Signature` says of a body: 64 lower-case hex digits, keyed with the merchant's secret key.
pub fn x_signature(secret_key: &str, body: &[u8]) -> String {
    digits(secret_key, body).map(char::from).iter().collect()
}

/// Whether this is the `X-Signature` of that body. Anything but 64 lower-case hex digits is simply not the right one, and
/// of those all take the same time.
#[must_use]
pub fn x_signature_holds(secret_key: &str, body: &[u8], signature: &str) -> bool {
    digits(secret_key, body).as_slice().ct_eq(signature.as_bytes()).into()
}

fn digits(secret_key: &str, body: &[u8]) -> [u8; 64] {
    lower_hex(keyed(secret_key.as_bytes()).chain_update(body).finalize().into_bytes().into())
}
