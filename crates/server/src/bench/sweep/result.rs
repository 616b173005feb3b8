//! What a sweep came to, for programs (`--json`), for [people](super::text) and for plots.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::mark::Mark;
use crate::bench::BenchError;
use crate::bench::report::Report;
use crate::control::Verified;

/// The result of a sweep.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sweep {
    /// What was measured.
    pub name: String,
    /// The most that was done.
    pub maximum: Maximum,
    /// Open loops at shares of it, the lowest first.
    pub points: Vec<Point>,
    /// Open loops beyond it; none unless asked for.
    pub overload: Vec<Point>,
    /// The books after all of it, if they were looked at.
    pub books: Option<Verified>,
}

/// The most that a server did.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Maximum {
    /// The median of the repeats, in units a second.
    pub per_second: u64,
    /// The closed loops, in the order in which they were made.
    pub repeats: Vec<Report>,
}

/// One load.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Point {
    /// In per cent of the maximum.
    pub percent: u64,
    /// In arrivals a second.
    pub rate: u64,
    /// What is to be said of it before its figures are believed.
    pub marks: Vec<Mark>,
    /// All else.
    pub report: Report,
}

impl Sweep {
    /// Whether no money was lost or made, as far as was looked.
    pub fn is_sound(&self) -> bool {
        self.reports().all(Report::is_sound) && self.books.as_ref().is_none_or(|books| books.findings.is_empty())
    }

    /// All of its reports, in the order in which they were made.
    pub fn reports(&self) -> impl Iterator<Item = &Report> {
        let points = self.points.iter().chain(&self.overload);
        self.maximum.repeats.iter().chain(points.map(|point| &point.report))
    }
}

impl Maximum {
    /// The median of these; the lower one of the two in the middle.
    pub fn of(repeats: Vec<Report>) -> Result<Self, BenchError> {
        let mut rates: Vec<u64> = repeats.iter().map(|report| report.done_per_second).collect();
        rates.sort_unstable();
        let per_second = rates.get(rates.len().saturating_sub(1) / 2).copied().unwrap_or_default();
        if per_second == 0 {
            let codes = repeats.last().into_iter().flat_map(|report| &report.codes);
            let codes: Vec<String> = codes.map(|(code, count)| format!("{count} × {code}")).collect();
            return Err(BenchError::NothingDone(codes.join(", ")));
        }
        Ok(Self { per_second, repeats })
    }
}

impl Point {
    /// A point with its marks.
    pub fn new(percent: u64, rate: u64, report: Report) -> Self {
        Self { percent, rate, marks: Mark::of(&report, rate), report }
    }

    /// How long a unit takes here when all is well: all but one of a thousand.
    pub fn normal_within(&self) -> Duration {
        Duration::from_micros(self.report.unit_latency.map_or(0, |latency| latency.p99_9_us))
    }
}
