//! What the engine has done since it started, for metrics.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters that only grow.
#[derive(Debug, Default)]
pub struct EngineFigures {
    batches: AtomicU64,
    commands: AtomicU64,
    overloads: AtomicU64,
}

impl EngineFigures {
    pub(super) fn count_batch(&self, commands: usize) {
        self.batches.fetch_add(1, Ordering::Relaxed);
        self.commands.fetch_add(u64::try_from(commands).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(super) fn count_overload(&self) {
        self.overloads.fetch_add(1, Ordering::Relaxed);
    }

    /// Transactions.
    pub fn batches(&self) -> u64 {
        self.batches.load(Ordering::Relaxed)
    }

    /// Commands in them.
    pub fn commands(&self) -> u64 {
        self.commands.load(Ordering::Relaxed)
    }

    /// Commands that were turned away because too many waited.
    pub fn overloads(&self) -> u64 {
        self.overloads.load(Ordering::Relaxed)
    }
}
