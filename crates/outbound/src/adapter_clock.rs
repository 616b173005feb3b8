//! The time of adapters, given from outside.

use domain::time::Timestamp;

/// Where adapters read the time: the sandbox's waits and the months of its bills, and the date of requests to suppliers that want one.
pub trait AdapterClock: Send + Sync {
    /// The moment.
    fn now(&self) -> Timestamp;
}
