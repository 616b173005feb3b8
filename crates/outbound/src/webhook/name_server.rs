//! Who says what addresses a name has.

use std::io;
use std::net::IpAddr;

use futures_util::future::BoxFuture;

/// Says what addresses a name has, now. A trait, so that a test can give an answer that changes.
pub trait NameServer: Send + Sync {
    /// The addresses of a name, in the order in which they are to be tried.
    fn addresses(&self, name: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// The system's own: its `hosts` file, and the name servers of its configuration.
#[derive(Clone, Copy, Debug)]
pub struct SystemNames;

impl NameServer for SystemNames {
    fn addresses(&self, name: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let name = name.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}
