//! The time that the business runs on: it never goes back.

use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use domain::time::Timestamp;
use futures_util::FutureExt;
use futures_util::future::{self, BoxFuture};
use parking_lot::Mutex;

use crate::seams::Clock;

/// A clock whose [`Time::now`] never goes back: if the wall's clock is set back, it goes on by monotonic time from where it was, so
/// that no session revives and no order is older than its inquiry. Clones share one time.
#[derive(Clone)]
pub struct Time {
    clock: Arc<dyn Clock>,
    anchor: Arc<Mutex<Anchor>>,
}

/// The latest time told, and the monotonic moment at which it was told.
#[derive(Clone, Copy)]
struct Anchor {
    told: Timestamp,
    monotonic: Duration,
}

impl Time {
    /// Goes on from `floor`, the newest moment in the store: after a restart, too, time does not go back.
    pub fn starting(clock: Arc<dyn Clock>, floor: Timestamp) -> Self {
        let anchor = Anchor { told: floor, monotonic: clock.monotonic() };
        Self { clock, anchor: Arc::new(Mutex::new(anchor)) }
    }

    /// The business's moment: never before one that was told already.
    pub fn now(&self) -> Timestamp {
        let mut anchor = self.anchor.lock();
        let monotonic = self.clock.monotonic();
        let at_least = anchor.told.plus(monotonic.saturating_sub(anchor.monotonic));
        let told = self.clock.wall().max(at_least);
        *anchor = Anchor { told, monotonic };
        told
    }

    /// What the wall's clock shows; for comparing with other people's clocks only.
    pub fn wall(&self) -> Timestamp {
        self.clock.wall()
    }

    /// Time since some fixed moment, for measuring how long something takes: it never goes back, and never jumps.
    pub fn monotonic(&self) -> Duration {
        self.clock.monotonic()
    }

    /// Ends after a pause.
    pub fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        self.clock.sleep(pause)
    }

    /// What `work` gives, or `None` if it takes longer than `limit`. What is done at once costs no timer.
    pub async fn limit<T>(&self, limit: Duration, work: impl Future<Output = T>) -> Option<T> {
        let mut work = std::pin::pin!(work);
        let mut too_late = None;
        future::poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending => too_late.get_or_insert_with(|| self.sleep(limit)).poll_unpin(context).map(|()| None),
        })
        .await
    }
}

impl std::fmt::Debug for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Time").field(&self.anchor.lock().told).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seams::ManualClock;

    #[test]
    fn setting_the_wall_clock_back_does_not_set_the_business_back() {
        let noon = Timestamp::parse_wib("2026-05-31 12:00:00").unwrap();
        let clock = ManualClock::at(noon);
        let time = Time::starting(Arc::new(clock.clone()), Timestamp::default());
        assert_eq!(time.now(), noon);
        clock.set_wall(noon.minus(Duration::from_hours(1)));
        assert_eq!(time.now(), noon);
        clock.advance(Duration::from_secs(5));
        assert_eq!(time.now(), noon.plus(Duration::from_secs(5)), "it goes on by monotonic time");
        clock.set_wall(noon.plus(Duration::from_hours(2)));
        assert_eq!(time.now(), noon.plus(Duration::from_hours(2)), "a wall clock ahead is followed");
    }

    #[test]
    fn a_restart_goes_on_from_the_newest_row() {
        let noon = Timestamp::parse_wib("2026-05-31 12:00:00").unwrap();
        let time = Time::starting(Arc::new(ManualClock::at(noon)), noon.plus(Duration::from_mins(1)));
        assert_eq!(time.now(), noon.plus(Duration::from_mins(1)));
    }
}
