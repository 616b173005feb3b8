//! Records what came of a try to deliver an event.

use std::sync::Arc;
use std::time::Duration;

use crate::command::Decide;
use crate::command::tell::tell;
use crate::delivery_try::DeliveryTry;
use crate::dispatch::{Delivery, DeliveryState, DispatchKey, Jitter, next_try};
use crate::endpoint::{Endpoint, Endpoints};
use crate::event::{DisabledBody, EventKind};
use crate::id::{EndpointId, Mode, OrderId};
use crate::refusal::Refusal;
use crate::revision::Listing;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// What a try came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TryOutcome {
    /// The receiver acknowledged it.
    Acknowledged,
    /// It did not; `wish` is how long it asked us to wait.
    Failed {
        /// `Retry-After`.
        wish: Option<Duration>,
    },
    /// 410: the receiver wants no more.
    Gone,
}

/// A delivery was tried.
#[derive(Clone, Debug)]
pub struct RecordDelivery {
    /// About which order.
    pub key: DispatchKey,
    /// To which endpoint.
    pub endpoint_id: EndpointId,
    /// Which of the merchant's events.
    pub event: i64,
    /// How often it had been tried before. If that is no longer so, somebody else has tried it meanwhile, and nothing is changed.
    pub tries_before: u32,
    /// What it came to.
    pub outcome: TryOutcome,
    /// When it began.
    pub began_at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// The HTTP status, if one came.
    pub status: Option<u16>,
    /// What the receiver answered.
    pub answer: Arc<[u8]>,
    /// What went wrong.
    pub fault: Option<Arc<str>>,
    /// By how much the next pause differs from the schedule's.
    pub jitter: Jitter,
    /// A number that no order has: under it the merchant is told if this disables the endpoint.
    pub notice: OrderId,
}

/// How things stand after the try.
#[derive(Clone, Debug)]
pub struct DeliveryRecorded {
    /// The delivery.
    pub delivery: Delivery,
    /// The endpoint, if it is still there.
    pub endpoint: Option<Endpoint>,
    /// A later event of the order is due there now.
    pub is_followed: bool,
    /// This try disabled the endpoint.
    pub has_disabled: bool,
    /// Who is told of that: wake their couriers.
    pub told: Vec<EndpointId>,
}

impl Decide for RecordDelivery {
    type Decision = DeliveryRecorded;

    fn name_rows(&self, reads: &mut Reads) {
        reads.endpoints.push(self.key.merchant_id);
        reads.dispatches.push(self.key);
        // Only what fails can disable, and so tell.
        if self.outcome != TryOutcome::Acknowledged {
            reads.books.push(self.key.merchant_id);
            reads.revisions.push(Listing::Endpoints);
        }
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<DeliveryRecorded, Refusal> {
        let mut dispatch = world.dispatches.get(&self.key)?.cloned().ok_or(Refusal::DeliveryNotFound)?;
        let before = *dispatch.find(self.endpoint_id, self.event).ok_or(Refusal::DeliveryNotFound)?;
        if before.tries != self.tries_before {
            return Err(Refusal::DeliveryTried);
        }
        dispatch.replace(self.after(before, now), now);
        // Someone may have sent an older event again meanwhile: then this one waits behind it.
        let after = *dispatch.find(self.endpoint_id, self.event).ok_or(Refusal::DeliveryNotFound)?;
        let is_over = after.state != DeliveryState::Pending;
        let is_followed = is_over && dispatch.is_due(self.endpoint_id);
        world.dispatches.put(dispatch)?;
        world.append_try(self.as_try(after));

        let endpoints = world.endpoints.get(&self.key.merchant_id)?.cloned();
        let mut endpoints = endpoints.unwrap_or_else(|| Endpoints::none(self.key.merchant_id));
        let mut has_disabled = false;
        let mut endpoint = None;
        let mut told = Vec::new();
        if let Some(found) = endpoints.find_mut(self.endpoint_id) {
            let unchanged = found.clone();
            match self.outcome {
                TryOutcome::Acknowledged => found.note_success(now),
                TryOutcome::Failed { .. } => found.note_failure(now),
                TryOutcome::Gone => found.note_gone(now),
            }
            has_disabled = found.state != unchanged.state;
            let changed = found.clone();
            if has_disabled {
                world.revise(Listing::Endpoints, now)?;
                told = self.tell_of_it(world, &endpoints, &changed, now)?;
            }
            if changed != unchanged {
                world.endpoints.put(endpoints)?;
            }
            endpoint = Some(changed);
        }
        Ok(DeliveryRecorded { delivery: after, endpoint, is_followed, has_disabled, told })
    }
}

impl RecordDelivery {
    /// Tells the merchant that this endpoint is disabled, by its other endpoints; gives those that want to know.
    fn tell_of_it(
        &self,
        world: &mut World,
        endpoints: &Endpoints,
        disabled: &Endpoint,
        now: Timestamp,
    ) -> Result<Vec<EndpointId>, Refusal> {
        let body = DisabledBody { endpoint: disabled, http_status: self.status, mode: Mode::Production, now }.bytes();
        let merchant_id = self.key.merchant_id;
        let event = world.append_event(merchant_id, self.notice, EventKind::WebhookDisabled, body, now)?;
        // Nobody has used that number.
        world.dispatches.load(DispatchKey { merchant_id, order_id: self.notice }, None);
        let mut others = endpoints.clone();
        others.list.retain(|endpoint| endpoint.endpoint_id != disabled.endpoint_id);
        tell(world, &event, &others, now)
    }

    fn after(&self, before: Delivery, now: Timestamp) -> Delivery {
        let tries_on_schedule = before.tries_on_schedule.saturating_add(1);
        let first_tried_at = before.first_tried_at.unwrap_or(now);
        let tried = Delivery {
            tries: before.tries.saturating_add(1),
            tries_on_schedule,
            first_tried_at: Some(first_tried_at),
            next_at: None,
            updated_at: now,
            ..before
        };
        match self.outcome {
            TryOutcome::Acknowledged => Delivery { state: DeliveryState::Delivered, ..tried },
            TryOutcome::Gone => Delivery { state: DeliveryState::GivenUp, ..tried },
            TryOutcome::Failed { wish } => match next_try(first_tried_at, tries_on_schedule, now, wish, self.jitter) {
                Some(next_at) => Delivery { next_at: Some(next_at), ..tried },
                None => Delivery { state: DeliveryState::GivenUp, ..tried },
            },
        }
    }

    fn as_try(&self, after: Delivery) -> DeliveryTry {
        DeliveryTry {
            key: self.key,
            endpoint_id: self.endpoint_id,
            event: self.event,
            number: after.tries,
            began_at: self.began_at,
            took: self.took,
            status: self.status,
            answer: Arc::clone(&self.answer),
            fault: self.fault.clone(),
            next_at: after.next_at,
        }
    }
}
