//! Tells a merchant of something, in the commit that did it.

use crate::dispatch::{Dispatch, DispatchKey};
use crate::endpoint::Endpoints;
use crate::event::Event;
use crate::id::EndpointId;
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::world::World;

/// Means an event for those of these endpoints that want it, behind what they wait for about the same order; gives those.
pub(super) fn tell(
    world: &mut World,
    event: &Event,
    endpoints: &Endpoints,
    now: Timestamp,
) -> Result<Vec<EndpointId>, Refusal> {
    let key = DispatchKey { merchant_id: event.merchant_id, order_id: event.order_id };
    let mut dispatch = world.dispatches.get(&key)?.cloned().unwrap_or_else(|| Dispatch::nothing(key));
    if !dispatch.announce(event, endpoints, now) {
        return Ok(Vec::new());
    }
    let meant = dispatch.deliveries.iter().filter(|delivery| delivery.event == event.number);
    let endpoint_ids = meant.map(|delivery| delivery.endpoint_id).collect();
    world.dispatches.put(dispatch)?;
    Ok(endpoint_ids)
}
