//! The body of a webhook about a webhook.

use std::sync::Arc;

use super::EventKind;
use super::members::{put_member, put_null, put_number, put_string};
use crate::endpoint::{Endpoint, EndpointState};
use crate::id::Mode;
use crate::time::Timestamp;

/// What a merchant is told when one of its endpoints is disabled.
#[derive(Clone, Copy, Debug)]
pub struct DisabledBody<'a> {
    /// The endpoint, as it is after that.
    pub endpoint: &'a Endpoint,
    /// The HTTP status of the last try, if one came.
    pub http_status: Option<u16>,
    /// Whether it is only made up.
    pub mode: Mode,
    /// When.
    pub now: Timestamp,
}

impl DisabledBody<'_> {
    /// The bytes: compact JSON, with the names that `/v1/webhooks` has.
    pub fn bytes(&self) -> Arc<[u8]> {
        let (kind, endpoint) = (EventKind::WebhookDisabled, self.endpoint);
        let mut text = String::with_capacity(512);
        text.push_str("{\"event\":");
        put_string(&mut text, kind.name());
        put_member(&mut text, "timestamp", &self.now.wib().rfc3339());
        text.push_str(",\"data\":{\"id\":");
        put_string(&mut text, &endpoint.endpoint_id.to_string());
        put_member(&mut text, "url", &endpoint.url);
        put_member(&mut text, "description", &endpoint.description);
        put_member(&mut text, "status", if endpoint.state == EndpointState::Gone { "gone" } else { "failing" });
        match endpoint.failing_since() {
            Some(since) => put_member(&mut text, "failing_since", &since.wib().rfc3339()),
            None => put_null(&mut text, "failing_since"),
        }
        match self.http_status {
            Some(status) => put_number(&mut text, "http_status", i64::from(status)),
            None => put_null(&mut text, "http_status"),
        }
        put_member(&mut text, "message", kind.message());
        if self.mode == Mode::Testing {
            text.push_str(",\"testing\":true");
        }
        text.push_str("}}");
        text.into_bytes().into()
    }
}
