//! Who carries a letter: what is outside of the house begins here.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use zeroize::Zeroizing;

/// One request to a receiver.
pub struct Letter {
    /// Where to.
    pub url: Arc<str>,
    /// All headers but `Content-Type`, which is JSON's, and the connection's own: names and values.
    pub headers: Vec<(Arc<str>, Zeroizing<String>)>,
    /// The body.
    pub body: Bytes,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Posted {
    /// The HTTP status, if one came.
    pub status: Option<u16>,
    /// How long the receiver asked us to wait.
    pub retry_after: Option<Duration>,
    /// What it answered, as far as it was read.
    pub answer: Bytes,
    /// What went wrong, if it did.
    pub fault: Option<String>,
    /// It went wrong here, before anything left: that says nothing of the receiver.
    pub is_our_fault: bool,
}

/// Posts letters. Once each: when to try again is decided elsewhere.
pub trait Post: Send + Sync {
    /// Whether a letter may go to this address at all; otherwise why not, for its owner.
    fn check_url(&self, url: &str) -> Result<(), String>;

    /// Whether a header of an owner's own may be sent; otherwise why not.
    fn check_header(&self, name: &str, value: &str) -> Result<(), String>;

    /// Posts a letter and waits for the receiver, but not for ever.
    fn post(&self, letter: Letter) -> BoxFuture<'_, Posted>;
}
