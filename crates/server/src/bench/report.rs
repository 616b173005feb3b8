//! What a run came to, for programs (`--json`) and for [people](super::report_text).
//!
//! No floats: rates are rounded, times are whole microseconds or milliseconds, and say so in their names.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use super::latencies::Percentiles;
use super::machine::LoadAverage;
use super::merchants::Spread;
use super::receivers::WebhookReport;
use super::scenario::Scenario;
use super::step::Step;

/// The result of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// How it was made.
    pub setup: Setup,
    /// How long the window was, in milliseconds.
    pub window_ms: u64,
    /// Units that were done within the window.
    pub done: u64,
    /// And a second.
    pub done_per_second: u64,
    /// Answers of all kinds within the window.
    pub answered: u64,
    /// And a second.
    pub answered_per_second: u64,
    /// Whole units; in an open loop from when they were to begin.
    pub unit_latency: Option<Percentiles>,
    /// The requests that were done, by kind.
    pub step_latency: BTreeMap<Step, Percentiles>,
    /// All answers but successes.
    pub refusal_latency: Option<Percentiles>,
    /// How late units began, since no connection was free or the generator was late itself. Open loop only.
    pub delay: Option<Percentiles>,
    /// Answers by their code.
    pub codes: BTreeMap<String, u64>,
    /// Connections that broke.
    pub broken: u64,
    /// Units that were still under way when the run was ended by force.
    pub unanswered: u64,
    /// Arrivals for which no connection became free. Open loop only.
    pub given_up: u64,
    /// What came at the receivers of webhooks, if there were any.
    pub webhooks: Option<WebhookReport>,
    /// Units that were done at any time: so many must be in the books.
    pub done_in_all: u64,
    /// What the generator itself used within the window.
    pub generator: Use,
    /// What the server used, if its process is known.
    pub server: Option<Use>,
    /// Where all this was.
    pub machine: Machine,
}

/// How a run was made.
#[derive(Clone, Debug, Serialize)]
pub struct Setup {
    /// The server's base URL.
    pub url: String,
    /// What was done.
    pub scenario: Scenario,
    /// Over how many connections.
    pub connections: usize,
    /// Arrivals a second; none in a closed loop.
    pub rate: Option<u64>,
    /// By how many merchants.
    pub merchants: usize,
    /// How the load spread over them.
    pub spread: Spread,
    /// Whether in testing mode.
    pub testing: bool,
    /// What went before, in milliseconds.
    pub warmup_ms: u64,
}

/// What a process used.
#[derive(Clone, Debug, Serialize)]
pub struct Use {
    /// Processor time within the window, in milliseconds.
    pub processor_ms: u64,
    /// The same by unit that was done, in microseconds.
    pub processor_us_per_unit: u64,
    /// The same by answer, in microseconds.
    pub processor_us_per_answer: u64,
    /// The most memory it had since it began, in KiB.
    pub peak_kib: u64,
}

impl Use {
    /// What `time` of a processor comes to.
    pub fn new(time: Duration, peak_kib: u64, done: u64, answered: u64) -> Self {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        Self {
            processor_ms: micros / 1_000,
            processor_us_per_unit: micros / done.max(1),
            processor_us_per_answer: micros / answered.max(1),
            peak_kib,
        }
    }
}

/// Where a run was made.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    /// How many processors it has.
    pub processors: usize,
    /// The load average before.
    pub load_before: LoadAverage,
    /// The load average afterwards.
    pub load_after: LoadAverage,
    /// Where the sync time was measured.
    pub sync_directory: PathBuf,
    /// The median time of a sync before the run, in microseconds.
    pub sync_us: u64,
}

/// So many in so long come to so many a second.
pub fn per_second(count: u64, span: Duration) -> u64 {
    let micros = span.as_micros().max(1);
    u64::try_from((u128::from(count) * 1_000_000 + micros / 2) / micros).unwrap_or(u64::MAX)
}
