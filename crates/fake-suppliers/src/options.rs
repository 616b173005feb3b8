//! How a fake is started.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use crate::plan::Plan;
use crate::signature::Credentials;
use crate::time::{Clock, SystemClock};

/// Everything that is decided before a fake starts.
#[derive(Clone)]
pub struct Options {
    /// Whose interface it speaks.
    pub supplier: Supplier,
    /// Where it listens; port 0 is a free one.
    pub listen: SocketAddr,
    /// Whose requests it takes.
    pub credentials: Credentials,
    /// Where callbacks go.
    pub webhook: Option<Webhook>,
    /// The journal's file. Without it the journal is lost with the fake.
    pub journal: Option<PathBuf>,
    /// What goes wrong.
    pub plan: Plan,
    /// The deposit before anything was paid, in rupiah.
    pub balance: i64,
    /// When pending transactions settle.
    pub settling: Settling,
    /// Whether it refuses calls that come too often, or at times when it is closed.
    pub limits: bool,
    /// Whether a customer has the next bill as soon as one is paid. Test numbers always do.
    pub fresh_bills: bool,
    /// What tells it the time.
    pub clock: Arc<dyn Clock>,
}

/// Whose interface a fake speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supplier {
    /// The buyer API of Digiflazz.
    Digiflazz,
    /// IAK, formerly MobilePulsa: postpaid and prepaid.
    Iak,
}

/// Where callbacks go.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Begins with `http://`.
    pub url: String,
    /// Signs Digiflazz's webhooks; without it they bear no signature. IAK signs with the API key.
    #[serde(default)]
    pub secret: Option<String>,
}

/// When pending transactions settle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Settling {
    /// As the supplier itself does it: after two seconds, but IAK's postpaid ones only by hand, as in its sandbox.
    #[default]
    AsTheSupplier,
    /// All of them so much after they began.
    After(Duration),
    /// Only by hand, through [`crate::Running::settle`] or `POST /_fake/settle`.
    ByHand,
}

impl Options {
    /// A fake in a test: a free port, no journal's file, no faults, plenty of money, and user `loket` with key `dev-key`.
    pub fn new(supplier: Supplier) -> Self {
        Self {
            supplier,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            credentials: Credentials { username: "loket".to_owned(), api_key: "dev-key".to_owned() },
            webhook: None,
            journal: None,
            plan: Plan::none(),
            balance: 1_000_000_000,
            settling: Settling::default(),
            limits: true,
            fresh_bills: false,
            clock: Arc::new(SystemClock),
        }
    }
}
