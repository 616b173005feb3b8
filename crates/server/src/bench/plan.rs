//! What a run is to do.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::merchants::{Merchants, Spread};
use super::scenario::Scenario;
use crate::cli::ServerAddress;

/// When a run is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// After a time.
    Time(Duration),
    /// After that many units.
    Count(u64),
}

/// A run, planned in full.
#[derive(Clone)]
pub struct Plan {
    /// The server.
    pub address: ServerAddress,
    /// What is asked of it.
    pub scenario: Scenario,
    /// By whom.
    pub merchants: Arc<Merchants>,
    /// How the load spreads over them.
    pub spread: Spread,
    /// Whether every order says `"testing": true`.
    pub is_testing: bool,
    /// How many connections there are: the most units in flight at once.
    pub connections: usize,
    /// Units that arrive in a second (open loop). Without it, each connection does one after the other (closed loop).
    pub rate: Option<u64>,
    /// What goes before and isn't counted.
    pub warmup: Duration,
    /// How long it is measured.
    pub extent: Extent,
    /// How many merchants have an endpoint on this machine.
    pub receivers: usize,
    /// How many of these endpoints never answer.
    pub dead_receivers: usize,
    /// The server's process, if it is to be measured too.
    pub server_pid: Option<u32>,
    /// Where the sync time is measured.
    pub sync_directory: PathBuf,
    /// What of a unit is normal, if it is to be seen how soon after the load the server is so again.
    pub normal_within: Option<Duration>,
}
