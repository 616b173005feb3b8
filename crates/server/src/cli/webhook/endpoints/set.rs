//! `loket webhook endpoints set`.

use std::error::Error;

use clap::Args;

use super::super::super::{Outcome, shell::Shell};
use super::terms::TermsArgs;
use super::{Which, show};
use crate::control::merchant::Clearable;
use crate::control::webhook::{ChangeEndpoint, EndpointSettings};

/// Change an endpoint; what isn't given stays
#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct SetArgs {
    #[command(flatten)]
    which: Which,
    /// Where it is: https, and a public address
    #[arg(long)]
    url: Option<String>,
    #[command(flatten)]
    terms: TermsArgs,
    /// Send no headers of its own
    #[arg(long, conflicts_with_all = ["header", "header_file"])]
    no_headers: bool,
    /// As many deliveries a second as it takes
    #[arg(long, conflicts_with = "rate")]
    no_rate: bool,
    /// Deliver to it (again); what waits for it goes now
    #[arg(long)]
    on: bool,
    /// Deliver nothing to it; what happens meanwhile is not delivered later either
    #[arg(long, conflicts_with = "on")]
    off: bool,
}

/// Changes it.
pub fn run(shell: &Shell, args: SetArgs) -> Outcome {
    let (endpoint, settings) = read(args)?;
    shell.print(&shell.ask(ChangeEndpoint { endpoint: endpoint.into(), settings })?, show::one)
}

fn read(args: SetArgs) -> Result<(Which, EndpointSettings), Box<dyn Error>> {
    let said = args.terms.settings()?;
    let settings = EndpointSettings {
        url: args.url,
        headers: said.headers.or_else(|| args.no_headers.then(Vec::new)),
        rate_per_second: said.rate_per_second.or_else(|| args.no_rate.then_some(Clearable::Clear)),
        on: args.on.then_some(true).or_else(|| args.off.then_some(false)),
        ..said
    };
    Ok((args.which, settings))
}
