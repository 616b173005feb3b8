//! A request taken apart, before anything in it is believed.

use std::{borrow::Cow, slice};

use super::{AuthenticationMember, BodyHash, RequestFault, canonical::write_canonical, timestamp::read_timestamp};
use crate::json::{LineSeparators, Member, Value, read_object, shorten};

/// A request as it came, taken apart: who says to have signed it, when, and what it asks for.
///
/// Nothing in it is true before a [`SigningKey`](super::SigningKey) verified it.
#[derive(Clone, Debug)]
pub struct SignedRequest<'a> {
    api_id: Cow<'a, str>,
    timestamp: String,
    signed_at: i64,
    signature: Cow<'a, str>,
    /// In the order of their keys' bytes.
    parameters: Vec<Member<'a>>,
}

impl<'a> SignedRequest<'a> {
    /// Takes the bytes of a body apart, in one pass.
    pub fn read(body: &'a [u8]) -> Result<Self, RequestFault> {
        let object = read_object(body)?;
        let (mut api_id, mut timestamp, mut signature) = (None, None, None);
        let mut parameters = Vec::with_capacity(object.len());
        for (key, value) in object {
            match AuthenticationMember::from_key(&key) {
                Some(AuthenticationMember::ApiId) => api_id = Some(value),
                Some(AuthenticationMember::Timestamp) => timestamp = Some(value),
                Some(AuthenticationMember::Signature) => signature = Some(value),
                None if is_sortable(&key) => parameters.push((key, value)),
                None => return Err(RequestFault::BadKey(shorten(&key))),
            }
        }
        parameters.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let api_id = take_text(api_id, AuthenticationMember::ApiId)?;
        let timestamp = timestamp.ok_or(RequestFault::Missing(AuthenticationMember::Timestamp))?;
        let (timestamp, signed_at) =
            read_timestamp(&timestamp).ok_or(RequestFault::Mistyped(AuthenticationMember::Timestamp))?;
        let signature = take_text(signature, AuthenticationMember::Signature)?;
        Ok(Self { api_id, timestamp, signed_at, signature, parameters })
    }

    /// The key that is said to have signed this.
    pub fn api_id(&self) -> &str {
        &self.api_id
    }

    /// The timestamp as it is signed.
    pub fn timestamp(&self) -> &str {
        &self.timestamp
    }

    /// The timestamp in Unix seconds. Not yet compared with any clock.
    pub fn signed_at(&self) -> i64 {
        self.signed_at
    }

    /// The signature as sent, be it of the right form or not.
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// The business parameter with this key.
    pub fn parameter(&self, key: &str) -> Option<&Value<'a>> {
        let place = self.parameters.binary_search_by(|(known, _)| known.as_ref().cmp(key)).ok()?;
        self.parameters.get(place).map(|(_, value)| value)
    }

    /// All business parameters, sorted by the bytes of their keys.
    pub fn parameters(&self) -> slice::Iter<'_, Member<'a>> {
        self.parameters.iter()
    }

    /// The canonical body, for an explanation to whoever signs something else. A check doesn't need it.
    pub fn canonical_body(&self, separators: LineSeparators) -> String {
        let mut canonical = String::new();
        write_canonical(&self.parameters, separators, &mut canonical);
        canonical
    }

    /// The hash of the canonical body.
    pub fn body_hash(&self, separators: LineSeparators) -> BodyHash {
        BodyHash::of_parameters(&self.parameters, separators)
    }
}

/// Whether all programs sort this key alike: `[A-Za-z_][A-Za-z0-9_.-]*`.
fn is_sortable(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

/// The text of an authentication member that has to be a string.
fn take_text(value: Option<Value<'_>>, member: AuthenticationMember) -> Result<Cow<'_, str>, RequestFault> {
    match value {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(RequestFault::Mistyped(member)),
        None => Err(RequestFault::Missing(member)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{JsonError, JsonFault};

    fn fault(body: &str) -> Option<RequestFault> {
        SignedRequest::read(body.as_bytes()).err()
    }

    #[test]
    fn parameters_are_found_and_sorted_and_authentication_is_not_among_them() -> Result<(), RequestFault> {
        let body =
            br#"{"b":1,"signature":"s","a.c":2,"api_id":"i","Z":true,"_":null,"timestamp":"12","a":"x\/y","a-b":3}"#;
        let request = SignedRequest::read(body)?;
        assert_eq!((request.api_id(), request.timestamp(), request.signature()), ("i", "12", "s"));
        assert_eq!(request.signed_at(), 12);
        assert_eq!(
            request.parameters().map(|(key, _)| key.as_ref()).collect::<Vec<_>>(),
            ["Z", "_", "a", "a-b", "a.c", "b"]
        );
        assert_eq!(request.parameter("a").and_then(Value::as_str), Some("x/y"));
        assert_eq!(request.parameter("Z"), Some(&Value::Bool(true)));
        assert_eq!(request.parameter("api_id"), None);
        assert_eq!(
            request.canonical_body(LineSeparators::Escaped),
            r#"{"Z":true,"_":null,"a":"x/y","a-b":3,"a.c":2,"b":1}"#
        );
        Ok(())
    }

    #[test]
    fn what_is_missing_or_mistyped_is_named() {
        use AuthenticationMember::{ApiId, Signature, Timestamp};
        let cases = [
            ("{}", RequestFault::Missing(ApiId)),
            (r#"{"api_id":"i"}"#, RequestFault::Missing(Timestamp)),
            (r#"{"api_id":"i","timestamp":1}"#, RequestFault::Missing(Signature)),
            (r#"{"api_id":1,"timestamp":1,"signature":"s"}"#, RequestFault::Mistyped(ApiId)),
            (r#"{"api_id":"i","timestamp":1.0,"signature":"s"}"#, RequestFault::Mistyped(Timestamp)),
            (r#"{"api_id":"i","timestamp":null,"signature":"s"}"#, RequestFault::Mistyped(Timestamp)),
            (r#"{"api_id":"i","timestamp":1,"signature":null}"#, RequestFault::Mistyped(Signature)),
        ];
        for (body, expected) in cases {
            assert_eq!(fault(body), Some(expected), "{body}");
        }
        assert_eq!(RequestFault::Missing(ApiId).to_string(), "`api_id` is missing");
    }

    #[test]
    fn keys_that_programs_sort_differently_are_refused() {
        for key in ["", "0", "12", "1a", ".a", "-a", "a b", "é", "aé", "a\u{7f}", "$a", "a[0]"] {
            let body = format!(r#"{{"api_id":"i","timestamp":1,"signature":"s","{key}":1}}"#);
            assert_eq!(fault(&body), Some(RequestFault::BadKey(key.to_owned())));
        }
        let long = "é".repeat(10_000);
        assert_eq!(fault(&format!(r#"{{"{long}":1}}"#)), Some(RequestFault::BadKey("é".repeat(64))));
        assert_eq!(fault(r#"{"x":{"0":1,"é":2},"api_id":"i","timestamp":1,"signature":"s"}"#), None);
    }

    #[test]
    fn a_malformed_body_says_where() {
        let error = JsonError { position: 12, fault: JsonFault::DuplicateKey("a".to_owned()) };
        assert_eq!(fault(r#"{"a":1,"a":2}"#), Some(RequestFault::Malformed(error)));
    }
}
