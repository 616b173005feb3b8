//! `loket verify`: the books against every rule.

use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::shell::Shell;
use super::{FOUND_SOMETHING, Outcome, output};
use crate::control::{Progress, Verified, Verify};

/// Hold the books against every rule; exit code 3 when one is broken
#[derive(Args)]
pub struct VerifyArgs {}

/// Verifies, with a bar on stderr if that is a terminal.
pub fn run(shell: &Shell, VerifyArgs {}: &VerifyArgs) -> Outcome {
    let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} books")?);
    let shown = bar.clone();
    let progress = Progress::to(move |done, of| {
        shown.set_length(of);
        shown.set_position(done);
    });
    let verified = shell.ask_with(Verify {}, &progress);
    bar.finish_and_clear();
    let verified = verified?;
    shell.print(&verified, in_words)?;
    Ok(if verified.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND_SOMETHING) })
}

fn in_words(verified: &Verified) -> String {
    let mut text = format!(
        "{} books, {} orders, {} deposits and adjustments, {} transfers, {} bills: ",
        verified.books, verified.orders, verified.vouchers, verified.transfers, verified.bills
    );
    match verified.findings.len() {
        0 => text.push_str("every rule holds.\n"),
        1 => text.push_str("1 rule is broken.\n"),
        count => text.push_str(&format!("{count} rules are broken.\n")),
    }
    let rows = verified.findings.iter().map(|finding| [finding.rule.clone(), finding.place.clone()]);
    if !verified.findings.is_empty() {
        text.push_str(&output::table(["BROKEN RULE", "WHERE"], rows));
    }
    text
}
