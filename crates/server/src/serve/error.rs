//! Why a house can't be opened to the public.

use std::io;
use std::net::SocketAddr;

use thiserror::Error;

use crate::control::ListenerError;

/// Why a house can't be opened to the public. Sentences say what to do.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Somebody else listens there.
    #[error("{address} is taken by another program; stop that one, or choose another address with {flag}")]
    Taken {
        /// Where.
        address: SocketAddr,
        /// Which flag chooses another.
        flag: &'static str,
    },
    /// It can't be listened there.
    #[error("{address} cannot be listened on: {error}; choose another address with {flag}")]
    Unusable {
        /// Where.
        address: SocketAddr,
        /// Which flag chooses another.
        flag: &'static str,
        /// Why.
        error: io::Error,
    },
    /// A socket doesn't know its own address.
    #[error("the network is not in order: {0}")]
    Network(#[from] io::Error),
    /// Commands can't be taken.
    #[error(transparent)]
    Commands(#[from] ListenerError),
}
