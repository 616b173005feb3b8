//! `loket adjust`: corrects a merchant's balance.

use clap::Args;

use super::Outcome;
use super::amount::read_amount;
use super::deposit::in_words;
use super::shell::Shell;
use crate::control::{Fund, FundKind};

/// Correct a merchant's balance, up or down
#[derive(Args)]
pub struct AdjustArgs {
    /// merchant_id or api_id
    merchant: String,
    /// Whole rupiah; below zero takes away
    #[arg(value_name = "±AMOUNT", value_parser = read_amount, allow_negative_numbers = true, allow_hyphen_values = true)]
    amount: i64,
    /// Why; the merchant sees it
    #[arg(long)]
    note: String,
    /// Its identity: the same again changes nothing
    #[arg(long)]
    reference: Option<String>,
}

/// Writes it.
pub fn run(shell: &Shell, args: AdjustArgs) -> Outcome {
    let AdjustArgs { merchant, amount, note, reference } = args;
    let funded = shell.ask(Fund { merchant, kind: FundKind::Adjustment, amount, note, reference })?;
    shell.print(&funded, in_words)
}
