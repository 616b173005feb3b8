//! What a sweep is to do.

use crate::bench::plan::Plan;

/// A sweep, planned in full.
pub struct SweepPlan {
    /// What is measured, in a word or two, e.g. the database.
    pub name: String,
    /// Each of its runs, but for its rate.
    pub load: Plan,
    /// How many closed loops the maximum is found with.
    pub repeats: usize,
    /// How many connections there are beyond the maximum, if that is to be measured.
    pub overload_connections: Option<usize>,
}
