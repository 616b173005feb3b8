//! A request that is under way.

use std::time::Duration;

use super::step::Step;

/// What was asked, by whom, and since when.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// What.
    pub step: Step,
    /// By which merchant, by its number.
    pub merchant: usize,
    /// When it was to begin: all latencies count from here.
    pub began: Duration,
    /// When its bytes left, which is later if no connection was free before.
    pub sent: Duration,
}
