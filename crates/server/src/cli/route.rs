//! `loket route`: which supplier serves a product, in which order.

mod form;
mod set;
mod show;

use clap::{Args, Subcommand};

use super::Outcome;
use super::shell::Shell;
use crate::control::route::ListRoutes;

/// Show and set which supplier serves a product, in which order
#[derive(Args)]
pub struct RouteArgs {
    #[command(subcommand)]
    command: RouteCommand,
}

#[derive(Subcommand)]
enum RouteCommand {
    /// List routes, and why nothing new goes on those that are closed now
    List {
        /// Only this product's
        code: Option<String>,
    },
    Set(set::SetArgs),
}

/// Does one of them.
pub fn run(shell: &Shell, args: RouteArgs) -> Outcome {
    match args.command {
        RouteCommand::List { code } => shell.print(&shell.ask(ListRoutes { code })?, |routes| show::table(routes)),
        RouteCommand::Set(args) => set::run(shell, args),
    }
}
