//! What comes in from outside: the machine's clock and randomness, or a test's.

use std::sync::Arc;

use app::seams::{Clock, Random, SystemClock, SystemRandom};
use domain::time::Timestamp;
use outbound::AdapterClock;

/// The clock and the randomness that a house runs on.
#[derive(Clone)]
pub struct Seams {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub random: Arc<dyn Random>,
}

impl Seams {
    /// The machine's own.
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock::start()), random: Arc::new(SystemRandom) }
    }

    /// The same clock as adapters read it.
    pub(crate) fn adapter_clock(&self) -> Arc<dyn AdapterClock> {
        Arc::new(WallClock(Arc::clone(&self.clock)))
    }
}

struct WallClock(Arc<dyn Clock>);

impl AdapterClock for WallClock {
    fn now(&self) -> Timestamp {
        self.0.wall()
    }
}
