//! A sweep: the most that a server does, then how long it takes at shares of that, and, if asked for, beyond it.
//!
//! The maximum is the median of several closed loops. All shares of it are open loops, so that a server that stands still shows in every
//! latency of that time.

mod mark;
mod plan;
mod result;
mod text;

use std::time::Duration;

use super::BenchError;
use super::plan::Plan;
use super::report::Report;

pub use plan::SweepPlan;
pub use result::{Maximum, Point, Sweep};

/// The loads of every sweep, in per cent of the maximum.
const SHARES: [u64; 5] = [50, 75, 90, 95, 100];
/// Those beyond, in per cent too.
const OVERLOADS: [u64; 2] = [200, 1_000];
/// Quicker than this is normal on any machine, whatever half the maximum took.
const ALWAYS_NORMAL: Duration = Duration::from_millis(10);

/// Makes all runs of a sweep, one after the other.
pub fn sweep(plan: &SweepPlan, mut run: impl FnMut(Plan) -> Result<Report, BenchError>) -> Result<Sweep, BenchError> {
    let mut repeats = Vec::new();
    for _ in 0..plan.repeats {
        repeats.push(run(Plan { rate: None, normal_within: None, ..plan.load.clone() })?);
    }
    let maximum = Maximum::of(repeats)?;
    let mut at = |percent: u64, connections: usize, normal_within: Option<Duration>| {
        let rate = (maximum.per_second * percent / 100).max(1);
        let report = run(Plan { rate: Some(rate), connections, normal_within, ..plan.load.clone() })?;
        Ok::<_, BenchError>(Point::new(percent, rate, report))
    };
    let mut points = Vec::new();
    for percent in SHARES {
        points.push(at(percent, plan.load.connections, None)?);
    }
    let mut overload = Vec::new();
    if let Some(connections) = plan.overload_connections {
        let normal_within = points.first().map_or(ALWAYS_NORMAL, Point::normal_within).max(ALWAYS_NORMAL);
        for percent in OVERLOADS {
            overload.push(at(percent, connections, Some(normal_within))?);
        }
    }
    Ok(Sweep { name: plan.name.clone(), maximum, points, overload, books: None })
}

#[cfg(test)]
mod tests;
