//! What may be said of a supplier, when it is added and later, as arguments.

use clap::Args;

use super::super::amount::read_amount;
use crate::control::merchant::Clearable;
use crate::control::supplier::SupplierSettings;

/// What isn't given stays as it was; for a new supplier it is the default.
#[derive(Args)]
pub struct TermsArgs {
    /// Where it listens [default: its published address]
    #[arg(long)]
    url: Option<String>,
    /// Everything is a test there
    #[arg(long)]
    testing: bool,
    /// How many orders may be under way there at once [default: 100]
    #[arg(long, value_name = "N")]
    max_in_flight: Option<u32>,
    /// An address or network from which its callbacks may come; may be repeated [default: any]
    #[arg(long, value_name = "CIDR")]
    allow_callback_from: Vec<String>,
    /// Warn when the balance there is below this
    #[arg(long, value_name = "AMOUNT", value_parser = read_amount)]
    low_balance: Option<i64>,
    /// A refusal code of its after which a purchase may go to the next supplier, although it doesn't say that nothing was created; may be
    /// repeated
    #[arg(long, value_name = "CODE")]
    reroute_code: Vec<String>,
    /// It can't be asked what became of an order: an IsiKuota server that is no Loket
    #[arg(long)]
    no_status: bool,
}

impl From<TermsArgs> for SupplierSettings {
    fn from(args: TermsArgs) -> Self {
        let some = |texts: Vec<String>| (!texts.is_empty()).then_some(texts);
        Self {
            url: args.url.map(Clearable::Set),
            testing: args.testing.then_some(true),
            can_be_asked: args.no_status.then_some(false),
            max_in_flight: args.max_in_flight,
            callbacks_from: some(args.allow_callback_from),
            low_balance: args.low_balance.map(Clearable::Set),
            reroute_codes: some(args.reroute_code),
            ..Self::default()
        }
    }
}
