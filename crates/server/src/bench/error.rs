//! Why there is nothing to measure.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::cli::ServerAddress;

/// What keeps a run from beginning, in sentences for whoever started it.
#[derive(Debug, Error)]
pub enum BenchError {
    /// The generator itself can't work.
    #[error("the load generator can't run: {0}")]
    Generator(#[from] io::Error),
    /// Nobody listens.
    #[error("no server answers at {address} ({error}); start one with `loket demo`, or give --url")]
    Unreachable {
        /// Where.
        address: String,
        /// What the system says.
        error: io::Error,
    },
    /// The system gives this process no more files, of which each connection is one.
    #[error("no more connections can be opened; allow more with `ulimit -n 65536`, for the server too, or use fewer")]
    TooManyConnections,
    /// The merchants' file can't be read.
    #[error("{}: {error}", path.display())]
    MerchantsUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A line isn't what `loket merchant add --json` prints.
    #[error("{}, line {line}: {error}", path.display())]
    NotAMerchant {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// A file without merchants.
    #[error("{} has no merchants in it", .0.display())]
    NoMerchants(PathBuf),
    /// A merchant's endpoint was refused.
    #[error(
        "the server took no endpoint for webhooks ({0}); --receivers needs a server with --allow-private-webhooks, and merchants with fewer than ten"
    )]
    NotRegistered(String),
    /// A merchant's balance isn't known, so nothing can be compared with it.
    #[error("the balance of merchant {api_id} can't be read: {why}; are its keys those of this server?")]
    NoBalance {
        /// Whose.
        api_id: String,
        /// The server's code, or what the system says.
        why: String,
    },
    /// The maximum of a sweep is nothing.
    #[error("the server did nothing of what was asked, so there is no maximum; it answered: {0}")]
    NothingDone(String),
    /// There is no such process, or it isn't ours to look at.
    #[error("process {pid} can't be measured: {error}")]
    NoProcess {
        /// Its id.
        pid: u32,
        /// What the system says.
        error: io::Error,
    },
    /// The directory doesn't take files, or can't sync them.
    #[error("the sync time of {} can't be measured: {error}", directory.display())]
    NoSync {
        /// The directory.
        directory: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl BenchError {
    /// Why no connection to `address` could be opened.
    pub fn unconnected(address: &ServerAddress, error: io::Error) -> Self {
        // EMFILE and ENFILE, on every Unix.
        match error.raw_os_error() {
            Some(24 | 23) => Self::TooManyConnections,
            _ => Self::Unreachable { address: address.to_string(), error },
        }
    }
}
