//! What is to be said of a point before its figures are believed.

use serde::{Deserialize, Serialize};

use crate::bench::report::Report;

/// A generator's one thread is busy from this share of the time on, in per cent.
const BUSY_PERCENT: u64 = 90;
/// Nobody minds a generator that is late by less, in microseconds.
const LATE_US: u64 = 1_000;

/// Something that makes a point say less than it seems to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Of what arrived, more than a hundredth wasn't done.
    RateNotKept,
    /// The generator's thread had hardly any time to spare: it may be the generator that was measured.
    GeneratorBusy,
    /// A tenth or more of the 99th percentile is how late the generator itself was.
    GeneratorLate,
}

impl Mark {
    /// The marks of a report that was made at this rate.
    pub fn of(report: &Report, rate: u64) -> Vec<Self> {
        let arrived = rate.saturating_mul(report.window_ms) / 1_000;
        let missing = arrived.saturating_sub(report.done);
        let late = report.lateness.map_or(0, |lateness| lateness.p99_us);
        let took = report.unit_latency.map_or(0, |latency| latency.p99_us);
        let marks = [
            (Self::RateNotKept, missing > 1 && missing * 100 > arrived),
            (Self::GeneratorBusy, report.generator.processor_ms * 100 >= report.window_ms * BUSY_PERCENT),
            (Self::GeneratorLate, late >= LATE_US && late * 10 >= took),
        ];
        marks.into_iter().filter(|(_, holds)| *holds).map(|(mark, _)| mark).collect()
    }

    /// As it stands in a table.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::RateNotKept => "rate not kept",
            Self::GeneratorBusy => "generator busy",
            Self::GeneratorLate => "generator late",
        }
    }
}
