//! Chooses who is asked: the first of a product's routes, in the operator's order, that can take it now.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::{CustomerNo, Mode, ProductCode, SupplierName};
use domain::money::Rupiah;
use domain::product::{Product, Route};
use domain::refusal::ProductRefusal;

use crate::channel::{Channel, Errand, Permit};
use crate::context::Context;

/// A way that is open now.
pub struct Way {
    /// To whom, by which code, at what cost.
    pub route: Route,
    /// How.
    pub channel: Arc<Channel>,
    /// The right to use it.
    pub permit: Permit,
}

/// The first way for something new that isn't one of those tried already. `price`: what the merchant pays for a purchase.
pub fn first_way(
    context: &Context,
    product: &Product,
    mode: Mode,
    price: Option<Rupiah>,
    customer_no: &CustomerNo,
    tried: &[SupplierName],
) -> Result<Way, ProductRefusal> {
    for route in routes(context, product, mode, price) {
        if tried.contains(&route.supplier) {
            continue;
        }
        let Some(channel) = context.suppliers.find(&route.supplier) else { continue };
        if let Some(permit) = channel.admit(Errand::New, &route.sku, customer_no, context.time.monotonic()) {
            return Ok(Way { route, channel, permit });
        }
    }
    Err(why_closed(context, product, mode))
}

/// Why there is no way: if waiting for a supplier's cut-off to end helps, for how long.
pub fn why_closed(context: &Context, product: &Product, mode: Mode) -> ProductRefusal {
    let now = context.time.now();
    let closed = product.routes.iter().filter(|way| mode == Mode::Production && way.is_on && way.is_available);
    let windows = closed.filter_map(|way| way.cut_off).filter(|window| window.covers(now.wib().minute_of_day()));
    let pause = windows.map(|window| now.until_wib_minute(window.end)).min();
    pause.map_or(ProductRefusal::SupplierUnavailable, ProductRefusal::CutOff)
}

/// The suppliers of a product that can take the payment of a bill which they quoted, each with the right to be paid through.
pub fn payable(
    context: &Context,
    product: &Product,
    mode: Mode,
    customer_no: &CustomerNo,
) -> BTreeMap<SupplierName, Permit> {
    let admit = |route: Route| {
        let channel = context.suppliers.find(&route.supplier)?;
        let permit = channel.admit(Errand::Quoted, &route.sku, customer_no, context.time.monotonic())?;
        Some((route.supplier, permit))
    };
    routes(context, product, mode, None).into_iter().filter_map(admit).collect()
}

/// Where a product may be bought in a mode: testing never leaves the house, and once there is a real supplier, nothing else does not.
fn routes(context: &Context, product: &Product, mode: Mode, price: Option<Rupiah>) -> Vec<Route> {
    let sandbox = context.suppliers.sandbox_name();
    let now = context.time.now();
    match mode {
        Mode::Production => {
            let has_real = context.suppliers.has_real();
            let open = product.routes.iter().filter(|way| way.is_open(price, now));
            open.map(|way| &way.route).filter(|route| !(has_real && route.supplier == *sandbox)).cloned().collect()
        }
        Mode::Testing => {
            let cost = product.routes.first().map_or(Rupiah::ZERO, |way| way.route.cost);
            vec![Route { supplier: sandbox.clone(), sku: sku_in_sandbox(&product.code), cost }]
        }
    }
}

fn sku_in_sandbox(code: &ProductCode) -> Arc<str> {
    code.as_str().into()
}
