//! How long things took.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

/// Longer than anything that anybody waits for; what takes longer counts as this.
const LONGEST_US: u64 = 600_000_000;

/// The times of one kind of thing, to three digits, between a microsecond and ten minutes.
pub struct Latencies(Histogram<u64>);

impl Latencies {
    /// Nothing yet.
    #[expect(clippy::expect_used, reason = "the bounds are constants that a histogram can have")]
    pub fn new() -> Self {
        Self(Histogram::new_with_bounds(1, LONGEST_US, 3).expect("fit bounds"))
    }

    /// Takes one in.
    pub fn record(&mut self, took: Duration) {
        self.0.saturating_record(u64::try_from(took.as_micros()).unwrap_or(LONGEST_US));
    }

    /// What they come to; `None` if there are none.
    pub fn summary(&self) -> Option<Percentiles> {
        let at = |quantile| self.0.value_at_quantile(quantile);
        (!self.0.is_empty()).then(|| Percentiles {
            count: self.0.len(),
            p50_us: at(0.5),
            p90_us: at(0.9),
            p99_us: at(0.99),
            p99_9_us: at(0.999),
            max_us: self.0.max(),
        })
    }
}

/// What so many of a hundred took at most, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Percentiles {
    /// Of how many.
    pub count: u64,
    /// Half of them.
    pub p50_us: u64,
    /// 90 of 100.
    pub p90_us: u64,
    /// 99 of 100.
    pub p99_us: u64,
    /// 999 of 1,000.
    pub p99_9_us: u64,
    /// All of them.
    pub max_us: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_what_they_say() {
        let mut latencies = Latencies::new();
        assert_eq!(latencies.summary(), None);
        (1..=1_000).for_each(|micros| latencies.record(Duration::from_micros(micros)));
        let expected =
            Percentiles { count: 1_000, p50_us: 500, p90_us: 900, p99_us: 990, p99_9_us: 999, max_us: 1_000 };
        assert_eq!(latencies.summary(), Some(expected));
    }

    #[test]
    fn what_takes_forever_is_counted_all_the_same() {
        let mut latencies = Latencies::new();
        latencies.record(Duration::MAX);
        latencies.record(Duration::ZERO);
        let summary = latencies.summary().expect("two of them");
        assert_eq!(summary.count, 2);
        assert!(summary.max_us >= LONGEST_US);
    }
}
