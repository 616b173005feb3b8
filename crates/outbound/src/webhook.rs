//! The HTTP client for webhooks.
//!
//! Its receivers are chosen by merchants, and may be anything: slow, broken, hostile, or a way to what only we can reach.
//!
//! - It goes only where the [`Guard`] lets it, judged anew for each request and each connection.
//! - The status decides. What came with it is for people to read, so an answer counts from its head on, however its body ends.
//! - Limits on everything: time, length of the answer, and how many receivers' connections are kept.
//! - A webhook is sent at least once, so connections are kept and used again. Nothing that may have left is sent twice from here: only a
//!   request that met a closed connection before its first byte goes over another one. Who wants to try again calls again.
//! - No redirects, no proxy from the environment, no cookies, no compression.
//!
//! Deliberately absent: what a webhook says, its signatures, and when it is tried again.

mod delivery;
mod header;
mod limits;
mod lines;
mod name_server;
mod resolver;
mod retry_after;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use bytes::Bytes;
use reqwest::Response;
use reqwest::header::RETRY_AFTER;

use crate::guard::Guard;
use crate::webhook::lines::Lines;

pub use delivery::{Delivery, DeliveryFault};
pub use header::{HeaderFault, check_header};
pub use limits::WebhookLimits;
pub use name_server::{NameServer, SystemNames};
pub use retry_after::RetryAfter;

/// Sends webhooks. Made at once, opened at the first request: without certificates of authorities on the machine it can't be opened, and
/// that must not keep a house from starting that has no webhooks.
pub struct WebhookSender {
    guard: Arc<Guard>,
    limits: WebhookLimits,
    lines: Lines,
}

impl WebhookSender {
    /// A sender that goes where the guard lets it, and asks this name server.
    pub fn new(guard: Guard, limits: WebhookLimits, names: Arc<dyn NameServer>) -> Self {
        let guard = Arc::new(guard);
        Self { lines: Lines::new(Arc::clone(&guard), names, limits, None), guard, limits }
    }

    /// Who judges its addresses; also asked when one is entered.
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Posts JSON, and says what came of it. Ends within [`WebhookLimits::total`].
    ///
    /// Of two headers with one name the first is sent; those of the endpoint's owner (see [`check_header`]) belong behind ours.
    /// `Content-Type` and those of the connection are set here, and nobody else may set them.
    pub async fn post(&self, url: &str, headers: &[(&str, &str)], body: Bytes) -> Delivery {
        let destination = match self.guard.check_url(url) {
            Ok(destination) => destination,
            Err(fault) => return Delivery::failed(DeliveryFault::Forbidden(fault)),
        };
        let headers = match header::read_all(headers) {
            Ok(headers) => headers,
            Err(fault) => return Delivery::failed(DeliveryFault::Header(fault)),
        };
        let client = match self.lines.to(&destination) {
            Ok(client) => client,
            Err(error) => return Delivery::failed_by(DeliveryFault::NotOpened, &error),
        };
        let request = client.post(destination.into_url()).timeout(self.limits.total).headers(headers).body(body);
        match request.send().await {
            Ok(response) => self.listen(response).await,
            Err(error) => Delivery::of(error),
        }
    }

    /// Reads an answer: to its end, or as far as the limits allow.
    async fn listen(&self, mut response: Response) -> Delivery {
        let status = response.status().as_u16();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| RetryAfter::read(value.to_str().ok()?));
        let mut body = Vec::new();
        // An error ends it too: it may have been broken off, or time is over.
        let is_whole = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    let room = self.limits.answer_bytes.saturating_sub(body.len());
                    body.extend(chunk.iter().take(room));
                    if chunk.len() > room {
                        break false;
                    }
                }
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        Delivery::Answered { status, retry_after, body: String::from_utf8_lossy(&body).into_owned(), is_whole }
    }
}
