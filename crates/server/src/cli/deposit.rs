//! `loket deposit`: credits a merchant.

use clap::Args;

use super::amount::read_positive_amount;
use super::shell::Shell;
use super::{Outcome, output};
use crate::control::{Fund, FundKind, Funded};

/// Credit a merchant
#[derive(Args)]
pub struct DepositArgs {
    /// merchant_id or api_id
    merchant: String,
    /// Whole rupiah
    #[arg(value_parser = read_positive_amount, allow_negative_numbers = true)]
    amount: i64,
    /// What it is for; the merchant sees it
    #[arg(long)]
    note: String,
    /// Its identity: the same again changes nothing
    #[arg(long)]
    reference: Option<String>,
}

/// Writes it.
pub fn run(shell: &Shell, args: DepositArgs) -> Outcome {
    let DepositArgs { merchant, amount, note, reference } = args;
    let funded = shell.ask(Fund { merchant, kind: FundKind::Deposit, amount, note, reference })?;
    shell.print(&funded, in_words)
}

/// What was written, and the balance.
pub fn in_words(funded: &Funded) -> String {
    let what = match funded.kind {
        FundKind::Deposit => "Deposit",
        FundKind::Adjustment => "Adjustment",
    };
    let repeated = if funded.repeated { " was written before, on " } else { " written on " };
    format!(
        "{what} {}{repeated}{}: {} for merchant {}. Balance: {}.",
        funded.reference,
        funded.created_at,
        output::rupiah(funded.amount),
        funded.merchant_id,
        output::rupiah(funded.balance)
    )
}
