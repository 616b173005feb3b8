//! The manual clock, watched: a test knows who has gone to sleep.

use std::collections::BTreeMap;
use std::time::Duration;

use app::Policy;
use app::seams::{Clock, ManualClock};
use domain::time::Timestamp;
use futures_util::future::BoxFuture;
use outbound::SandboxClock;
use tokio::sync::watch;

/// Counts the sleeps that were begun, by how long they were to be.
#[derive(Clone)]
pub struct WatchedClock {
    /// What moves it.
    pub hands: ManualClock,
    sleeps: watch::Sender<BTreeMap<Duration, usize>>,
}

impl WatchedClock {
    pub fn new(hands: ManualClock) -> Self {
        Self { hands, sleeps: watch::Sender::new(BTreeMap::new()) }
    }

    /// Lets the time pass, and waits until the status worker has looked and sleeps again; nobody else sleeps for as long as it.
    pub async fn advance_and_look(&self, by: Duration) {
        let pause = Policy::default().check_every;
        let before = self.sleeps.borrow().get(&pause).copied().unwrap_or_default();
        self.hands.advance(by);
        self.slept(pause, before + 1).await;
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

impl SandboxClock for WatchedClock {
    fn now(&self) -> Timestamp {
        self.hands.wall()
    }
}
