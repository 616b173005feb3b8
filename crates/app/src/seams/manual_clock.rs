//! A clock that moves only when it is told to.

use std::sync::Arc;
use std::time::Duration;

use domain::time::Timestamp;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::seams::Clock;

/// The clock of tests and of the simulator. Clones share one time.
#[derive(Clone, Debug)]
pub struct ManualClock {
    time: Arc<watch::Sender<Moment>>,
}

#[derive(Clone, Copy, Debug)]
struct Moment {
    wall: Timestamp,
    monotonic: Duration,
}

impl ManualClock {
    /// A clock that shows `wall`.
    pub fn at(wall: Timestamp) -> Self {
        Self { time: Arc::new(watch::Sender::new(Moment { wall, monotonic: Duration::ZERO })) }
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
        async move {
            // The sender outlives every sleeper that matters; if the clock is gone, so is the test.
            let _ = time.wait_for(|moment| moment.monotonic >= until).await;
        }
        .boxed()
    }
}
