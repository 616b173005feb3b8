//! A clock that moves only when it is told to.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::time::{Clock, Moment, Pause};

/// The clock of tests. Clones share one time.
#[derive(Clone, Debug)]
pub struct ManualClock {
    now: Arc<watch::Sender<Moment>>,
}

impl ManualClock {
    /// A clock that shows `now`.
    pub fn at(now: Moment) -> Self {
        Self { now: Arc::new(watch::Sender::new(now)) }
    }

    /// Lets time pass; whoever slept long enough wakes.
    pub fn advance(&self, span: Duration) {
        self.now.send_modify(|now| *now = now.plus(span));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Moment {
        *self.now.borrow()
    }

    fn sleep(&self, span: Duration) -> Pause {
        let mut now = self.now.subscribe();
        let until = now.borrow().plus(span);
        Box::pin(async move {
            // If the clock is gone, nobody waits for what comes after.
            let _ = now.wait_for(|now| *now >= until).await;
        })
    }
}
