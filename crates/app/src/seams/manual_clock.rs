//! A clock that moves only when it is told to.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::time::Timestamp;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::seams::Clock;

/// The clock of tests and of the simulator: it knows who has gone to sleep. Clones share one time.
#[derive(Clone, Debug)]
pub struct ManualClock {
    time: Arc<watch::Sender<Moment>>,
    /// The sleeps that were begun, by how long they were to be.
    sleeps: Arc<watch::Sender<BTreeMap<Duration, usize>>>,
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
        Self { time, sleeps: Arc::new(watch::Sender::new(BTreeMap::new())) }
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
        async move {
            // The sender outlives every sleeper that matters; if the clock is gone, so is the test.
            let _ = time.wait_for(|moment| moment.monotonic >= until).await;
        }
        .boxed()
    }
}
