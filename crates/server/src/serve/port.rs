//! An address to listen on, and whether the next one would do.

use std::io;
use std::net::SocketAddr;

use super::error::ServeError;
use crate::http::{ConnectionLimits, Listener};

/// How many ports are tried before the system may choose any.
const NEIGHBOURS: u16 = 100;

/// Where to listen.
#[derive(Clone, Copy, Debug)]
pub struct Port {
    address: SocketAddr,
    gives_way: bool,
}

impl Port {
    /// There and nowhere else.
    pub const fn exactly(address: SocketAddr) -> Self {
        Self { address, gives_way: false }
    }

    /// There, or at the next free port.
    pub const fn near(address: SocketAddr) -> Self {
        Self { address, gives_way: true }
    }

    /// Binds it; `flag` is what chooses it.
    pub(super) async fn bind(self, limits: ConnectionLimits, flag: &'static str) -> Result<Listener, ServeError> {
        for address in self.candidates() {
            match Listener::bind(address, limits).await {
                Ok(listener) => return Ok(listener),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                Err(error) => return Err(ServeError::Unusable { address, flag, error }),
            }
        }
        Err(ServeError::Taken { address: self.address, flag })
    }

    fn candidates(self) -> impl Iterator<Item = SocketAddr> {
        let first = self.address.port();
        let last = if self.gives_way { first.saturating_add(NEIGHBOURS) } else { first };
        let any = self.gives_way.then_some(0);
        (first..=last).chain(any).map(move |port| SocketAddr::new(self.address.ip(), port))
    }
}
