//! Adds a supplier, or replaces what was said of it.

use crate::command::Decide;
use crate::refusal::Refusal;
use crate::revision::Listing;
use crate::supplier::SupplierProfile;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Put this supplier.
#[derive(Clone, Debug)]
pub struct PutSupplier {
    /// What is said of it. Its language and user are for ever, since orders are asked about in them.
    pub profile: SupplierProfile,
    /// It must not be there already.
    pub is_new: bool,
}

impl Decide for PutSupplier {
    type Decision = SupplierProfile;

    fn name_rows(&self, reads: &mut Reads) {
        reads.suppliers.push(self.profile.name.clone());
        reads.revisions.push(Listing::Suppliers);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<SupplierProfile, Refusal> {
        let before = world.suppliers.get(&self.profile.name)?;
        let created_at = match before {
            Some(_) if self.is_new => return Err(Refusal::SupplierExists),
            Some(before) if (before.kind, &before.user) != (self.profile.kind, &self.profile.user) => {
                return Err(Refusal::SupplierExists);
            }
            Some(before) if before.updated_at > self.profile.updated_at => return Err(Refusal::SupplierChanged),
            Some(before) => before.created_at,
            None => now,
        };
        let after = SupplierProfile { created_at, updated_at: now, ..self.profile.clone() };
        world.suppliers.put(after.clone())?;
        world.revise(Listing::Suppliers, now)?;
        Ok(after)
    }
}
