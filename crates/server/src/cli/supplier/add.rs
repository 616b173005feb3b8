//! `loket supplier add`.

use clap::Args;

use super::super::{Outcome, shell::Shell};
use super::secrets::SecretArgs;
use super::show;
use super::terms::TermsArgs;
use crate::control::merchant::Clearable;
use crate::control::supplier::{AddSupplier, Language, SupplierSettings};

/// Add a supplier; nothing is sent to it until a product is routed there
#[derive(Args)]
pub struct AddArgs {
    /// Its name in this house, e.g. digiflazz
    name: String,
    /// Which language it speaks; for ever
    #[arg(long)]
    kind: Language,
    /// Who we are there: a user name, an api_id; for ever
    #[arg(long)]
    user: String,
    #[command(flatten)]
    secrets: SecretArgs,
    #[command(flatten)]
    terms: TermsArgs,
}

/// Adds it.
pub fn run(shell: &Shell, args: AddArgs) -> Outcome {
    let AddArgs { name, kind, user, secrets, terms } = args;
    let (key, secret) = secrets.both()?;
    let settings = SupplierSettings { secret: secret.map(Clearable::Set), ..terms.into() };
    shell.print(&shell.ask(AddSupplier { name, kind, user, key, settings })?, show::one)
}
