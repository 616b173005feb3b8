//! The manual clock, watched: a test knows who has gone to sleep.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::time::Timestamp;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::seams::{Clock, ManualClock};

/// Counts the sleeps that were begun, by how long they were to be.
#[derive(Clone)]
pub struct WatchedClock {
    /// What moves it.
    pub hands: ManualClock,
    sleeps: watch::Sender<BTreeMap<Duration, usize>>,
}

impl WatchedClock {
    pub fn at(wall: Timestamp) -> Self {
        Self { hands: ManualClock::at(wall), sleeps: watch::Sender::new(BTreeMap::new()) }
    }

    /// How many sleeps of this length were begun.
    pub fn sleeps(&self, pause: Duration) -> usize {
        self.sleeps.borrow().get(&pause).copied().unwrap_or_default()
    }

    /// Ends when somebody went to sleep for so long for the so-many-th time.
    pub async fn slept(&self, pause: Duration, count: usize) {
        let has_slept = |sleeps: &BTreeMap<Duration, usize>| sleeps.get(&pause).is_some_and(|begun| *begun >= count);
        self.sleeps.subscribe().wait_for(has_slept).await.unwrap();
    }
}

impl Clock for WatchedClock {
    fn wall(&self) -> Timestamp {
        self.hands.wall()
    }

    fn monotonic(&self) -> Duration {
        self.hands.monotonic()
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        let sleep = self.hands.sleep(pause);
        self.sleeps.send_modify(|sleeps| *sleeps.entry(pause).or_default() += 1);
        sleep
    }
}
