//! What a run came to, for programs (`--json`) and for [people](super::report_text).
//!
//! No floats: rates are rounded, times are whole microseconds or milliseconds, and say so in their names.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::balances::Reckoning;
use super::latencies::Percentiles;
use super::machine::LoadAverage;
use super::merchants::Spread;
use super::meters::Reading;
use super::receivers::WebhookReport;
use super::recovery::Recovery;
use super::scenario::Scenario;
use super::step::Step;
use crate::control::Verified;

/// The result of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// All successes, from when their bytes left: without the wait for a free connection.
    pub sent_success_latency: Option<Percentiles>,
    /// All other answers, from when their bytes left.
    pub sent_refusal_latency: Option<Percentiles>,
    /// How late units began, since no connection was free or the generator was late itself. Open loop only.
    pub delay: Option<Percentiles>,
    /// How late units began though a connection was free: the generator's own fault. Open loop only.
    pub lateness: Option<Percentiles>,
    /// Answers by their code.
    pub codes: BTreeMap<String, u64>,
    /// Connections that broke.
    pub broken: u64,
    /// Units that were still under way when the run was ended by force.
    pub unanswered: u64,
    /// Arrivals for which no connection became free. Open loop only.
    pub given_up: u64,
    /// How soon after the load's end the server was as it was before, if that was looked for.
    pub recovery: Option<Recovery>,
    /// What came at the receivers of webhooks, if there were any.
    pub webhooks: Option<WebhookReport>,
    /// Units that were done at any time: so many must be in the books.
    pub done_in_all: u64,
    /// The merchants' balances against what they were told; none in testing mode, which moves no money.
    pub balances: Option<Reckoning>,
    /// The books afterwards, if they were looked at.
    pub books: Option<Verified>,
    /// What the generator itself used within the window.
    pub generator: Use,
    /// What the server used, if its process is known.
    pub server: Option<Use>,
    /// Where all this was.
    pub machine: Machine,
}

impl Report {
    /// Whether no money was lost or made, as far as was looked.
    pub fn is_sound(&self) -> bool {
        let balances_hold = self.balances.as_ref().is_none_or(Reckoning::holds);
        balances_hold && self.books.as_ref().is_none_or(|books| books.findings.is_empty())
    }
}

/// How a run was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Use {
    /// Processor time within the window, in milliseconds.
    pub processor_ms: u64,
    /// The same by unit that was done, in microseconds.
    pub processor_us_per_unit: u64,
    /// The same by answer, in microseconds.
    pub processor_us_per_answer: u64,
    /// The most memory it had since it began, in KiB.
    pub peak_kib: u64,
    /// The memory it had when the window ended, in KiB.
    pub resident_kib: u64,
}

impl Use {
    /// What a reading comes to by unit and answer.
    pub fn new(used: Reading, done: u64, answered: u64) -> Self {
        let micros = micros(used.processor);
        Self {
            processor_ms: micros / 1_000,
            processor_us_per_unit: micros / done.max(1),
            processor_us_per_answer: micros / answered.max(1),
            peak_kib: used.peak_kib,
            resident_kib: used.resident_kib,
        }
    }
}

/// Where a run was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Machine {
    /// When it was measured, in WIB.
    pub measured_at: String,
    /// What its processors call themselves.
    pub processor: String,
    /// How many of them this process may use.
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

/// A span in whole microseconds.
pub fn micros(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}
