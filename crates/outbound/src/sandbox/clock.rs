//! The sandbox's time, given from outside.

use domain::time::Timestamp;

/// Where the sandbox reads the time: its waits of ten seconds and the months of its bills follow this clock and no other.
pub trait SandboxClock: Send + Sync {
    /// The moment.
    fn now(&self) -> Timestamp;
}
