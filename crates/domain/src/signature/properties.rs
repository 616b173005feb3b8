//! What holds for all requests, checked with random ones.

use proptest::prelude::*;

use super::*;
use crate::json::{LineSeparators, Object, Value};

fn key() -> SigningKey {
    SigningKey::new("toko", "kunci", "rahasia")
}

fn parameters() -> impl Strategy<Value = Vec<(String, String)>> {
    let text = prop_oneof![".{0,8}", "[\u{2028}\u{2029}/\"\\\\é]{0,4}"];
    prop::collection::btree_map("[A-Za-z_][A-Za-z0-9_.-]{0,6}", text, 0..20)
        .prop_map(|members| members.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

fn object_of(parameters: &[(String, String)]) -> Object<'_> {
    let mut object = Object::new();
    for (key, value) in parameters {
        object.set(key.as_str(), value.as_str());
    }
    object
}

/// `body`, its parameters signed with line separators as they are in JavaScript and Python.
fn sign_raw(body: &str, key: &SigningKey) -> Result<String, RequestFault> {
    let request = SignedRequest::read(body.as_bytes())?;
    let signature = key.sign(request.timestamp(), &request.body_hash(LineSeparators::Raw));
    Ok(body.replace(request.signature(), &signature))
}

proptest! {
    #[test]
    fn what_is_composed_verifies_and_is_sorted(parameters in parameters(), timestamp in 0..999_999_999_999_999_i64) {
        let body = compose(&object_of(&parameters), &key(), timestamp);
        let request = SignedRequest::read(body.as_bytes()).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
        prop_assert!(key().verifies(&request));
        prop_assert_eq!(request.signed_at(), timestamp);
        prop_assert!(request.parameters().is_sorted_by_key(|(key, _)| key.as_bytes()));
        for (key, value) in parameters.iter().filter(|(key, _)| AuthenticationMember::from_key(key).is_none()) {
            prop_assert_eq!(request.parameter(key).and_then(Value::as_str), Some(value.as_str()));
        }
    }

    #[test]
    fn line_separators_may_be_signed_raw(before in "[a-z]{0,3}", after in "[a-z\u{2029}]{0,3}") {
        let text = format!("{before}\u{2028}{after}");
        let mut parameters = Object::new();
        parameters.set("note", text.as_str());
        let body = sign_raw(&compose(&parameters, &key(), 1), &key()).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
        for wire in [body.clone(), body.replace("\\u2028", "\u{2028}")] {
            let request = SignedRequest::read(wire.as_bytes()).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
            prop_assert!(key().verifies(&request), "{}", wire);
            let other = wire.replace("note", "nota");
            let request = SignedRequest::read(other.as_bytes()).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
            prop_assert!(!key().verifies(&request), "{}", other);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..80), text in "[\\PC\"\\\\{}:,]{0,40}") {
        for body in [&bytes, text.as_bytes(), format!(r#"{{"api_id":"i","timestamp":1,"signature":"{text}"}}"#).as_bytes()] {
            if let Ok(request) = SignedRequest::read(body) {
                prop_assert!(!key().verifies(&request));
            }
        }
    }
}

#[test]
fn a_key_shows_neither_its_secret_nor_its_api_key() {
    let shown = format!("{:?}", key());
    assert_eq!(shown, r#"SigningKey { api_id: "toko", .. }"#);
}

#[test]
fn the_string_to_sign_is_what_is_signed() -> Result<(), RequestFault> {
    use hmac::{Hmac, KeyInit, Mac};

    let body = compose(&Object::new(), &key(), 1_748_678_400);
    let request = SignedRequest::read(body.as_bytes())?;
    let hash = request.body_hash(LineSeparators::Escaped);
    let text = key().string_to_sign(request.timestamp(), &hash);
    assert_eq!(text, format!("toko|kunci|1748678400|{hash}"));
    let mac =
        Hmac::<sha2::Sha256>::new_from_slice(b"rahasia").map(|mac| mac.chain_update(text).finalize().into_bytes());
    let hex = mac.map(|mac| mac.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect::<Vec<_>>());
    assert_eq!(hex.as_deref(), Ok(request.signature().as_bytes()));
    Ok(())
}
