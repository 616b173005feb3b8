//! A URL that passed.

use reqwest::Url;

use super::Reach;
use super::written_url::Host;

/// A URL that webhooks may go to, unless its name turns out to mean an address that they may not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Destination {
    url: Url,
    host: Host,
    reach: Reach,
}

impl Destination {
    pub(super) fn new(url: Url, host: Host, reach: Reach) -> Self {
        Self { url, host, reach }
    }

    /// The URL as it is sent to: scheme and host in lower case, a usual port left out.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    pub(crate) fn into_url(self) -> Url {
        self.url
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }

    pub(crate) fn reach(&self) -> Reach {
        self.reach
    }

    /// Scheme, host and port: what connections are kept by.
    pub(crate) fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }
}
