//! The connections that are kept, and a bound on them.
//!
//! The library bounds the idle connections to one receiver, but not the receivers. With ten thousand of them, each told something within the
//! few seconds for which a connection is kept, ten thousand connections would lie idle, each with its buffers and its file descriptor. So
//! what has met its limit of receivers is put away whole, with all that lies idle in it, and another begins; requests that are under way end
//! where they began. Few receivers never come to the limit; with many, a connection kept was unlikely to be used again.

use std::collections::HashSet;
use std::sync::Arc;

use parking_lot::Mutex;
use reqwest::{Certificate, Client};

use super::resolver::GuardedResolver;
use super::{NameServer, WebhookLimits};
use crate::guard::{Destination, Guard, Reach};
use crate::transport;

/// Of idle connections to one receiver. Most have one event at a time.
const IDLE_EACH: usize = 2;

/// Opens and keeps connections.
pub struct Lines {
    guard: Arc<Guard>,
    names: Arc<dyn NameServer>,
    limits: WebhookLimits,
    authorities: Option<Vec<Certificate>>,
    kept: Mutex<Kept>,
}

/// What is kept until its receivers are too many.
#[derive(Default)]
struct Kept {
    receivers: HashSet<String>,
    clients: Vec<(Kind, Client)>,
}

/// What the library's client is made for. The library asks for a name's addresses without saying what for, so each reach has its own.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    is_encrypted: bool,
    reach: Reach,
}

impl Lines {
    /// `authorities` are believed when they vouch for a receiver; `None`: those that this machine believes.
    pub fn new(
        guard: Arc<Guard>,
        names: Arc<dyn NameServer>,
        limits: WebhookLimits,
        authorities: Option<Vec<Certificate>>,
    ) -> Self {
        Self { guard, names, limits, authorities, kept: Mutex::default() }
    }

    /// The client for this destination.
    pub fn to(&self, destination: &Destination) -> reqwest::Result<Client> {
        let kind = Kind { is_encrypted: destination.is_encrypted(), reach: destination.reach() };
        let mut kept = self.kept.lock();
        let receiver = destination.origin();
        if !kept.receivers.contains(&receiver) {
            if kept.receivers.len() >= self.limits.kept_receivers {
                *kept = Kept::default();
            }
            kept.receivers.insert(receiver);
        }
        if let Some((_, client)) = kept.clients.iter().find(|(known, _)| *known == kind) {
            return Ok(client.clone());
        }
        // A failure isn't kept: certificates can be installed while we run.
        let client = self.open(kind)?;
        kept.clients.push((kind, client.clone()));
        Ok(client)
    }

    fn open(&self, kind: Kind) -> reqwest::Result<Client> {
        let resolver =
            GuardedResolver { guard: Arc::clone(&self.guard), reach: kind.reach, names: Arc::clone(&self.names) };
        let builder = transport::builder(self.limits.connect)
            .dns_resolver(resolver)
            .pool_max_idle_per_host(IDLE_EACH)
            .pool_idle_timeout(self.limits.idle);
        let builder = match &self.authorities {
            // Plain connections need none, and so work where there are none.
            _ if !kind.is_encrypted => builder.tls_certs_only([]),
            Some(authorities) => builder.https_only(true).tls_certs_only(authorities.clone()),
            None => builder.https_only(true),
        };
        builder.build()
    }
}
