//! `loket doctor`: what keeps the house from working, and what to do.

use std::process::ExitCode;

use app::seams::SystemClock;
use clap::Args;
use serde::Serialize;

use super::shell::Shell;
use super::stage_bars::StageBars;
use super::{FOUND_SOMETHING, Outcome};
use crate::config::DatabaseUrl;
use crate::doctor::{Patient, Verdict, examine};
use crate::stages::Stages;

/// Look at everything that keeps Loket from working, and say what to do; exit code 3 when something is found
///
/// It changes nothing, and works while the server runs or not. A large database takes as long as `loket verify`.
#[derive(Args)]
pub struct DoctorArgs {}

#[derive(Serialize)]
struct Line {
    check: &'static str,
    verdict: Verdict,
    what: String,
    advice: Option<String>,
}

/// Examines.
pub fn run(shell: &Shell, DoctorArgs {}: &DoctorArgs) -> Outcome {
    let config = shell.config();
    if config.as_ref().is_ok_and(|config| config.settings.database_url != DatabaseUrl::Embedded) {
        return Err(
            "`loket doctor` looks at the database inside the data directory only, and another one is set".into()
        );
    }
    let (bars, clock) = (StageBars::default(), SystemClock::start());
    let begin = |stage| bars.begin(stage);
    let found = examine(&mut Patient::new(shell.data(), config, &clock, Stages::to(&begin)));
    bars.finish();
    let lines: Vec<Line> = found
        .into_iter()
        .map(|(check, finding)| Line { check, verdict: finding.verdict, what: finding.what, advice: finding.advice })
        .collect();
    let is_well = lines.iter().all(|line| line.verdict == Verdict::Ok);
    shell.print(&lines, |lines| lines.iter().map(in_words).collect())?;
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::from(FOUND_SOMETHING) })
}

fn in_words(line: &Line) -> String {
    let verdict = match line.verdict {
        Verdict::Ok => "OK",
        Verdict::Warn => "WARN",
        Verdict::Fail => "FAIL",
    };
    let advice = line.advice.as_ref().map(|advice| format!("{:22}=> {advice}\n", "")).unwrap_or_default();
    format!("{verdict:<5} {:<15} {}\n{advice}", line.check, line.what)
}
