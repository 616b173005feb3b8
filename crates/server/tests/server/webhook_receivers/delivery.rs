//! A webhook as the contract describes it: body and headers, signed by hand, so that a receiver can be given any that Loket would send,
//! and any that it never would.

use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

use crate::harness::now_seconds;

/// Who signs: a merchant's key, and an endpoint's secrets, of which there are two while they are being changed.
#[derive(Clone)]
pub struct Signer {
    /// Signs the body.
    pub secret_key: String,
    /// Sign id, time and body; without `whsec_`, as bytes.
    pub endpoint_secrets: Vec<Vec<u8>>,
}

/// A webhook on its way.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Each header's name in lower case, and its value.
    pub headers: Vec<(&'static str, String)>,
    /// The bytes that are signed.
    pub body: String,
}

impl Signer {
    /// With one secret of the endpoint's.
    pub fn new(secret_key: &str, endpoint_secret: &[u8]) -> Self {
        Self { secret_key: secret_key.to_owned(), endpoint_secrets: vec![endpoint_secret.to_vec()] }
    }

    /// The endpoint's first secret as a merchant gets to see it.
    pub fn endpoint_secret(&self) -> String {
        format!("whsec_{}", BASE64_STANDARD.encode(&self.endpoint_secrets[0]))
    }

    /// A webhook that is sent now.
    pub fn sign(&self, id: &str, body: &str) -> Delivery {
        self.sign_at(now_seconds(), id, body)
    }

    /// A webhook that was sent at this moment, in Unix seconds.
    pub fn sign_at(&self, seconds: i64, id: &str, body: &str) -> Delivery {
        let signed = format!("{id}.{seconds}.{body}");
        let signature = |secret: &Vec<u8>| format!("v1,{}", BASE64_STANDARD.encode(mac(secret, &signed)));
        let signatures: Vec<String> = self.endpoint_secrets.iter().map(signature).collect();
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("x-type-transaction", "ppob".to_owned()),
            ("x-signature", hex::encode(mac(self.secret_key.as_bytes(), body))),
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", signatures.join(" ")),
        ];
        Delivery { headers, body: body.to_owned() }
    }
}

impl Delivery {
    /// The same without a header.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut changed = self.clone();
        changed.headers.retain(|(known, _)| *known != name);
        changed
    }

    /// The same with another value of a header.
    #[must_use]
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut changed = self.without(name);
        changed.headers.push((name, value.to_owned()));
        changed
    }

    /// The same headers over another body.
    #[must_use]
    pub fn over(&self, body: &str) -> Self {
        Self { body: body.to_owned(), ..self.clone() }
    }

    /// The value of a header that is there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value).unwrap()
    }
}

/// The body of an event, written as Loket writes it.
pub fn body(event: &str, ref_id: &str, sn: &str) -> String {
    json!({
        "event": event,
        "timestamp": "2025-01-15T14:30:00+07:00",
        "data": {
            "order_id": 12345,
            "ref_id": ref_id,
            "status": if ["order.failed", "order.refunded"].contains(&event) { "Failed" } else { "Success" },
            "product_code": "TSEL10",
            "product_name": "Telkomsel 10.000",
            "customer_number": "081234567890",
            "price": 11500,
            "sn": sn,
            "message": "Transaksi berhasil",
            "created_at": "2025-01-15T14:29:55+07:00",
            "updated_at": "2025-01-15T14:30:00+07:00",
        },
    })
    .to_string()
}

/// The same JSON with `\u` escapes for all that isn't ASCII, as PHP and Python write it if they aren't told otherwise.
pub fn in_ascii(json: &str) -> String {
    let mut written = String::new();
    for character in json.chars() {
        if character.is_ascii() {
            written.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(written, "\\u{unit:04x}").unwrap();
            }
        }
    }
    written
}

fn mac(key: &[u8], message: &str) -> impl AsRef<[u8]> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(message).finalize().into_bytes()
}
