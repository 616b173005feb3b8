//! `loket webhook recover`.

use std::fmt::Write;

use clap::Args;

use super::super::progress_bar::progress_bar;
use super::super::{Outcome, shell::Shell};
use super::Target;
use super::since::read_since;
use crate::control::webhook::{RecoverWebhooks, Recovered, Since};

/// Deliver everything anew that was meant for an endpoint and never arrived. One that was disabled is switched on again first
#[derive(Args)]
pub struct RecoverArgs {
    #[command(flatten)]
    target: Target,
    /// Since when: 2026-05-31 or '2026-05-31 10:40:02' in WIB, or how long ago, such as 72h or 3d
    #[arg(long, value_name = "TIME", value_parser = read_since)]
    since: Since,
}

/// Recovers, with a bar on stderr if that is a terminal.
pub fn run(shell: &Shell, args: RecoverArgs) -> Outcome {
    let RecoverArgs { target, since } = args;
    let (bar, progress) = progress_bar("events")?;
    let recovered = shell.ask_with(RecoverWebhooks { endpoint: target.into(), since }, &progress);
    bar.finish_and_clear();
    shell.print(&recovered?, in_words)
}

fn in_words(recovered: &Recovered) -> String {
    let Recovered { endpoint_id, url, since, looked_at, recovered, switched_on_from } = recovered;
    let mut text = String::new();
    if let Some(before) = switched_on_from {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "Endpoint {endpoint_id} was {}, and is on again.", before.name());
    }
    let _ = writeln!(text, "{looked_at} events since {since}: {recovered} had not arrived at {url} and go now.");
    text
}
