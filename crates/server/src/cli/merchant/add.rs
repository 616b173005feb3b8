//! `loket merchant add`.

use clap::Args;

use super::super::{Outcome, output, shell::Shell};
use crate::control::merchant::{AddMerchant, MerchantKeys};

/// Add a merchant and print its keys, this once
#[derive(Args)]
pub struct AddArgs {
    /// Its name
    #[arg(long)]
    name: String,
    /// Its api_id [default: made]
    #[arg(long, value_name = "ID")]
    api_id: Option<String>,
    /// An address or network that may call; may be repeated [default: any]
    #[arg(long, value_name = "CIDR")]
    allow_ip: Vec<String>,
    /// Where its webhooks go; may be repeated
    #[arg(long, value_name = "URL")]
    webhook: Vec<String>,
}

/// Adds it.
pub fn run(shell: &Shell, args: AddArgs) -> Outcome {
    let AddArgs { name, api_id, allow_ip, webhook } = args;
    let keys = shell.ask(AddMerchant { name, api_id, allow_ips: allow_ip, webhooks: webhook })?;
    shell.print(&keys, in_words)
}

/// The keys, with a word of warning.
pub fn in_words(keys: &MerchantKeys) -> String {
    let lines = output::list(&[
        ("merchant_id", Some(keys.merchant_id.clone())),
        ("name", Some(keys.name.clone())),
        ("api_id", Some(keys.api_id.clone())),
        ("api_key", Some(keys.api_key.clone())),
        ("secret_key", Some(keys.secret_key.clone())),
    ]);
    format!("{lines}Keep api_key and secret_key now: they are not shown again.\n")
}
