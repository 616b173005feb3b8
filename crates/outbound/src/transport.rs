//! What the two clients have in common: the one for suppliers and the one for webhooks.

use std::error::Error;
use std::iter;
use std::time::Duration;

use reqwest::ClientBuilder;
use reqwest::redirect::Policy;

/// How we introduce ourselves; some front doors turn away whoever doesn't.
pub const USER_AGENT: &str = concat!("Loket/", env!("CARGO_PKG_VERSION"));

/// A client that goes where it is told and nowhere else: no redirects, no proxy from the environment, no retries of a request that may have
/// left, no compression, HTTP/1.1. `connect` is the time until a connection stands: name, address and handshake.
pub fn builder(connect: Duration) -> ClientBuilder {
    // The one provider of cryptography in the process. An error says that it has been chosen before.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(connect)
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .no_proxy()
        .http1_only()
        // None of them is built in. Should another crate's wish bring them along, a short answer still doesn't become a long one here.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
}

/// An error with all that lies beneath it: the outermost alone says only that something went wrong.
pub fn whole(error: &(dyn Error + 'static)) -> String {
    let mut parts: Vec<String> = chain(error).map(ToString::to_string).collect();
    parts.dedup();
    parts.join(": ")
}

/// An error and all that lies beneath it, the outermost first.
pub fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    iter::successors(Some(error), |&error| error.source())
}
