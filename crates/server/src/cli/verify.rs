//! `loket verify`: the books against every rule.

use std::process::ExitCode;

use clap::Args;

use super::progress_bar::progress_bar;
use super::shell::Shell;
use super::{FOUND_SOMETHING, Outcome, output};
use crate::control::{Verified, Verify};

/// Hold the books against every rule; exit code 3 when one is broken
#[derive(Args)]
pub struct VerifyArgs {}

/// Verifies, with a bar on stderr if that is a terminal.
pub fn run(shell: &Shell, VerifyArgs {}: &VerifyArgs) -> Outcome {
    let (bar, progress) = progress_bar("books")?;
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
    if verified.findings.is_empty() {
        text.push_str("every rule holds.");
    } else {
        let rows = verified.findings.iter().map(|finding| [finding.rule.clone(), finding.place.clone()]);
        text.push_str("something is wrong.\n\n");
        text.push_str(&output::table(["BROKEN RULE", "WHERE"], rows));
    }
    text
}
