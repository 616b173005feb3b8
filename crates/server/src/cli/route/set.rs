//! `loket route set`.

use clap::Args;

use super::super::amount::read_amount;
use super::super::{Outcome, output, shell::Shell};
use super::form::read_route;
use super::show;
use crate::control::merchant::Clearable;
use crate::control::route::{ChangeRoute, RouteForm, SetRoutes};

/// Say which suppliers serve a product, the first first; with an option, change its route to one supplier and leave the rest
///
/// `loket route set TSEL10 digi:tsel10 iak:htelkomsel10000` asks digi first. What isn't given stays as it was; the code of a supplier that
/// is new to the product is the product's own, and its cost comes with `loket supplier products NAME --take`.
#[derive(Args)]
pub struct SetArgs {
    /// The product's code
    code: String,
    /// A supplier, its code for the product, and what it takes (for a bill: adds)
    #[arg(required = true, value_name = "SUPPLIER[:SKU[:COST]]", value_parser = read_route)]
    routes: Vec<RouteForm>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// What may be said of one route.
#[derive(Args)]
struct ChangeArgs {
    /// Buy it there
    #[arg(long, conflicts_with = "off")]
    on: bool,
    /// Don't buy it there
    #[arg(long)]
    off: bool,
    /// Don't buy it there if it costs more [default: for purchases, the price]
    #[arg(long, value_name = "AMOUNT", value_parser = read_amount)]
    max_cost: Option<i64>,
    /// Back to the default
    #[arg(long, conflicts_with = "max_cost")]
    no_max_cost: bool,
    /// When it isn't bought there each day in WIB, e.g. 23:45-00:15, or none
    #[arg(long, value_name = "WINDOW")]
    cut_off: Option<String>,
}

/// Sets them, or changes one.
pub fn run(shell: &Shell, args: SetArgs) -> Outcome {
    let SetArgs { code, routes, change } = args;
    if !change.is_given() {
        let routes = shell.ask(SetRoutes { code, routes })?;
        if routes.iter().any(|route| route.cost == 0) {
            output::remark("Where the cost is Rp 0, take it from the price list: loket supplier products NAME --take");
        }
        return shell.print(&routes, |routes| show::table(routes));
    }
    let [RouteForm { supplier, sku: None, cost: None }] = routes.as_slice() else {
        return Err("an option changes the route to one supplier; name that supplier alone".into());
    };
    let request = ChangeRoute {
        code,
        supplier: supplier.clone(),
        on: change.on.then_some(true).or_else(|| change.off.then_some(false)),
        max_cost: change.max_cost.map(Clearable::Set).or_else(|| change.no_max_cost.then_some(Clearable::Clear)),
        cut_off: change.cut_off,
    };
    shell.print(&shell.ask(request)?, |routes| show::table(routes))
}

impl ChangeArgs {
    const fn is_given(&self) -> bool {
        self.on || self.off || self.no_max_cost || self.max_cost.is_some() || self.cut_off.is_some()
    }
}
