//! The machine's own clock.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use domain::time::Timestamp;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use crate::seams::Clock;

/// The clock of a running server.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// Starts counting monotonic time.
    #[expect(clippy::disallowed_methods, reason = "this file owns the machine's clock")]
    pub fn start() -> Self {
        Self { started: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this file owns the machine's clock")]
    fn wall(&self) -> Timestamp {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX))
    }

    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }

    #[expect(clippy::disallowed_methods, reason = "this file owns the machine's clock")]
    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        tokio::time::sleep(pause).boxed()
    }
}
