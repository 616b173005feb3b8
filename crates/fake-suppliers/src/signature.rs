//! The suppliers' signatures: MD5 over user, key and a word of the call; HMAC-SHA1 over a webhook's body.

use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha1::Sha1;

/// Who asks, and the key that proves it.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Digiflazz: the user's name. IAK: the registered phone number.
    pub username: String,
    /// Part of every signature, never sent.
    pub api_key: String,
}

impl Credentials {
    /// The signature of a call: lower-case hexadecimal MD5 of user name, key and what the call adds.
    pub fn sign(&self, addition: &str) -> String {
        let mut md5 = Md5::new();
        for part in [&self.username, &self.api_key, addition] {
            md5.update(part.as_bytes());
        }
        hex::encode(md5.finalize())
    }
}

/// What Digiflazz puts into `X-Hub-Signature`: `sha1=` and the HMAC-SHA1 of the raw body.
pub fn hub_signature(secret: &str, body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(body);
    Some(format!("sha1={}", hex::encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_standards() {
        let credentials = Credentials { username: "mess".to_owned(), api_key: "age ".to_owned() };
        // RFC 1321: the digest of "message digest".
        assert_eq!(credentials.sign("digest"), "f96b697d7cb7938d525a2f31aaf161d0");
        let rfc_2202 = hub_signature("Jefe", b"what do ya want for nothing?");
        assert_eq!(rfc_2202.as_deref(), Some("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));
    }
}
