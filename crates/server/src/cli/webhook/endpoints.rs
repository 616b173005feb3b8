//! `loket webhook endpoints`: where merchants are told of their orders.

mod add;
mod headers;
mod set;
mod show;
mod terms;

use clap::{Args, Subcommand};

use super::super::Outcome;
use super::super::shell::Shell;
use crate::control::webhook::{
    ListEndpoints, RemoveEndpoint, Removed, RotateEndpointSecret, ShowEndpoint, WhichEndpoint,
};

/// Add, show and change the addresses where a merchant is told of its orders
#[derive(Args)]
pub struct EndpointsArgs {
    #[command(subcommand)]
    command: EndpointsCommand,
}

#[derive(Subcommand)]
enum EndpointsCommand {
    /// List a merchant's endpoints
    List {
        /// merchant_id or api_id
        merchant: String,
    },
    Add(add::AddArgs),
    Set(set::SetArgs),
    /// Show one endpoint and how it is doing
    Show {
        #[command(flatten)]
        which: Which,
        /// With its secret, which signs by the Standard Webhooks specification
        #[arg(long)]
        secret: bool,
    },
    /// Give an endpoint a new secret and print it; the old one signs beside it for 24 hours
    RotateSecret(Which),
    /// Remove an endpoint; what was to be delivered there is not
    Remove(Which),
}

/// One of a merchant's endpoints.
#[derive(Args)]
struct Which {
    /// merchant_id or api_id
    merchant: String,
    /// Its endpoint's number
    endpoint: String,
}

/// Does one of them.
pub fn run(shell: &Shell, args: EndpointsArgs) -> Outcome {
    match args.command {
        EndpointsCommand::List { merchant } => {
            shell.print(&shell.ask(ListEndpoints { merchant })?, |all| show::table(all))
        }
        EndpointsCommand::Add(args) => add::run(shell, args),
        EndpointsCommand::Set(args) => set::run(shell, args),
        EndpointsCommand::Show { which, secret } => {
            shell.print(&shell.ask(ShowEndpoint { endpoint: which.into(), secret })?, show::one)
        }
        EndpointsCommand::RotateSecret(which) => {
            shell.print(&shell.ask(RotateEndpointSecret { endpoint: which.into() })?, show::one)
        }
        EndpointsCommand::Remove(which) => shell.print(&shell.ask(RemoveEndpoint { endpoint: which.into() })?, removed),
    }
}

fn removed(removed: &Removed) -> String {
    format!("Endpoint {}, {}, is removed.", removed.endpoint_id, removed.url)
}

impl From<Which> for WhichEndpoint {
    fn from(which: Which) -> Self {
        let Which { merchant, endpoint } = which;
        Self { merchant, endpoint: Some(endpoint) }
    }
}
