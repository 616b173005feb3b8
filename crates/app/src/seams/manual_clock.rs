//! A clock that moves only when it is told to.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};
use std::sync::Arc;
use std::time::Duration;

use domain::time::Timestamp;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::seams::Clock;

/// The clock of tests and of the simulator: it knows who has gone to sleep. Clones share one time.
#[derive(Clone, Debug)]
pub struct ManualClock {
    time: Arc<watch::Sender<Moment>>,
    /// The sleeps that were begun, by how long they were to be.
    sleeps: Arc<watch::Sender<BTreeMap<Duration, usize>>>,
    /// Until when those sleep who sleep now.
    asleep: Arc<Mutex<BTreeMap<Duration, usize>>>,
}

#[derive(Clone, Copy, Debug)]
struct Moment {
    wall: Timestamp,
    monotonic: Duration,
}

impl ManualClock {
    /// A clock that shows `wall`.
    pub fn at(wall: Timestamp) -> Self {
        let time = Arc::new(watch::Sender::new(Moment { wall, monotonic: Duration::ZERO }));
        Self { time, sleeps: Arc::new(watch::Sender::new(BTreeMap::new())), asleep: Arc::default() }
    }

    /// Lets time pass: both clocks move, and whoever sleeps long enough wakes.
    pub fn advance(&self, by: Duration) {
        self.time.send_modify(|moment| {
            moment.wall = moment.wall.plus(by);
            moment.monotonic = moment.monotonic.saturating_add(by);
        });
    }

    /// Sets the wall's clock, as an operator or a bad time server would: no time passes.
    pub fn set_wall(&self, wall: Timestamp) {
        self.time.send_modify(|moment| moment.wall = wall);
    }

    /// How many sleeps of this length were begun.
    pub fn sleeps(&self, pause: Duration) -> usize {
        self.sleeps.borrow().get(&pause).copied().unwrap_or_default()
    }

    /// How many sleep on, as it is now.
    pub fn asleep(&self) -> usize {
        let now = (Excluded(self.monotonic()), Unbounded);
        self.asleep.lock().range(now).map(|(_, count)| *count).fold(0, usize::saturating_add)
    }

    /// Ends when somebody went to sleep for so long for the so-many-th time.
    pub async fn slept(&self, pause: Duration, count: usize) {
        let has_slept = |sleeps: &BTreeMap<Duration, usize>| sleeps.get(&pause).is_some_and(|begun| *begun >= count);
        // The sender is ours, and outlives the wait.
        let _ = self.sleeps.subscribe().wait_for(has_slept).await;
    }
}

impl Clock for ManualClock {
    fn wall(&self) -> Timestamp {
        self.time.borrow().wall
    }

    fn monotonic(&self) -> Duration {
        self.time.borrow().monotonic
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        let mut time = self.time.subscribe();
        let until = time.borrow().monotonic.saturating_add(pause);
        self.sleeps.send_modify(|sleeps| {
            let begun = sleeps.entry(pause).or_default();
            *begun = begun.saturating_add(1);
        });
        let asleep = Asleep::until(&self.asleep, until);
        async move {
            let _asleep = asleep;
            // The sender outlives every sleeper that matters; if the clock is gone, so is the test.
            let _ = time.wait_for(|moment| moment.monotonic >= until).await;
        }
        .boxed()
    }
}

/// Somebody who sleeps; counted until it wakes or is dropped.
struct Asleep {
    all: Arc<Mutex<BTreeMap<Duration, usize>>>,
    until: Duration,
}

impl Asleep {
    fn until(all: &Arc<Mutex<BTreeMap<Duration, usize>>>, until: Duration) -> Self {
        let mut counts = all.lock();
        let count = counts.entry(until).or_default();
        *count = count.saturating_add(1);
        Self { all: Arc::clone(all), until }
    }
}

impl Drop for Asleep {
    fn drop(&mut self) {
        let mut counts = self.all.lock();
        if let Some(count) = counts.get_mut(&self.until) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&self.until);
            }
        }
    }
}
