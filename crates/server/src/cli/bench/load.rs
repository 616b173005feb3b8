//! What every run and sweep needs to know.

use std::error::Error;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::super::ServerAddress;
use super::super::keys::KeyArgs;
use super::super::progress_bar::progress_bar;
use super::super::shell::Shell;
use super::spread::SpreadArgs;
use crate::bench::{BenchError, Extent, MERCHANTS_FILE, Merchant, Merchants, Plan, Scenario, parse_span, set_up};
use crate::control::merchant::ListMerchants;
use crate::control::{Verified, Verify, server_process};

/// The load, and where it goes.
#[derive(Args)]
pub struct LoadArgs {
    /// The server's base URL
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: ServerAddress,
    /// What is done again and again
    #[arg(long, value_enum, default_value = "pay")]
    scenario: Scenario,
    /// How many connections there are, each with one request at a time
    #[arg(long, value_name = "N", default_value = "256")]
    connections: NonZero<usize>,
    /// How long it is measured
    #[arg(long, value_name = "TIME", value_parser = parse_span, default_value = "10s")]
    duration: Duration,
    /// What goes before and isn't counted [default: 2s; with --count 0s]
    #[arg(long, value_name = "TIME", value_parser = parse_span)]
    warmup: Option<Duration>,
    /// Make so many merchants with money on the server of the data directory, or use those of the time before, and look through its
    /// books afterwards
    #[arg(long, value_name = "N", conflicts_with_all = ["merchants", "api_id", "api_key", "secret_key"])]
    setup: Option<NonZero<usize>>,
    /// The merchants: a file with a line each, as `loket merchant add --json` prints it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["api_id", "api_key", "secret_key"])]
    merchants: Option<PathBuf>,
    #[command(flatten)]
    spread: SpreadArgs,
    /// Testing mode: the sandbox pays, no balance is touched
    #[arg(long)]
    testing: bool,
    /// Look through the books of the data directory afterwards; exit code 3 when a rule is broken
    #[arg(long)]
    verify: bool,
    /// The server's process, to measure its processor time and memory too [default: with --setup or --verify that of the data directory]
    #[arg(long, value_name = "PID")]
    server_pid: Option<u32>,
    /// Where to measure the disk's sync time [default: the data directory, or this one]
    #[arg(long, value_name = "DIR")]
    sync_dir: Option<PathBuf>,
    #[command(flatten)]
    keys: KeyArgs,
}

impl LoadArgs {
    /// Whether the data directory is that of the server that is measured.
    fn is_at_home(&self) -> bool {
        self.setup.is_some() || self.verify
    }

    /// Makes the merchants, if that is asked for.
    pub fn prepare(&self, shell: &Shell) -> Result<(), Box<dyn Error>> {
        let Some(count) = self.setup else { return Ok(()) };
        let (bar, progress) = progress_bar("merchants")?;
        let mut door = shell.door::<ListMerchants>()?;
        let made = set_up(&mut door, &shell.data().join(MERCHANTS_FILE), count.get(), &progress);
        bar.finish_and_clear();
        made
    }

    /// The plan of a closed loop of that length.
    pub fn plan(&self, data: &Path, extent: Option<Extent>) -> Result<Plan, BenchError> {
        let spread = self.spread.spread();
        let merchants = match (&self.merchants, self.setup) {
            (Some(path), _) => Merchants::read(path, usize::MAX, spread)?,
            (None, Some(count)) => Merchants::read(&data.join(MERCHANTS_FILE), count.get(), spread)?,
            (None, None) => Merchants::single(Merchant::new(0, self.keys.signing_key())),
        };
        let extent = extent.unwrap_or(Extent::Time(self.duration));
        let usual_warmup = match extent {
            Extent::Count(_) => Duration::ZERO,
            Extent::Time(_) => Duration::from_secs(2),
        };
        let detected = || self.is_at_home().then(|| server_process(data)).flatten();
        let here = || PathBuf::from(if data.is_dir() { data } else { Path::new(".") });
        Ok(Plan {
            address: self.url.clone(),
            scenario: self.scenario,
            merchants: Arc::new(merchants),
            spread,
            is_testing: self.testing,
            connections: self.connections.get(),
            rate: None,
            warmup: self.warmup.unwrap_or(usual_warmup),
            extent,
            receivers: 0,
            dead_receivers: 0,
            server_pid: self.server_pid.or_else(detected),
            sync_directory: self.sync_dir.clone().unwrap_or_else(here),
            normal_within: None,
        })
    }

    /// The books of the data directory, if they are to be looked through.
    pub fn books(&self, shell: &Shell) -> Result<Option<Verified>, Box<dyn Error>> {
        if !self.is_at_home() {
            return Ok(None);
        }
        let (bar, progress) = progress_bar("books")?;
        let verified = shell.ask_with(Verify {}, &progress);
        bar.finish_and_clear();
        verified.map(Some)
    }
}
