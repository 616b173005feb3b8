//! `loket merchant rotate-keys`.

use clap::Args;

use super::super::span::read_span_seconds;
use super::super::{Outcome, shell::Shell};
use super::add::in_words;
use crate::control::merchant::RotateKeys;

/// Give a merchant new keys and print them, this once
#[derive(Args)]
pub struct RotateKeysArgs {
    /// merchant_id or api_id
    merchant: String,
    /// For how long the old keys hold, e.g. 30m, 24h, 7d or 0
    #[arg(long, value_name = "SPAN", default_value = "24h", value_parser = read_span_seconds)]
    overlap: u64,
}

/// Rotates them.
pub fn run(shell: &Shell, args: RotateKeysArgs) -> Outcome {
    let keys = shell.ask(RotateKeys { merchant: args.merchant, overlap_seconds: args.overlap })?;
    shell.print(&keys, in_words)
}
