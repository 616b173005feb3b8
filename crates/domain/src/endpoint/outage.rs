//! A time in which every delivery to an endpoint fails.

use std::time::Duration;

use crate::time::Timestamp;

/// After how long without a success an endpoint that fails is disabled. Section 10 of the contract.
const LASTS_AFTER: Duration = Duration::from_hours(5 * 24);
/// So many failures must count within that time: an endpoint that nothing was sent to has not failed meanwhile.
const LASTS_WITH: u32 = 5;
/// A failure counts if it comes that long after the one that counted before it. No pause between two tries of an event is longer than
/// twice that, unless its receiver asked for it.
const COUNTS_AFTER: Duration = Duration::from_hours(12);

/// Failures with no success between them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outage {
    /// The moment of the first.
    pub since: Timestamp,
    /// How many of them count; the first does.
    pub counted: u32,
    /// The moment of the last that counts.
    pub counted_at: Timestamp,
}

impl Outage {
    /// The first failure.
    pub const fn begin(now: Timestamp) -> Self {
        Self { since: now, counted: 1, counted_at: now }
    }

    /// Another failure.
    pub fn note_failure(&mut self, now: Timestamp) {
        if now.since(self.counted_at) >= COUNTS_AFTER {
            self.counted = self.counted.saturating_add(1);
            self.counted_at = now;
        }
    }

    /// Whether it has lasted so long, and was met so often, that nobody tries any more.
    pub fn is_lasting(&self, now: Timestamp) -> bool {
        self.counted >= LASTS_WITH && now.since(self.since) >= LASTS_AFTER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many hours it lasts, if failures come after so many hours.
    fn lasts_after(hours: impl IntoIterator<Item = u64>) -> Option<u64> {
        let begin = Timestamp::from_seconds(1_780_198_802);
        let mut outage = Outage::begin(begin);
        hours.into_iter().find(|hours| {
            let now = begin.plus(Duration::from_hours(*hours));
            outage.note_failure(now);
            outage.is_lasting(now)
        })
    }

    #[test]
    fn it_lasts_after_five_days_if_it_was_met_throughout() {
        for every in 1..=24 {
            let expected = 120_u64.div_ceil(every).saturating_mul(every);
            assert_eq!(lasts_after((1..500).map(|number| number * every)), Some(expected), "every {every} hours");
        }
    }

    #[test]
    fn what_comes_after_an_idle_time_begins_slowly() {
        // Fails once, or for an hour, and again after more than five days.
        assert_eq!(lasts_after([130]), None);
        assert_eq!(lasts_after([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 130, 130, 131, 131, 132, 132, 133]), None);
        assert_eq!(lasts_after([130, 131, 142, 154, 165, 166]), Some(166));
        // An event was tried for 72 hours and given up; the next one comes after a week.
        assert_eq!(lasts_after([1, 3, 7, 15, 27, 39, 51, 63, 72, 168]), Some(168));
    }
}
