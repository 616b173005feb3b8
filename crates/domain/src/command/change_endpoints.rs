//! Adds, changes or removes a merchant's endpoints.

use crate::command::Decide;
use crate::command::begin_telling::begin_telling;
use crate::endpoint::{Endpoint, EndpointChange, Endpoints};
use crate::id::{EndpointId, MerchantId};
use crate::refusal::Refusal;
use crate::revision::Listing;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// What is to be done.
#[derive(Clone, Debug)]
pub enum EndpointsChange {
    /// Add one.
    Add(Box<Endpoint>),
    /// Change one; in this order.
    Change(EndpointId, Vec<EndpointChange>),
    /// Remove one. What was to be delivered to it is not.
    Remove(EndpointId),
}

/// Change a merchant's endpoints.
#[derive(Clone, Debug)]
pub struct ChangeEndpoints {
    /// Whose.
    pub merchant_id: MerchantId,
    /// How.
    pub change: EndpointsChange,
}

impl Decide for ChangeEndpoints {
    type Decision = Endpoints;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.merchant_id);
        reads.merchants.push(self.merchant_id);
        reads.endpoints.push(self.merchant_id);
        reads.revisions.push(Listing::Endpoints);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Endpoints, Refusal> {
        world.merchants.get(&self.merchant_id)?.ok_or(Refusal::MerchantNotFound)?;
        let before = world.endpoints.get(&self.merchant_id)?.cloned();
        let mut after = before.unwrap_or_else(|| Endpoints::none(self.merchant_id));
        match &self.change {
            EndpointsChange::Add(endpoint) => {
                after.list.push(endpoint.as_ref().clone());
                after.list.sort_by_key(|endpoint| endpoint.endpoint_id);
                begin_telling(world, self.merchant_id, now)?;
            }
            EndpointsChange::Change(endpoint_id, changes) => {
                let endpoint = after.find_mut(*endpoint_id).ok_or(Refusal::EndpointNotFound)?;
                for change in changes {
                    change.make(endpoint);
                }
                endpoint.updated_at = now;
            }
            EndpointsChange::Remove(endpoint_id) => {
                after.find(*endpoint_id).ok_or(Refusal::EndpointNotFound)?;
                after.list.retain(|endpoint| endpoint.endpoint_id != *endpoint_id);
            }
        }
        after.check()?;
        world.endpoints.put(after.clone())?;
        world.revise(Listing::Endpoints, now)?;
        Ok(after)
    }
}
