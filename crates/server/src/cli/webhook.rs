//! `loket webhook`: what merchants are told, where, and what came of it.

mod endpoints;
mod event_words;
mod listen;
mod log;
mod recover;
mod resend;
mod since;
mod test;
mod trigger;

use clap::{Args, Subcommand};

use super::Outcome;
use super::shell::Shell;
use crate::control::webhook::WhichEndpoint;

/// Where merchants are told of their orders, the log of that, and its cures
#[derive(Args)]
pub struct WebhookArgs {
    #[command(subcommand)]
    command: WebhookCommand,
}

#[derive(Subcommand)]
enum WebhookCommand {
    Endpoints(endpoints::EndpointsArgs),
    Log(log::LogArgs),
    Resend(resend::ResendArgs),
    Recover(recover::RecoverArgs),
    Test(test::TestArgs),
    Listen(listen::ListenArgs),
    Trigger(trigger::TriggerArgs),
}

/// The one of a merchant's endpoints that something is done for.
#[derive(Args)]
struct Target {
    /// merchant_id or api_id
    merchant: String,
    /// Its endpoint's number [default: its only one]
    #[arg(long, value_name = "ENDPOINT")]
    endpoint: Option<String>,
}

/// Does one of them.
pub fn run(shell: &Shell, args: WebhookArgs) -> Outcome {
    match args.command {
        WebhookCommand::Endpoints(args) => endpoints::run(shell, args),
        WebhookCommand::Log(args) => log::run(shell, args),
        WebhookCommand::Resend(args) => resend::run(shell, args),
        WebhookCommand::Recover(args) => recover::run(shell, args),
        WebhookCommand::Test(args) => test::run(shell, args),
        WebhookCommand::Listen(args) => listen::run(shell, args),
        WebhookCommand::Trigger(args) => trigger::run(&args),
    }
}

impl From<Target> for WhichEndpoint {
    fn from(target: Target) -> Self {
        let Target { merchant, endpoint } = target;
        Self { merchant, endpoint }
    }
}
