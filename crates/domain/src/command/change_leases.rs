//! Takes leases, keeps them, and gives them back.

use crate::command::Decide;
use crate::lease::{Lease, LeaseChange};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Change these leases, each unless somebody else was quicker. Answers how they stand then, in the same order.
#[derive(Clone, Debug)]
pub struct ChangeLeases {
    /// How.
    pub changes: Vec<LeaseChange>,
}

impl Decide for ChangeLeases {
    type Decision = Vec<Lease>;

    fn name_rows(&self, reads: &mut Reads) {
        reads.leases.extend(self.changes.iter().map(|change| change.seen.work));
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Vec<Lease>, Refusal> {
        let mut after = Vec::with_capacity(self.changes.len());
        for LeaseChange { seen, holder } in &self.changes {
            let mut lease = world.leases.get(&seen.work)?.copied().unwrap_or_else(|| Lease::free(seen.work));
            if (lease.holder, lease.beat) == (seen.holder, seen.beat) {
                lease = Lease { holder: *holder, beat: lease.beat.saturating_add(1), updated_at: now, ..lease };
                world.leases.put(lease)?;
            }
            after.push(lease);
        }
        Ok(after)
    }
}
