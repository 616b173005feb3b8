//! `loket order`: what became of payments.

mod history;
mod show;

use clap::{ArgGroup, Args, Subcommand};

use super::Outcome;
use super::shell::Shell;
use crate::control::order::{CheckOrder, ListOrders, OrderReference, OrderState, ResolveOrder, ShowOrder, Verdict};

/// Show, check and resolve orders
#[derive(Args)]
pub struct OrderArgs {
    #[command(subcommand)]
    command: OrderCommand,
}

#[derive(Subcommand)]
enum OrderCommand {
    /// Show one order with its whole history: every request and answer
    Show(Which),
    List(ListArgs),
    /// Ask its supplier now what became of it, and show it; nothing is ever paid by asking
    Check(Which),
    Resolve(ResolveArgs),
}

#[derive(Args)]
struct Which {
    /// The merchant's ref_id, or the order's number
    #[arg(value_name = "REF")]
    reference: String,
    /// Whose, if several have it: merchant_id or api_id
    #[arg(long)]
    merchant: Option<String>,
    /// The one of testing mode
    #[arg(long)]
    testing: bool,
}

/// List orders, newest first
#[derive(Args)]
struct ListArgs {
    /// Only this merchant's: merchant_id or api_id
    #[arg(long)]
    merchant: Option<String>,
    /// Only in this state
    #[arg(long)]
    status: Option<OrderState>,
    /// Only those that wait for a decision
    #[arg(long)]
    desk: bool,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
}

/// Say what became of an order that is pending or contradicted
#[derive(Args)]
#[command(group = ArgGroup::new("verdict").required(true))]
struct ResolveArgs {
    #[command(flatten)]
    which: Which,
    /// The supplier did it, with this proof
    #[arg(long, value_name = "SN", group = "verdict")]
    success: Option<String>,
    /// The supplier did not do it, for this reason
    #[arg(long, value_name = "REASON", group = "verdict")]
    failed: Option<String>,
}

/// Does one of them.
pub fn run(shell: &Shell, args: OrderArgs) -> Outcome {
    match args.command {
        OrderCommand::Show(which) => shell.print(&shell.ask(ShowOrder { order: which.into() })?, show::one),
        OrderCommand::Check(which) => shell.print(&shell.ask(CheckOrder { order: which.into() })?, show::one),
        OrderCommand::List(ListArgs { merchant, status, desk, limit }) => {
            let orders = shell.ask(ListOrders { merchant, state: status, on_desk: desk, limit })?;
            shell.print(&orders, |orders| show::table(orders))
        }
        OrderCommand::Resolve(ResolveArgs { which, success, failed }) => {
            let verdict = success.map(Verdict::Success).or(failed.map(Verdict::Failed));
            let verdict = verdict.ok_or("give --success SN or --failed REASON")?;
            shell.print(&shell.ask(ResolveOrder { order: which.into(), verdict })?, show::one)
        }
    }
}

impl From<Which> for OrderReference {
    fn from(which: Which) -> Self {
        let Which { reference, merchant, testing } = which;
        Self { reference, merchant, testing }
    }
}
