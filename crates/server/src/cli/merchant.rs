//! `loket merchant`: who may call.

mod add;
mod rotate_keys;
mod set;
mod show;

use clap::{Args, Subcommand};

use super::Outcome;
use super::shell::Shell;
use crate::control::merchant::{ChangeMerchant, ListMerchants, ShowMerchant};

/// Add, show and change merchants
#[derive(Args)]
pub struct MerchantArgs {
    #[command(subcommand)]
    command: MerchantCommand,
}

#[derive(Subcommand)]
enum MerchantCommand {
    Add(add::AddArgs),
    /// List all merchants with their balances
    List,
    /// Show one merchant
    Show(Which),
    /// Take no new inquiries and orders from a merchant
    Suspend(Which),
    /// Take them again
    Resume(Which),
    RotateKeys(rotate_keys::RotateKeysArgs),
    Set(set::SetArgs),
}

#[derive(Args)]
struct Which {
    /// merchant_id or api_id
    merchant: String,
}

/// Does one of them.
pub fn run(shell: &Shell, args: MerchantArgs) -> Outcome {
    match args.command {
        MerchantCommand::Add(args) => add::run(shell, args),
        MerchantCommand::List => shell.print(&shell.ask(ListMerchants {})?, |all| show::table(all)),
        MerchantCommand::Show(Which { merchant }) => shell.print(&shell.ask(ShowMerchant { merchant })?, show::one),
        MerchantCommand::Suspend(Which { merchant }) => suspend(shell, merchant, true),
        MerchantCommand::Resume(Which { merchant }) => suspend(shell, merchant, false),
        MerchantCommand::RotateKeys(args) => rotate_keys::run(shell, args),
        MerchantCommand::Set(args) => set::run(shell, args),
    }
}

fn suspend(shell: &Shell, merchant: String, suspended: bool) -> Outcome {
    let request = ChangeMerchant { merchant, suspended: Some(suspended), ..ChangeMerchant::default() };
    shell.print(&shell.ask(request)?, show::one)
}
