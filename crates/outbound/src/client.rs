//! The HTTP client for suppliers.
//!
//! - It asks once. Nothing is retried: not by us, not by the library underneath.
//! - Whoever called learns which of three things happened: an answer came; provably nothing of the request had left; or it may have been
//!   received, and nobody knows ([`Reply`]).
//! - Every request has a connection of its own. An idle connection may be dead without our knowing, and then nobody could say what of a
//!   request got through. A handshake costs a supplier's call some hundredths of a second, and that every failure to connect is proof.
//! - No redirects, no proxy from the environment, no compression; limits on time and on length.
//!
//! Deliberately absent: knowledge of any supplier. Webhooks have a client of their own ([`crate::webhook`]), with other promises.

mod address;
mod limits;
mod parcel;
mod reply;
#[cfg(test)]
mod tests;

use std::sync::atomic::Ordering;

use parking_lot::Mutex;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Body, RequestBuilder, Response, Url};

use crate::client::address::Transport;
use crate::client::parcel::Parcel;
use crate::transport::{self, whole};

pub use address::AddressFault;
pub use limits::{CallLimit, Limits};
pub use parcel::leaving_only_if;
pub use reply::Reply;

/// Sends requests. Made at once, opened at the first request: without certificates of authorities on the machine it can't be opened, and
/// that must not keep a house from starting that asks nobody.
#[derive(Debug)]
pub struct Client {
    limits: Limits,
    encrypted: Mutex<Option<reqwest::Client>>,
    plain: Mutex<Option<reqwest::Client>>,
}

impl Client {
    /// A client with these limits.
    pub const fn new(limits: Limits) -> Self {
        Self { limits, encrypted: Mutex::new(None), plain: Mutex::new(None) }
    }

    /// What its callers are to keep to.
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether it would send anything to that address. Asked when a configuration is read, so that a mistake isn't found by an order.
    pub fn check_address(url: &str) -> Result<(), AddressFault> {
        address::parse(url).map(drop)
    }

    /// Posts JSON once.
    pub async fn post_json(&self, url: &str, body: String, limit: CallLimit) -> Reply {
        let (client, url) = match self.open(url) {
            Ok(opened) => opened,
            Err(why) => return Reply::not_sent(why),
        };
        let (parcel, is_kept) = Parcel::new(body);
        let request = client.post(url).header(CONTENT_TYPE, "application/json").body(Body::wrap(parcel));
        match ask(request, limit).await {
            Reply::Lost { why, .. } if is_kept.load(Ordering::SeqCst) => Reply::NotSent { why },
            reply => reply,
        }
    }

    /// The address, and the client that may go there.
    fn open(&self, url: &str) -> Result<(reqwest::Client, Url), String> {
        let (url, transport) = address::parse(url).map_err(|fault| fault.to_string())?;
        let mut place = match transport {
            Transport::Encrypted => self.encrypted.lock(),
            Transport::Plain => self.plain.lock(),
        };
        if let Some(client) = &*place {
            return Ok((client.clone(), url));
        }
        // A failure isn't kept: certificates can be installed while we run.
        let client = build(transport, &self.limits).map_err(|error| whole(&error))?;
        Ok((place.insert(client).clone(), url))
    }
}

fn build(kind: Transport, limits: &Limits) -> reqwest::Result<reqwest::Client> {
    let builder = transport::builder(limits.connect).pool_max_idle_per_host(0);
    match kind {
        Transport::Encrypted => builder.https_only(true),
        // It needs no authorities, and so works where there are none.
        Transport::Plain => builder.tls_certs_only([]),
    }
    .build()
}

async fn ask(request: RequestBuilder, limit: CallLimit) -> Reply {
    match request.timeout(limit.time).send().await {
        Ok(response) => listen(response, limit).await,
        // Resolving, connecting and the handshake come before the first byte of a request, and here every request has its own.
        Err(error) if error.is_connect() || error.is_builder() => Reply::not_sent(whole(&error.without_url())),
        Err(error) => Reply::lost(whole(&error.without_url()), None, &[]),
    }
}

/// Reads an answer to its end.
async fn listen(mut response: Response, limit: CallLimit) -> Reply {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = limit.bytes.saturating_sub(body.len());
                body.extend(chunk.iter().take(room));
                if chunk.len() > room {
                    return Reply::lost(
                        format!("the answer is longer than {} bytes", limit.bytes),
                        Some(status),
                        &body,
                    );
                }
            }
            Ok(None) => return Reply::answered(status, &body),
            Err(error) => return Reply::lost(whole(&error.without_url()), Some(status), &body),
        }
    }
}
