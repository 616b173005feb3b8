//! What the couriers have done since this process began.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters, for whoever watches.
#[derive(Debug, Default)]
pub struct CourierFigures {
    delivered: AtomicU64,
    failed: AtomicU64,
    disabled: AtomicU64,
}

impl CourierFigures {
    /// Deliveries that were acknowledged.
    pub fn delivered(&self) -> u64 {
        self.delivered.load(Ordering::Relaxed)
    }

    /// Tries that failed.
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// Endpoints that were disabled.
    pub fn disabled(&self) -> u64 {
        self.disabled.load(Ordering::Relaxed)
    }

    pub(super) fn count_try(&self, has_arrived: bool) {
        let counter = if has_arrived { &self.delivered } else { &self.failed };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_disabled(&self) {
        self.disabled.fetch_add(1, Ordering::Relaxed);
    }
}
