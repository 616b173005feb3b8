//! `loket bench sweep`.

use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::seams::SystemClock;
use clap::Args;

use super::super::shell::Shell;
use super::super::{FOUND_SOMETHING, Outcome, output};
use super::load::LoadArgs;
use crate::bench::{SweepPlan, plot, run as run_plan, sweep};

/// Find the maximum, then measure at 50, 75, 90, 95 and 100 % of it
///
/// The maximum is the median of several closed loops; at each share of it bills arrive evenly, whatever became of those before.
#[derive(Args)]
pub struct SweepArgs {
    #[command(flatten)]
    load: LoadArgs,
    /// How many closed loops the maximum is the median of
    #[arg(long, value_name = "N", default_value = "3")]
    repeats: NonZero<usize>,
    /// Measure at twice and ten times the maximum too, and how soon after that the server is as it was
    #[arg(long)]
    overload: bool,
    /// How many connections there are beyond the maximum: the most requests that wait at the server at once
    #[arg(long, value_name = "N", default_value = "768", requires = "overload")]
    overload_connections: NonZero<usize>,
    /// What is measured, as the plot names it
    #[arg(long, value_name = "TEXT", default_value = "Loket")]
    name: String,
    /// Draw latency against load into this file (SVG)
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

/// Makes the sweep and prints it. Exit code 3 if money was lost or made.
pub fn run(shell: &Shell, args: SweepArgs) -> Outcome {
    let SweepArgs { load, repeats, overload, overload_connections, name, plot: file } = args;
    load.prepare(shell)?;
    let plan = SweepPlan {
        name,
        load: load.plan(shell.data(), None)?,
        repeats: repeats.get(),
        overload_connections: overload.then_some(overload_connections.get()),
    };
    let mut result = sweep(&plan, |plan| run_plan(plan, Arc::new(SystemClock::start())))?;
    result.books = load.books(shell)?;
    if let Some(file) = file {
        std::fs::write(&file, plot(std::slice::from_ref(&result)))
            .map_err(|error| format!("{}: {error}", file.display()))?;
        output::remark(&format!("{} is drawn.", file.display()));
    }
    shell.print(&result, ToString::to_string)?;
    Ok(if result.is_sound() { ExitCode::SUCCESS } else { ExitCode::from(FOUND_SOMETHING) })
}
