//! What became of a webhook.

use std::error::Error;
use std::io;
use std::sync::Arc;

use thiserror::Error;

use super::{HeaderFault, RetryAfter};
use crate::guard::GuardFault;
use crate::transport::{chain, whole};

/// What came of sending a webhook once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// The head of an answer came, and with it the status, which decides.
    Answered {
        /// Its HTTP status. Any 2xx acknowledges.
        status: u16,
        /// When the receiver wants to hear from us again, if it said so in a way that is understood. Whoever waits must cap it.
        retry_after: Option<RetryAfter>,
        /// What was read of its body, for people. Bytes that are no UTF-8 are replaced.
        body: String,
        /// Whether that is all of it. Otherwise it was too long, broke off, or didn't end in time.
        is_whole: bool,
    },
    /// No answer came. The receiver may have read the webhook all the same.
    Failed {
        /// What kind of failure.
        fault: DeliveryFault,
        /// What happened, for people: without address, and without what a name turned out to mean.
        why: Arc<str>,
    },
}

/// Why no answer came.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum DeliveryFault {
    /// The endpoint's address may not be gone to, as it is written or as it turned out. Nothing left.
    #[error("{0}")]
    Forbidden(GuardFault),
    /// A header can't be sent. Nothing left.
    #[error("a header can't be sent: {0}")]
    Header(HeaderFault),
    /// Our own trouble: there are no certificates of authorities on this machine. Nothing left.
    #[error("this machine can't open encrypted connections")]
    NotOpened,
    /// Nobody knows the name. Nothing left.
    #[error("the host has no address")]
    UnknownHost,
    /// Nobody listens there, or the connection broke before it stood. Nothing left.
    #[error("there is no connection to the host")]
    Unreachable,
    /// The certificate isn't valid for this name and this day, or there is no encryption at all. Nothing left.
    #[error("the host's certificate or encryption is not valid")]
    Tls,
    /// No connection, or no answer, within the limits.
    #[error("the host did not answer in time")]
    TimedOut,
    /// The connection ended without an answer, or what came isn't HTTP.
    #[error("the host gave no answer")]
    Broken,
}

impl Delivery {
    /// Whether the receiver has it, and need not be told again.
    pub fn is_acknowledged(&self) -> bool {
        matches!(self, Self::Answered { status: 200..300, .. })
    }

    pub(super) fn failed(fault: DeliveryFault) -> Self {
        Self::Failed { fault, why: fault.to_string().into() }
    }

    pub(super) fn failed_by(fault: DeliveryFault, error: &(dyn Error + 'static)) -> Self {
        Self::Failed { fault, why: format!("{fault}: {}", whole(error)).into() }
    }

    /// What the library said, without the URL: there may be secrets in it.
    pub(super) fn of(error: reqwest::Error) -> Self {
        let error = error.without_url();
        match kind(&error) {
            fault @ DeliveryFault::Forbidden(_) => Self::failed(fault),
            fault => Self::failed_by(fault, &error),
        }
    }
}

fn kind(error: &reqwest::Error) -> DeliveryFault {
    if let Some(fault) = chain(error).find_map(|error| error.downcast_ref()) {
        DeliveryFault::Forbidden(*fault)
    } else if error.is_timeout() {
        DeliveryFault::TimedOut
    } else if error.is_dns() {
        DeliveryFault::UnknownHost
    } else if chain(error).any(is_tls) {
        DeliveryFault::Tls
    } else if error.is_connect() {
        DeliveryFault::Unreachable
    } else {
        DeliveryFault::Broken
    }
}

/// Errors of TLS lie within those of I/O, some layers deep, and aren't named as their source.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let within = error.downcast_ref().and_then(io::Error::get_ref);
    error.is::<rustls::Error>() || within.is_some_and(|within| is_tls(within))
}
