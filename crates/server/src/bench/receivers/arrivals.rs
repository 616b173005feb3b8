//! What came at the receivers.

use std::sync::Arc;

use app::seams::Clock;
use domain::time::Timestamp;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::bench::latencies::{Latencies, Percentiles};

/// Counts webhooks, and times them from the moment that stands in their id: that of the commit which they tell of.
pub struct Arrivals {
    clock: Arc<dyn Clock>,
    delays: Mutex<Latencies>,
}

/// What came within the window.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct WebhookReport {
    /// How many receivers there were.
    pub receivers: usize,
    /// How many of these never answered.
    pub dead: usize,
    /// Webhooks that were acknowledged, a second.
    pub received_per_second: u64,
    /// From the commit to the receiver.
    pub delay: Option<Percentiles>,
}

impl Arrivals {
    /// Nothing yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, delays: Mutex::new(Latencies::new()) }
    }

    /// One came.
    pub fn take(&self, webhook_id: &str) {
        if let Some(moment) = moment_in(webhook_id) {
            self.delays.lock().record(self.clock.wall().since(moment));
        }
    }

    /// Forgets what came before now: the warm-up.
    pub fn begin(&self) {
        *self.delays.lock() = Latencies::new();
    }

    /// What came since then.
    pub fn summary(&self) -> Option<Percentiles> {
        self.delays.lock().summary()
    }
}

/// `evt_<merchant>_<number>_<microseconds in hex>`
fn moment_in(webhook_id: &str) -> Option<Timestamp> {
    let (_, micros) = webhook_id.rsplit_once('_')?;
    Some(Timestamp::from_micros(i64::from_str_radix(micros, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_its_moment() {
        assert_eq!(moment_in("evt_7_15_660e453e20fc5"), Some(Timestamp::from_micros(0x6_60e4_53e2_0fc5)));
        for id in ["", "evt", "evt_1_2_", "evt_1_2_x"] {
            assert_eq!(moment_in(id), None, "{id}");
        }
    }
}
