//! `loket bench`: arguments and printing; the instrument itself is [`crate::bench`].

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use app::seams::SystemClock;
use clap::Args;

use super::keys::KeyArgs;
use super::shell::Shell;
use super::{Outcome, ServerAddress};
use crate::bench::{BenchError, Extent, Merchant, Merchants, Plan, Scenario, Spread, parse_span, run as run_plan};

/// Measure a running server under load
///
/// The load is real: orders are accepted, held and paid at whatever supplier the server has. Use a server that is there
/// for it, with the demo catalogue, or --testing.
#[derive(Args)]
pub struct BenchArgs {
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
    #[arg(long, value_name = "TIME", value_parser = parse_span, default_value = "10s", conflicts_with = "count")]
    duration: Duration,
    /// Measure this many units instead
    #[arg(long, value_name = "N")]
    count: Option<u64>,
    /// What goes before and isn't counted [default: 2s; with --count 0s]
    #[arg(long, value_name = "TIME", value_parser = parse_span)]
    warmup: Option<Duration>,
    /// Open loop: so many units begin each second, whatever became of those before; each is timed from when it should have begun
    #[arg(long, value_name = "PER_SECOND")]
    rate: Option<NonZero<u64>>,
    /// The merchants: a file with a line each, as `loket merchant add --json` prints it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["api_id", "api_key", "secret_key"])]
    merchants: Option<PathBuf>,
    /// Use only the first merchant of the file
    #[arg(long, requires = "merchants")]
    hot: bool,
    /// Use the n-th merchant of the file n times more seldom than the first
    #[arg(long, requires = "merchants", conflicts_with = "hot")]
    zipf: bool,
    /// Testing mode: the sandbox pays, no balance is touched
    #[arg(long)]
    testing: bool,
    /// Give so many of the merchants an endpoint for webhooks on this machine; the server must be started with
    /// --allow-private-webhooks
    #[arg(long, value_name = "N", default_value = "0")]
    receivers: usize,
    /// Let so many of these never answer
    #[arg(long, value_name = "N", default_value = "0", requires = "receivers")]
    dead_receivers: usize,
    /// The server's process, to measure its processor time and memory too
    #[arg(long, value_name = "PID")]
    server_pid: Option<u32>,
    /// Where to measure the disk's sync time [default: the data directory, or this one]
    #[arg(long, value_name = "DIR")]
    sync_dir: Option<PathBuf>,
    #[command(flatten)]
    keys: KeyArgs,
}

/// Makes the run and prints its report. Exit code 1 if not a single unit was done.
pub fn run(shell: &Shell, args: BenchArgs) -> Outcome {
    let report = run_plan(args.plan(shell.data())?, Arc::new(SystemClock::start()))?;
    shell.print(&report, ToString::to_string)?;
    Ok(if report.done > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl BenchArgs {
    fn plan(self, data: &Path) -> Result<Plan, BenchError> {
        let spread = match (self.hot, self.zipf) {
            (true, _) => Spread::Hot,
            (_, true) => Spread::Zipf,
            (false, false) => Spread::Uniform,
        };
        let merchants = match &self.merchants {
            Some(path) => Merchants::read(path, spread)?,
            None => Merchants::single(Merchant::new(self.keys.signing_key())),
        };
        let usual_warmup = if self.count.is_some() { Duration::ZERO } else { Duration::from_secs(2) };
        Ok(Plan {
            address: self.url,
            scenario: self.scenario,
            merchants,
            spread,
            is_testing: self.testing,
            connections: self.connections.get(),
            rate: self.rate.map(NonZero::get),
            warmup: self.warmup.unwrap_or(usual_warmup),
            extent: self.count.map_or(Extent::Time(self.duration), Extent::Count),
            receivers: self.receivers,
            dead_receivers: self.dead_receivers,
            server_pid: self.server_pid,
            sync_directory: self
                .sync_dir
                .unwrap_or_else(|| PathBuf::from(if data.is_dir() { data } else { Path::new(".") })),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct CommandLine {
        #[command(flatten)]
        args: BenchArgs,
    }

    fn plan(arguments: &str) -> Result<Plan, Box<dyn Error>> {
        let arguments = ["loket-bench"].into_iter().chain(arguments.split_whitespace());
        Ok(CommandLine::try_parse_from(arguments)?.args.plan(Path::new("."))?)
    }

    #[test]
    fn without_arguments_it_measures_the_demo() -> Result<(), Box<dyn Error>> {
        let plan = plan("")?;
        assert_eq!(plan.address.to_string(), "http://127.0.0.1:8080");
        assert_eq!((plan.scenario, plan.connections, plan.rate), (Scenario::Pay, 256, None));
        assert_eq!((plan.extent, plan.warmup), (Extent::Time(Duration::from_secs(10)), Duration::from_secs(2)));
        assert_eq!(plan.merchants.draw(7).key.api_id(), "demo");
        Ok(())
    }

    #[test]
    fn a_count_is_exact_so_it_has_no_warm_up() -> Result<(), Box<dyn Error>> {
        let counted = plan("--count 5 --rate 100 --scenario mixed --testing")?;
        assert_eq!((counted.extent, counted.warmup, counted.rate), (Extent::Count(5), Duration::ZERO, Some(100)));
        assert!(counted.is_testing);
        assert_eq!(plan("--count 5 --warmup 500ms")?.warmup, Duration::from_millis(500));
        Ok(())
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for arguments in [
            "--connections 0",
            "--rate 0",
            "--duration 10",
            "--duration 1s --count 1",
            "--hot",
            "--merchants m --hot --zipf",
            "--merchants m --api-id a",
            "--scenario all",
            "--url https://localhost",
            "--merchants there/is/no/such/file",
        ] {
            assert!(plan(arguments).is_err(), "{arguments}");
        }
    }
}
