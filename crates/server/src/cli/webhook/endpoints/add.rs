//! `loket webhook endpoints add`.

use clap::Args;

use super::super::super::{Outcome, shell::Shell};
use super::show;
use super::terms::TermsArgs;
use crate::control::webhook::AddEndpoint;

/// Add an endpoint and print it with its secret
#[derive(Args)]
pub struct AddArgs {
    /// merchant_id or api_id
    merchant: String,
    /// Where it is: https, and a public address
    #[arg(long)]
    url: String,
    #[command(flatten)]
    terms: TermsArgs,
}

/// Adds it.
pub fn run(shell: &Shell, args: AddArgs) -> Outcome {
    let AddArgs { merchant, url, terms } = args;
    let settings = terms.settings()?;
    shell.print(&shell.ask(AddEndpoint { merchant, url, settings })?, show::one)
}
