//! `loket bench plot`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::super::{Outcome, output};
use crate::bench::{Sweep, plot};

/// Draw latency against load from what `loket bench sweep --json` printed, each sweep in a panel of its own
#[derive(Args)]
pub struct PlotArgs {
    /// The sweeps, a file each
    #[arg(required = true, value_name = "RESULT.json")]
    sweeps: Vec<PathBuf>,
    /// The picture (SVG) [default: stdout]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Draws it.
pub fn run(args: &PlotArgs) -> Outcome {
    let sweeps = args.sweeps.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let picture = plot(&sweeps);
    match &args.out {
        Some(file) => std::fs::write(file, picture).map_err(|error| format!("{}: {error}", file.display()))?,
        None => output::text(&picture)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Sweep, Box<dyn Error>> {
    let named = |error: &dyn Error| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
    serde_json::from_str(&text)
        .map_err(|error| format!("{}: this is no sweep of this version ({error})", path.display()).into())
}
