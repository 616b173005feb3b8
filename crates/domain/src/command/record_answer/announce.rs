//! Tells the merchant what an answer did to its order, in the commit that did it.

use super::Effect;
use crate::attempt::{Attempt, AttemptState};
use crate::command::tell::tell;
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
    match world.endpoints.get(&merchant_id)?.cloned() {
        Some(endpoints) => tell(world, &event, &endpoints, now),
        None => Ok(Vec::new()),
    }
}
