//! What is printed of a webhook.

use std::fmt::Write;

use bytes::Bytes;
use domain::time::Timestamp;
use hyper::Response;
use serde::Serialize;

use super::super::super::exchange::ExchangeError;
use super::key_ring::KeyRing;
use super::webhook::Webhook;

/// One webhook and what became of it.
#[derive(Serialize)]
pub struct Line {
    /// When it came, in WIB.
    time: String,
    /// What happened.
    event: String,
    /// To which order.
    ref_id: String,
    /// By what it is known again.
    webhook_id: String,
    /// What the program behind answered; 502: it couldn't be reached.
    status: u16,
    /// Why it couldn't.
    fault: Option<String>,
    /// Whether `X-Signature` holds.
    x_signature: bool,
    /// Whether `webhook-signature` holds; absent: no secret was given.
    webhook_signature: Option<bool>,
    /// Why it doesn't.
    webhook_fault: Option<String>,
}

impl Line {
    /// About a webhook and how the program behind took it.
    pub fn about(
        webhook: &Webhook,
        answer: &Result<Response<Bytes>, ExchangeError>,
        key_ring: &KeyRing,
        now: Timestamp,
    ) -> Self {
        let about = webhook.about();
        let standard = key_ring.check(webhook, now);
        Self {
            time: now.wib().to_string(),
            event: about.event,
            ref_id: about.data.ref_id,
            webhook_id: webhook.header("webhook-id").to_owned(),
            status: answer.as_ref().map_or(502, |answer| answer.status().as_u16()),
            fault: answer.as_ref().err().map(ToString::to_string),
            x_signature: key_ring.x_signature_holds(webhook),
            webhook_signature: standard.map(|standard| standard.is_ok()),
            webhook_fault: standard.and_then(Result::err).map(|fault| fault.to_string()),
        }
    }
}

/// The line for people.
pub fn in_words(line: &Line) -> String {
    let verdict = |holds: bool| if holds { "OK" } else { "FAIL" };
    let Line { time, event, ref_id, status, .. } = line;
    let mut text = format!("{time}  {event}  {ref_id}  {status}  X-Signature {}", verdict(line.x_signature));
    if let Some(holds) = line.webhook_signature {
        // Writing to a String cannot fail.
        let _ = write!(text, "  webhook-signature {}", verdict(holds));
    }
    for why in [&line.webhook_fault, &line.fault].into_iter().flatten() {
        let _ = write!(text, "  ({why})");
    }
    // What came in may be meant for our terminal.
    text.retain(|character| !character.is_control());
    text
}
