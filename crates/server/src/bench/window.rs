//! The time within which things count.

use std::time::Duration;

/// From when, until when: on the monotonic clock.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The warm-up is over.
    pub begins: Duration,
    /// Nothing begins any more. `Duration::MAX` where a count ends the run.
    pub ends: Duration,
}

impl Window {
    /// Whether this moment counts.
    pub fn contains(&self, moment: Duration) -> bool {
        (self.begins..self.ends).contains(&moment)
    }
}
