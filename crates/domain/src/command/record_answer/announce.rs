//! Tells the merchant what an answer did to its order, in the commit that did it.

use super::Effect;
use crate::attempt::{Attempt, AttemptState};
use crate::dispatch::{Dispatch, DispatchKey};
use crate::event::{EventBody, EventKind};
use crate::id::EndpointId;
use crate::order::{Claim, Order, OrderStatus};
use crate::refusal::{Fault, Refusal};
use crate::time::Timestamp;
use crate::world::World;

/// What happened, if there is anything to tell; `before` and `after` are the attempt, `order` is the order after it.
pub fn what_happened(effect: Effect, before: &Attempt, after: &Attempt, order: &Order) -> Option<EventKind> {
    match effect {
        Effect::Succeeded => Some(EventKind::Success),
        Effect::Failed => Some(EventKind::Failed),
        Effect::SnReceived => Some(EventKind::SnReceived),
        Effect::Refunded => Some(EventKind::Refunded),
        // The first word left it open. What may have arrived before was told of then.
        Effect::Nothing if order.status == OrderStatus::Pending => {
            let is_first_word = before.state == AttemptState::Sending && !before.may_have_arrived;
            (is_first_word && after.state == AttemptState::Unknown).then_some(EventKind::Pending)
        }
        Effect::Nothing | Effect::Contradicted | Effect::Rerouted => None,
    }
}

/// Writes the event if its merchant is told of its orders, and means it for the endpoints that want it; gives those.
pub fn announce(world: &mut World, kind: EventKind, order: &Order, now: Timestamp) -> Result<Vec<EndpointId>, Refusal> {
    let merchant_id = order.key.merchant_id;
    if !world.books.get(&merchant_id)?.is_some_and(|book| book.is_told) {
        return Ok(Vec::new());
    }
    let inquiry = match &order.claim {
        Claim::Bill(_) => {
            let inquiry = world.inquiries.get(&order.key)?;
            Some(inquiry.ok_or(Fault::Inconsistent("a bill's order without its inquiry"))?)
        }
        Claim::Purchase(_) => None,
    };
    let body = EventBody { kind, order, inquiry, now }.bytes()?;
    let event = world.append_event(merchant_id, order.order_id, kind, body, now)?;
    let Some(endpoints) = world.endpoints.get(&merchant_id)? else { return Ok(Vec::new()) };
    let key = DispatchKey { merchant_id, order_id: order.order_id };
    let mut dispatch = world.dispatches.get(&key)?.cloned().unwrap_or_else(|| Dispatch::nothing(key));
    if !dispatch.announce(&event, endpoints, now) {
        return Ok(Vec::new());
    }
    let meant = dispatch.deliveries.iter().filter(|delivery| delivery.event == event.number);
    let endpoint_ids = meant.map(|delivery| delivery.endpoint_id).collect();
    world.dispatches.put(dispatch)?;
    Ok(endpoint_ids)
}
