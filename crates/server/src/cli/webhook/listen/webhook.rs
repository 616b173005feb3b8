//! A webhook on its way through.

use bytes::Bytes;
use hyper::HeaderMap;
use hyper::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderName, TE, TRAILER, TRANSFER_ENCODING, UPGRADE};
use serde::Deserialize;

/// Concern one connection, and so end with it.
const OF_CONNECTIONS: [HeaderName; 8] =
    [CONNECTION, CONTENT_LENGTH, HOST, HeaderName::from_static("keep-alive"), TE, TRAILER, TRANSFER_ENCODING, UPGRADE];

/// What was sent: the body byte for byte, and every header but those of the connection.
pub struct Webhook {
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// What a body says about itself; empty where it doesn't.
#[derive(Deserialize, Default)]
pub struct About {
    /// What happened.
    #[serde(default)]
    pub event: String,
    /// To which order.
    #[serde(default)]
    pub data: Order,
}

/// The order's name.
#[derive(Deserialize, Default)]
pub struct Order {
    /// As the merchant calls it.
    #[serde(default)]
    pub ref_id: String,
}

impl Webhook {
    /// What came over a connection.
    pub fn new(headers: HeaderMap, body: Bytes) -> Self {
        Self { headers: without_connection(headers), body }
    }

    /// A header's text; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// What it is about.
    pub fn about(&self) -> About {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// The headers that go on to the next connection.
pub fn without_connection(mut headers: HeaderMap) -> HeaderMap {
    for name in &OF_CONNECTIONS {
        headers.remove(name);
    }
    headers
}
