//! `loket supplier set`.

use std::error::Error;

use clap::Args;

use super::super::{Outcome, shell::Shell};
use super::secrets::SecretArgs;
use super::show;
use super::terms::TermsArgs;
use crate::control::merchant::Clearable;
use crate::control::supplier::{ChangeSupplier, SupplierSettings, Switch};

/// Change a supplier; what isn't given stays. Its kind and user are for ever: its orders are asked about in them
#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct SetArgs {
    /// Its name in this house
    name: String,
    /// Whether anything is sent there
    #[arg(long)]
    state: Option<Switch>,
    /// Give it a new key
    #[arg(long)]
    new_key: bool,
    /// Give it a new secret
    #[arg(long)]
    new_secret: bool,
    /// It has no secret
    #[arg(long, conflicts_with_all = ["new_secret", "secret_file"])]
    no_secret: bool,
    #[command(flatten)]
    secrets: SecretArgs,
    #[command(flatten)]
    terms: TermsArgs,
    /// At its published address
    #[arg(long, conflicts_with = "url")]
    published_url: bool,
    /// What is sent there is real
    #[arg(long, conflicts_with = "testing")]
    no_testing: bool,
    /// Let its callbacks come from anywhere
    #[arg(long, conflicts_with = "allow_callback_from")]
    allow_any_callback: bool,
    /// Never warn of its balance
    #[arg(long, conflicts_with = "low_balance")]
    no_low_balance: bool,
    /// Go to the next supplier only where nothing was created
    #[arg(long, conflicts_with = "reroute_code")]
    no_reroute_codes: bool,
    /// It can be asked what became of an order
    #[arg(long, conflicts_with = "no_status")]
    status: bool,
}

/// Changes it.
pub fn run(shell: &Shell, args: SetArgs) -> Outcome {
    let name = args.name.clone();
    let settings = settings(args)?;
    shell.print(&shell.ask(ChangeSupplier { name, settings })?, show::one)
}

fn settings(args: SetArgs) -> Result<SupplierSettings, Box<dyn Error>> {
    let has_new_key = args.new_key || args.secrets.key_file.is_some();
    let has_new_secret = args.new_secret || args.secrets.secret_file.is_some();
    let key = has_new_key.then(|| args.secrets.key()).transpose()?;
    let secret = has_new_secret.then(|| args.secrets.secret()).transpose()?.map(Clearable::Set);
    let said = SupplierSettings::from(args.terms);
    Ok(SupplierSettings {
        key,
        secret: secret.or_else(|| args.no_secret.then_some(Clearable::Clear)),
        url: said.url.or_else(|| args.published_url.then_some(Clearable::Clear)),
        testing: said.testing.or_else(|| args.no_testing.then_some(false)),
        can_be_asked: said.can_be_asked.or_else(|| args.status.then_some(true)),
        state: args.state,
        callbacks_from: said.callbacks_from.or_else(|| args.allow_any_callback.then(Vec::new)),
        low_balance: said.low_balance.or_else(|| args.no_low_balance.then_some(Clearable::Clear)),
        reroute_codes: said.reroute_codes.or_else(|| args.no_reroute_codes.then(Vec::new)),
        max_in_flight: said.max_in_flight,
    })
}
