//! What every row has: a key, and a moment.

use std::fmt::Debug;
use std::hash::Hash;

use crate::time::Timestamp;

/// Something with a key that the store keeps as one row.
pub trait Row: Clone + PartialEq + Debug {
    /// What it is found by.
    type Key: Clone + Eq + Ord + Hash + Debug;
    /// What it is called in faults.
    const NAME: &'static str;

    /// What this one is found by.
    fn key(&self) -> Self::Key;
    /// The newest moment that it bears: a batch's `now` is never before it.
    fn changed_at(&self) -> Timestamp;
}
