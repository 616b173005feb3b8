//! Reads what happens from a server that can't reach this machine, and passes it on as the server would have sent it.

use std::error::Error;
use std::time::Duration;

use app::seams::{Clock, SystemClock};
use bytes::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::super::super::keys::KeyArgs;
use super::super::super::signed_call::signed_call;
use super::super::super::{ServerAddress, output};
use super::destination::Destination;
use super::key_ring::KeyRing;
use super::line::Line;
use super::webhook::Webhook;

/// How often it is looked whether something happened.
const PAUSE: Duration = Duration::from_secs(2);
/// How many events are read at once.
const PAGE: u32 = 100;

/// Whoever reads.
pub struct Puller {
    api: ServerAddress,
    keys: KeyArgs,
    key_ring: KeyRing,
    destination: Destination,
    lines: UnboundedSender<Line>,
    /// The number of the last event that was read.
    after: i64,
}

/// Whether it went well.
#[derive(Deserialize)]
struct Verdict {
    success: bool,
    code: String,
    message: String,
}

#[derive(Deserialize)]
struct Page {
    data: Vec<PulledEvent>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    next: i64,
    has_more: bool,
}

#[derive(Deserialize)]
struct PulledEvent {
    id: String,
    /// Byte for byte what a webhook would bring: it is signed as it is.
    payload: Box<RawValue>,
}

impl Puller {
    /// Begins behind the newest event.
    pub async fn start(
        api: ServerAddress,
        keys: KeyArgs,
        key_ring: KeyRing,
        destination: Destination,
        lines: UnboundedSender<Line>,
    ) -> Result<Self, Box<dyn Error>> {
        let mut puller = Self { api, keys, key_ring, destination, lines, after: 0 };
        puller.after = puller.page("newest".into()).await.map_err(|fault| fault.why)?.meta.next;
        Ok(puller)
    }

    /// Where it reads.
    pub fn api(&self) -> &ServerAddress {
        &self.api
    }

    /// Reads and passes on, for ever. A server that is away for a while is waited for.
    pub async fn pull(mut self) -> Result<(), Box<dyn Error>> {
        let clock = SystemClock::start();
        let mut was_away = false;
        loop {
            let has_more = match self.page(self.after.into()).await {
                Ok(page) => {
                    was_away = false;
                    for event in page.data {
                        self.pass_on(event, &clock).await?;
                    }
                    self.after = page.meta.next;
                    page.meta.has_more
                }
                Err(fault) if fault.is_final => return Err(fault.why),
                Err(fault) => {
                    if !was_away {
                        output::remark(&fault.why.to_string());
                    }
                    was_away = true;
                    false
                }
            };
            if !has_more {
                clock.sleep(PAUSE).await;
            }
        }
    }

    async fn pass_on(&self, event: PulledEvent, clock: &SystemClock) -> Result<(), Box<dyn Error>> {
        let body = Bytes::from(event.payload.get().to_owned());
        let mut headers = HeaderMap::new();
        for (name, value) in self.key_ring.sign(&event.id, &body, clock.wall()) {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_str(&value)?);
        }
        let webhook = Webhook::new(headers, body);
        let answer = self.destination.forward(&webhook).await;
        // Nobody listens any more when the program ends.
        let _ = self.lines.send(Line::about(&webhook, &answer, &self.key_ring, clock.wall()));
        Ok(())
    }

    async fn page(&self, after: Value) -> Result<Page, Fault> {
        let parameters = json!({ "cmd": "events", "after": after, "limit": PAGE }).to_string();
        let answer = signed_call(&self.api, "/v1/events", parameters.as_bytes(), &self.keys).await?;
        let verdict: Verdict = serde_json::from_slice(answer.body())
            .map_err(|error| format!("{}: HTTP {}, and no answer of a Loket: {error}", self.api, answer.status()))?;
        if !verdict.success {
            let sentence = format!("{}: {}: {}", self.api, verdict.code, verdict.message);
            let is_final = answer.status().is_client_error() && answer.status() != StatusCode::TOO_MANY_REQUESTS;
            return Err(Fault { is_final, ..Fault::from(sentence) });
        }
        serde_json::from_slice(answer.body()).map_err(Fault::from)
    }
}

/// Why there is no page.
struct Fault {
    why: Box<dyn Error>,
    /// Asking again would not help.
    is_final: bool,
}

impl<E: Into<Box<dyn Error>>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self { why: error.into(), is_final: false }
    }
}
