//! Carries what merchants are told to their endpoints.
//!
//! Each endpoint for which something waits has a courier of its own, which ends when nothing waits any more: so merchants are independent
//! of each other, and an endpoint that is dead costs a task that sleeps. What waits is in the store and nowhere else; a courier holds a
//! page of it at most. Whoever commits an event wakes the couriers that it is for.

mod bell;
mod courier;
mod figures;
mod letter;
mod patience;
mod post;

use std::collections::HashMap;
use std::sync::Arc;

use domain::id::{EndpointId, OrderId};
use domain::lease::Work;
use parking_lot::Mutex;
use tokio::sync::Semaphore;

pub use figures::CourierFigures;
pub use post::{Letter, Post, Posted};

use crate::context::Context;
use crate::couriers::bell::Bell;

/// How many couriers may read from the store at once: more would only wait for each other there.
const READERS: usize = 4;

/// All couriers that are awake.
pub struct Couriers {
    bells: Mutex<HashMap<EndpointId, Arc<Bell>>>,
    /// To read what is due.
    reading: Semaphore,
    /// To have a delivery under way.
    sending: Semaphore,
    figures: CourierFigures,
}

impl Couriers {
    /// Nobody is awake; at most so many deliveries are under way at once.
    pub fn new(in_flight: usize) -> Self {
        Self {
            bells: Mutex::default(),
            reading: Semaphore::new(READERS),
            sending: Semaphore::new(in_flight),
            figures: CourierFigures::default(),
        }
    }

    /// What they have done so far.
    pub fn figures(&self) -> &CourierFigures {
        &self.figures
    }

    /// How many of them are awake: each has something to wait for.
    pub fn awake(&self) -> usize {
        self.bells.lock().len()
    }

    /// Tells the couriers of these endpoints that something is to be done.
    pub fn wake(&self, context: &Context, endpoint_ids: &[EndpointId]) {
        for &endpoint_id in endpoint_ids.iter().filter(|endpoint_id| self.is_ours(context, **endpoint_id)) {
            self.call(context, endpoint_id, Bell::ring);
        }
    }

    /// Whether this node carries what waits for an endpoint; otherwise another does.
    pub fn is_ours(&self, context: &Context, endpoint_id: EndpointId) -> bool {
        context.membership.holds(Work::Webhooks(share_of(endpoint_id)), context.time.monotonic())
    }

    /// Tells a courier that its endpoint is said to work now: that it failed before is forgotten, and all that waits there goes. Another
    /// node's courier hears it by the endpoint's own row.
    pub fn wake_anew(&self, context: &Context, endpoint_id: EndpointId) {
        if self.is_ours(context, endpoint_id) {
            self.call(context, endpoint_id, Bell::ring_anew);
        }
    }

    /// Tells a courier that a person waits for what is told of this order: it goes now, whatever is known of the endpoint.
    pub fn wake_for(&self, context: &Context, endpoint_id: EndpointId, order_id: OrderId) {
        self.call(context, endpoint_id, |bell| bell.ring_for(order_id));
    }

    fn call(&self, context: &Context, endpoint_id: EndpointId, ring: impl Fn(&Bell)) {
        let mut bells = self.bells.lock();
        if let Some(bell) = bells.get(&endpoint_id) {
            return ring(bell);
        }
        let bell = Arc::new(Bell::default());
        ring(&bell);
        bells.insert(endpoint_id, Arc::clone(&bell));
        drop(bells);
        context.tasks.spawn_worker(courier::run(context.clone(), endpoint_id, bell));
    }

    /// Wakes everybody, to see what the last process left.
    pub fn wake_all(&self, context: &Context) {
        self.wake(context, &context.address_book.numbers());
    }

    /// Wakes those of a share, to see what the node left that had it before.
    pub fn wake_share(&self, context: &Context, share: u8) {
        let mut numbers = context.address_book.numbers();
        numbers.retain(|endpoint_id| share_of(*endpoint_id) == share);
        self.wake(context, &numbers);
    }

    /// A courier with nothing to do leaves, unless somebody has rung meanwhile: that is still to be heard then.
    fn may_leave(&self, endpoint_id: EndpointId, bell: &Bell) -> bool {
        let mut bells = self.bells.lock();
        // What has rung must still be heard by who stays.
        let may = !bell.has_rung();
        if may {
            bells.remove(&endpoint_id);
        }
        may
    }
}

/// Which share an endpoint belongs to: numbers that follow each other are spread. All nodes must say the same, in every version.
fn share_of(endpoint_id: EndpointId) -> u8 {
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let spread = endpoint_id.0.cast_unsigned().wrapping_mul(SPREAD) >> 32;
    u8::try_from(spread % u64::from(Work::SHARES)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn endpoints_are_spread_over_all_shares() {
        let mut shares = [0_u32; Work::SHARES as usize];
        // Made one a second.
        for second in 0..1_600_i64 {
            shares[usize::from(share_of(EndpointId((200_000_000_000 + second * 1_000) << 12)))] += 1;
        }
        assert!(shares.iter().all(|count| (70..=130).contains(count)), "{shares:?}");
    }

    #[test]
    fn a_courier_that_is_called_as_it_leaves_stays_and_hears_it() {
        let couriers = Couriers::new(1);
        let bell = Arc::new(Bell::default());
        couriers.bells.lock().insert(EndpointId(1), Arc::clone(&bell));
        bell.ring();
        assert!(!couriers.may_leave(EndpointId(1), &bell));
        assert_eq!(bell.heard().now_or_never(), Some(()), "it would wait for the next call");
        assert!(bell.take());
        assert!(couriers.may_leave(EndpointId(1), &bell));
        assert_eq!(couriers.awake(), 0);
    }
}
