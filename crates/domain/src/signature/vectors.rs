//! The published vectors: each verifies, is what we compute ourselves, and fails with anything changed.

use std::error::Error;

use super::*;
use crate::json::{LineSeparators, Member, Object, read_object};

/// One of `docs/contract/vectors/signature.json`.
struct Vector {
    name: String,
    wire: String,
    canonical: String,
    body_hash: String,
    signature: String,
    key: SigningKey,
}

fn vectors() -> Result<Vec<Vector>, Box<dyn Error>> {
    let file: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../../../docs/contract/vectors/signature.json"))?;
    let vectors = file.iter().map(|vector| {
        let text = |member: &str| vector[member].as_str().map(str::to_owned).ok_or(format!("no {member} in {vector}"));
        Ok(Vector {
            name: text("name")?,
            wire: text("wire")?,
            canonical: text("canonical")?,
            body_hash: text("body_hash")?,
            signature: text("signature")?,
            key: SigningKey::new(text("api_id")?, text("api_key")?, &text("secret_key")?),
        })
    });
    vectors.collect()
}

/// All that a signature covers, and the signature: two requests that are equal in this are the same request.
fn content<'r, 'a>(request: &'r SignedRequest<'a>) -> (&'r str, &'r str, &'r str, Vec<&'r Member<'a>>) {
    (request.api_id(), request.timestamp(), request.signature(), request.parameters().collect())
}

#[test]
fn every_vector_is_computed_and_verifies() -> Result<(), Box<dyn Error>> {
    let vectors = vectors()?;
    assert!(vectors.len() >= 14);
    for Vector { name, wire, canonical, body_hash, signature, key } in vectors {
        let request = SignedRequest::read(wire.as_bytes())?;
        let hash = request.body_hash(LineSeparators::Escaped);
        assert_eq!(request.canonical_body(LineSeparators::Escaped), canonical, "{name}");
        assert_eq!(hash.to_string(), body_hash, "{name}");
        assert_eq!(key.sign(request.timestamp(), &hash), signature, "{name}");
        assert!(key.verifies(&request), "{name}");
    }
    Ok(())
}

#[test]
fn what_we_compose_has_the_vectors_signature() -> Result<(), Box<dyn Error>> {
    for Vector { name, wire, signature, key, .. } in vectors()? {
        let sent = read_object(wire.as_bytes())?;
        let timestamp = SignedRequest::read(wire.as_bytes())?.signed_at();
        let body = compose(&sent, &key, timestamp);
        let request = SignedRequest::read(body.as_bytes())?;
        assert_eq!(request.signature(), signature, "{name}");
        assert!(key.verifies(&request), "{name}");
    }
    Ok(())
}

/// Every bit of every byte on the wire, one after the other. Some of these change only the spelling (`\u00e9` and
/// `\u00E9`); a request verifies exactly if it still says the same.
#[test]
fn a_vector_with_any_bit_changed_verifies_only_if_it_says_the_same() -> Result<(), Box<dyn Error>> {
    for Vector { name, wire, key, .. } in vectors()? {
        let original = SignedRequest::read(wire.as_bytes())?;
        let mut refused = 0;
        for place in 0..wire.len() {
            for bit in 0..8 {
                let mut changed = wire.clone().into_bytes();
                changed[place] ^= 1 << bit;
                if let Ok(request) = SignedRequest::read(&changed) {
                    let is_same = content(&request) == content(&original);
                    assert_eq!(key.verifies(&request), is_same, "{name}: {}", String::from_utf8_lossy(&changed));
                    refused += usize::from(!is_same);
                }
            }
        }
        assert!(refused > 300, "{name}: only {refused} changes got as far as the signature");
    }
    Ok(())
}

/// Every byte of the canonical body, sent with the signature of the unchanged one.
#[test]
fn a_vector_with_any_byte_of_the_signed_content_changed_fails() -> Result<(), Box<dyn Error>> {
    for Vector { name, wire, canonical, key, .. } in vectors()? {
        let original = SignedRequest::read(wire.as_bytes())?;
        for place in 0..canonical.len() {
            for bit in 0..8 {
                let mut changed = canonical.clone().into_bytes();
                changed[place] ^= 1 << bit;
                let Ok(mut object) = read_object(&changed) else { continue };
                object.set(API_ID, original.api_id());
                object.set(TIMESTAMP, original.timestamp());
                object.set(SIGNATURE, original.signature());
                let body = write(&object);
                let Ok(request) = SignedRequest::read(body.as_bytes()) else { continue };
                let is_same = content(&request) == content(&original);
                assert_eq!(key.verifies(&request), is_same, "{name}: {body}");
            }
        }
    }
    Ok(())
}

#[test]
fn a_parameter_more_or_less_fails() -> Result<(), Box<dyn Error>> {
    for Vector { name, wire, key, .. } in vectors()? {
        let original = read_object(wire.as_bytes())?;
        let mut more = original.clone();
        more.set("x", "");
        let mut changed = vec![more];
        for (dropped, _) in original.iter().filter(|(key, _)| AuthenticationMember::from_key(key).is_none()) {
            let mut less = Object::new();
            for (key, value) in original.iter().filter(|(key, _)| key != dropped) {
                less.set(key.clone(), value.clone());
            }
            changed.push(less);
        }
        for object in changed {
            let body = write(&object);
            assert!(!key.verifies(&SignedRequest::read(body.as_bytes())?), "{name}: {body}");
        }
    }
    Ok(())
}

#[test]
fn another_key_or_another_form_of_the_signature_fails() -> Result<(), Box<dyn Error>> {
    for Vector { name, wire, signature, key, .. } in vectors()? {
        let request = SignedRequest::read(wire.as_bytes())?;
        for (api_id, api_key, secret) in [
            ("your_api_iD", "your_api_key", "your_secret_key"),
            ("your_api_id", "your_api_keY", "your_secret_key"),
            ("your_api_id", "your_api_key", "your_secret_keY"),
            ("your_api_id", "your_api_key", ""),
            ("your_api_id|your_api_key", "", "your_secret_key"),
        ] {
            assert!(
                !SigningKey::new(api_id, api_key, secret).verifies(&request),
                "{name}: {api_id} {api_key} {secret}"
            );
        }
        for other in [
            signature.to_uppercase(),
            signature[1..].to_owned(),
            format!("{signature}0"),
            format!("{signature}\\n"),
            format!(" {signature}"),
            "é".repeat(32),
            "0".repeat(64),
            "z".repeat(64),
            String::new(),
        ] {
            let body = wire.replace(&signature, &other);
            assert!(!key.verifies(&SignedRequest::read(body.as_bytes())?), "{name}: {other}");
        }
    }
    Ok(())
}

fn write(object: &Object<'_>) -> String {
    let mut body = String::new();
    crate::json::Writer::new(&mut body, LineSeparators::Escaped).object(object);
    body
}
