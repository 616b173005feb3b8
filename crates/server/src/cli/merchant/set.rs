//! `loket merchant set`.

use clap::Args;

use super::super::amount::read_amount;
use super::super::{Outcome, shell::Shell};
use super::show;
use crate::control::merchant::{ChangeMerchant, Clearable};

/// Change a merchant; what isn't given stays
#[derive(Args)]
pub struct SetArgs {
    /// merchant_id or api_id
    merchant: String,
    /// Its name
    #[arg(long)]
    name: Option<String>,
    /// The addresses and networks that may call, all of them; may be repeated
    #[arg(long, value_name = "CIDR")]
    allow_ip: Vec<String>,
    /// Let it call from anywhere
    #[arg(long, conflicts_with = "allow_ip")]
    allow_any_ip: bool,
    /// How many requests a second it may make
    #[arg(long, value_name = "N")]
    rate_per_second: Option<u32>,
    /// As many as the server's default
    #[arg(long, conflicts_with = "rate_per_second")]
    default_rate: bool,
    /// How far its balance may go below zero
    #[arg(long, value_name = "AMOUNT", value_parser = read_amount)]
    credit_limit: Option<i64>,
    /// Its price tier
    #[arg(long)]
    tier: Option<String>,
    /// No tier
    #[arg(long, conflicts_with = "tier")]
    no_tier: bool,
}

/// Changes it.
pub fn run(shell: &Shell, args: SetArgs) -> Outcome {
    let request = ChangeMerchant {
        merchant: args.merchant,
        name: args.name,
        allow_ips: all_or_none(args.allow_ip, args.allow_any_ip),
        rate_per_second: set_or_clear(args.rate_per_second, args.default_rate),
        tier: set_or_clear(args.tier, args.no_tier),
        credit_limit: args.credit_limit,
        suspended: None,
    };
    shell.print(&shell.ask(request)?, show::one)
}

fn all_or_none(all: Vec<String>, none: bool) -> Option<Vec<String>> {
    (none || !all.is_empty()).then_some(all)
}

fn set_or_clear<T>(value: Option<T>, clear: bool) -> Option<Clearable<T>> {
    value.map(Clearable::Set).or_else(|| clear.then_some(Clearable::Clear))
}
