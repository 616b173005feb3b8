//! The one way in which rows change.

use domain::time::Timestamp;
use domain::world::{Reads, World};

use crate::StoreError;

/// Runs batches, one at a time.
pub trait Writer: Send {
    /// Runs one batch as one transaction: loads the rows that `reads` names, lets `decide` change them, saves what changed, commits.
    ///
    /// When it returns `Ok`, everything is durable. When it returns an error nothing was written, except for
    /// [`StoreError::Unknown`] and [`StoreError::SyncFailed`], after which it may have been.
    ///
    /// `decide` may be called again from a fresh world when the store repeats a transaction; a panic of `decide` passes through after
    /// the transaction was rolled back. A batch that changes nothing costs no sync.
    fn transact(&mut self, reads: &Reads, decide: &mut dyn FnMut(&mut World)) -> Result<(), StoreError>;

    /// Writes and commits that it is `now`, and nothing else: so that time goes on from there after a restart, and to see whether writing
    /// works (again).
    fn note_time(&mut self, now: Timestamp) -> Result<(), StoreError>;

    /// Forgets the oldest events that happened before a moment, with their deliveries and the log of these: at most so many, as one
    /// transaction. Gives how many; fewer than `limit` if there are no more.
    fn forget_events(&mut self, before: Timestamp, limit: u32) -> Result<u32, StoreError>;
}
