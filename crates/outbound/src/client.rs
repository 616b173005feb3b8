//! The HTTP client for suppliers.
//!
//! - It asks once. Nothing is retried: not by us, and there is no library underneath that could.
//! - Whoever called learns which of three things happened: an answer came; provably nothing of the request had left; or it may have been
//!   received, and nobody knows ([`Reply`]).
//! - Every request has a connection of its own. An idle connection may be dead without our knowing, and then nobody could say what of a
//!   request got through. A handshake costs a supplier's call some hundredths of a second, and that every failure to connect is proof.
//! - No redirects, no proxy from the environment, no compression; limits on time and on length.
//! - Thousands may wait at once for a slow supplier, so a question that waits for its answer holds a socket and little else: its words are
//!   let go when they are sent, and there is room for the answer when it comes.
//!
//! Deliberately absent: knowledge of any supplier. Webhooks have a client of their own ([`crate::webhook`]), with other promises.

mod address;
mod answer;
mod answer_fault;
mod departure;
mod head;
mod limits;
mod link;
mod reply;
mod request;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::future::poll_fn;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Poll, ready};
use std::time::Duration;

use parking_lot::Mutex;
use rustls::ClientConfig;
use tokio::io::{AsyncWriteExt, ReadBuf};
use url::Url;

use crate::client::address::Transport;
use crate::client::answer::Answer;
use crate::client::link::Link;
use crate::transport::whole;

pub use address::AddressFault;
pub use departure::leaving_only_if;
pub use limits::{CallLimit, Limits};
pub use reply::Reply;

/// The most that is read at once.
const PIECE: usize = 8 * 1024;

/// Why there is no answer.
type Fault = Box<dyn Error + Send + Sync>;

/// Sends requests. The machine's certificates are read at the first request that needs them: a machine without them must not keep a house
/// from starting that asks nobody.
#[derive(Debug)]
pub struct Client {
    limits: Limits,
    rules: Mutex<Option<Arc<ClientConfig>>>,
}

/// How far a request got.
struct Progress {
    /// A byte of it may have left.
    has_left: bool,
    answer: Answer,
}

impl Client {
    /// A client with these limits.
    pub const fn new(limits: Limits) -> Self {
        Self { limits, rules: Mutex::new(None) }
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
        let mut progress = Progress { has_left: false, answer: Answer::new(limit.bytes) };
        let asked = within(limit.time, self.ask(url, body, &mut progress)).await;
        let Progress { has_left, answer: Answer { status, body, .. } } = progress;
        match (asked, status) {
            (Ok(()), Some(status)) => Reply::answered(status, &body),
            (Ok(()), None) => Reply::lost(String::from("an answer without a status"), None, &body),
            // Whoever was asked is no longer: what didn't leave until now never will.
            (Err(fault), _) if !has_left => Reply::not_sent(whole(&*fault)),
            (Err(fault), status) => Reply::lost(whole(&*fault), status, &body),
        }
    }

    async fn ask(&self, url: &str, body: String, progress: &mut Progress) -> Result<(), Fault> {
        let (url, transport) = address::parse(url)?;
        let mut link = self.connect(&url, transport).await?;
        let request = request::post_json(&url, &body);
        drop((url, body));
        if !departure::may_leave() {
            return Err("it was too late to send".into());
        }
        progress.has_left = true;
        link.write_all(&request).await?;
        link.flush().await?;
        drop(request);
        listen(&mut *link, &mut progress.answer).await
    }

    async fn connect(&self, url: &Url, transport: Transport) -> Result<Box<dyn Link>, Fault> {
        let rules = match transport {
            Transport::Encrypted => Some(self.rules()?),
            Transport::Plain => None,
        };
        // A future of some kilobytes that is done long before an answer comes.
        Box::pin(within(self.limits.connect, link::open(url, rules))).await
    }

    fn rules(&self) -> Result<Arc<ClientConfig>, Fault> {
        let mut place = self.rules.lock();
        if let Some(rules) = &*place {
            return Ok(Arc::clone(rules));
        }
        // A failure isn't kept: certificates can be installed while we run.
        let rules = Arc::new(link::rules()?);
        Ok(Arc::clone(place.insert(rules)))
    }
}

/// Does something, if it doesn't take longer.
async fn within<T>(span: Duration, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a socket's patience is measured in real time, whatever the house's clock says"
    )]
    let done = tokio::time::timeout(span, work).await;
    done.unwrap_or_else(|_| Err("timed out".into()))
}

/// Hears an answer to its end.
async fn listen(link: &mut dyn Link, answer: &mut Answer) -> Result<(), Fault> {
    poll_fn(|cx| {
        loop {
            // On the stack, so that whoever waits has none.
            let mut space = [const { MaybeUninit::uninit() }; PIECE];
            let mut piece = ReadBuf::uninit(&mut space);
            ready!(Pin::new(&mut *link).poll_read(cx, &mut piece))?;
            if piece.filled().is_empty() {
                return Poll::Ready(answer.close().map_err(Into::into));
            }
            if answer.take(piece.filled())? {
                return Poll::Ready(Ok(()));
            }
        }
    })
    .await
}
