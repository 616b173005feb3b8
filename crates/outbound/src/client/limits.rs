//! How long, in time and in bytes, the client waits and listens.

use std::time::Duration;

/// The limits of the house's calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Until a connection stands, its handshake included.
    pub connect: Duration,
    /// Of a question about a bill or an order. Its time must be below what the house gives a supplier (`supplier_limit_ms`), since after
    /// that nobody listens any more.
    pub order: CallLimit,
    /// Of a supplier's whole price list.
    pub list: CallLimit,
}

/// The limits of one call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallLimit {
    /// From the first step to the last byte of the answer.
    pub time: Duration,
    /// The longest answer.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            order: CallLimit { time: Duration::from_secs(50), bytes: 256 * 1024 },
            list: CallLimit { time: Duration::from_mins(2), bytes: 32 * 1024 * 1024 },
        }
    }
}
