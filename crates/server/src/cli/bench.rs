//! `loket bench`: arguments and printing; the instrument itself is [`crate::bench`].

mod load;
mod plot;
mod spread;
mod sweep;

use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use app::seams::SystemClock;
use clap::{Args, Subcommand};

use self::load::LoadArgs;
use super::shell::Shell;
use super::{FOUND_SOMETHING, Outcome};
use crate::bench::{BenchError, Extent, Plan, run as run_plan};

/// Measure a running server under load
///
/// The load is real: orders are accepted, held and paid at whatever supplier the server has. Use a server that is there
/// for it, with the demo catalogue, or --testing. The quickest way to a figure: `loket serve` in one terminal, `loket bench --setup 1000`
/// in another.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct BenchArgs {
    #[command(subcommand)]
    command: Option<BenchCommand>,
    #[command(flatten)]
    load: LoadArgs,
    /// Measure this many units instead
    #[arg(long, value_name = "N", conflicts_with = "duration")]
    count: Option<u64>,
    /// Open loop: so many units begin each second, whatever became of those before; each is timed from when it should have begun
    #[arg(long, value_name = "PER_SECOND")]
    rate: Option<NonZero<u64>>,
    /// Give so many of the merchants an endpoint for webhooks on this machine; the server must be started with
    /// --allow-private-webhooks
    #[arg(long, value_name = "N", default_value = "0")]
    receivers: usize,
    /// Let so many of these never answer
    #[arg(long, value_name = "N", default_value = "0", requires = "receivers")]
    dead_receivers: usize,
}

#[derive(Subcommand)]
enum BenchCommand {
    Sweep(Box<sweep::SweepArgs>),
    Plot(plot::PlotArgs),
}

/// Makes the run and prints its report. Exit code 1 if not a single unit was done, 3 if money was lost or made.
pub fn run(shell: &Shell, args: BenchArgs) -> Outcome {
    match args.command {
        Some(BenchCommand::Sweep(args)) => return sweep::run(shell, *args),
        Some(BenchCommand::Plot(args)) => return plot::run(&args),
        None => {}
    }
    args.load.prepare(shell)?;
    let mut report = run_plan(args.plan(shell.data())?, Arc::new(SystemClock::start()))?;
    report.books = args.load.books(shell)?;
    shell.print(&report, ToString::to_string)?;
    Ok(match (report.is_sound(), report.done > 0) {
        (false, _) => ExitCode::from(FOUND_SOMETHING),
        (true, false) => ExitCode::FAILURE,
        (true, true) => ExitCode::SUCCESS,
    })
}

impl BenchArgs {
    fn plan(&self, data: &Path) -> Result<Plan, BenchError> {
        Ok(Plan {
            rate: self.rate.map(NonZero::get),
            receivers: self.receivers,
            dead_receivers: self.dead_receivers,
            ..self.load.plan(data, self.count.map(Extent::Count))?
        })
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::time::Duration;

    use clap::Parser;

    use super::*;
    use crate::bench::Scenario;

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
            "--merchants m --hot --zipf",
            "--merchants m --api-id a",
            "--scenario all",
            "--setup 0",
            "--setup 5 --merchants m",
            "--rate 5 sweep",
            "sweep --rate 5",
            "sweep --overload-connections 5",
            "plot",
            "--url https://localhost",
            "--merchants there/is/no/such/file",
        ] {
            assert!(plan(arguments).is_err(), "{arguments}");
        }
    }
}
