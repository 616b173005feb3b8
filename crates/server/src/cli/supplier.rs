//! `loket supplier`: who pays the bills.

mod add;
mod balance;
mod products;
mod secrets;
mod set;
mod show;
mod terms;

use clap::{Args, Subcommand};

use super::Outcome;
use super::shell::Shell;
use crate::control::supplier::{ListSuppliers, ReadSupplierBalance, ShowSupplier};

/// Add, show and change suppliers
#[derive(Args)]
pub struct SupplierArgs {
    #[command(subcommand)]
    command: SupplierCommand,
}

#[derive(Subcommand)]
enum SupplierCommand {
    Add(add::AddArgs),
    /// List all suppliers
    List,
    /// Show one supplier and how it is doing
    Show(Which),
    Set(set::SetArgs),
    /// Make a harmless real call, and say how long the answer took
    Test(Which),
    /// Ask what is left of our deposit there
    Balance(Which),
    Products(products::ProductsArgs),
}

#[derive(Args)]
struct Which {
    /// Its name in this house
    name: String,
}

/// Does one of them.
pub fn run(shell: &Shell, args: SupplierArgs) -> Outcome {
    match args.command {
        SupplierCommand::Add(args) => add::run(shell, args),
        SupplierCommand::List => shell.print(&shell.ask(ListSuppliers {})?, |all| show::table(all)),
        SupplierCommand::Show(Which { name }) => shell.print(&shell.ask(ShowSupplier { name })?, show::one),
        SupplierCommand::Set(args) => set::run(shell, args),
        SupplierCommand::Test(Which { name }) => {
            shell.print(&shell.ask(ReadSupplierBalance { name })?, balance::tested)
        }
        SupplierCommand::Balance(Which { name }) => {
            shell.print(&shell.ask(ReadSupplierBalance { name })?, balance::told)
        }
        SupplierCommand::Products(args) => products::run(shell, args),
    }
}
