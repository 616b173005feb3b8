//! Why a product can't be bought on one of its routes now, for the operator who wonders.

use domain::money::Rupiah;
use domain::product::{CutOff, Product, ProductKind, ProductRoute, ProductState};
use domain::supplier::SupplierState;

use crate::context::Context;

/// What closes a route, the most lasting first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RouteClosed {
    /// The operator doesn't sell the product.
    ProductUnavailable,
    /// The operator switched the route off.
    Off,
    /// There is no supplier of that name.
    NoSupplier,
    /// There is a real supplier, and the sandbox serves only testing orders.
    OnlyTesting,
    /// The operator switched the supplier off.
    SupplierOff,
    /// The operator sends nothing new to the supplier.
    SupplierDraining,
    /// The supplier doesn't sell it, by its last price list.
    Unavailable,
    /// It costs more than this.
    TooDear(Rupiah),
    /// The product isn't sold at this time of the day.
    ProductCutOff(CutOff),
    /// The supplier doesn't sell it at this time of the day.
    CutOff(CutOff),
    /// The supplier is left alone for a moment.
    SupplierInTrouble,
    /// The supplier is left alone with this product for a moment.
    InTrouble,
    /// As many orders are under way there as may be.
    Full,
}

/// Why something new can't go this way now; `None`: it can, for a merchant without a tier.
pub fn why_route_closed(context: &Context, product: &Product, way: &ProductRoute) -> Option<RouteClosed> {
    let minute = context.time.now().wib().minute_of_day();
    let covers = |window: &CutOff| window.covers(minute);
    if product.state == ProductState::Unavailable {
        return Some(RouteClosed::ProductUnavailable);
    }
    if !way.is_on {
        return Some(RouteClosed::Off);
    }
    let Some(channel) = context.suppliers.find(&way.route.supplier) else { return Some(RouteClosed::NoSupplier) };
    match &channel.profile {
        None if context.suppliers.has_real() => return Some(RouteClosed::OnlyTesting),
        Some(profile) if profile.state == SupplierState::Off => return Some(RouteClosed::SupplierOff),
        Some(profile) if profile.state == SupplierState::Draining => return Some(RouteClosed::SupplierDraining),
        None | Some(_) => {}
    }
    if !way.is_available {
        return Some(RouteClosed::Unavailable);
    }
    let limit = way.max_cost.or((product.kind != ProductKind::Postpaid).then_some(product.price));
    if let Some(limit) = limit.filter(|limit| way.route.cost > *limit) {
        return Some(RouteClosed::TooDear(limit));
    }
    if let Some(window) = product.cut_off.filter(covers) {
        return Some(RouteClosed::ProductCutOff(window));
    }
    if let Some(window) = way.cut_off.filter(covers) {
        return Some(RouteClosed::CutOff(window));
    }
    let (is_in_trouble, skus_in_trouble) = channel.trouble(context.time.monotonic());
    if is_in_trouble {
        Some(RouteClosed::SupplierInTrouble)
    } else if skus_in_trouble.contains(&way.route.sku) {
        Some(RouteClosed::InTrouble)
    } else if channel.profile.as_ref().is_some_and(|profile| channel.in_flight() >= profile.max_in_flight) {
        Some(RouteClosed::Full)
    } else {
        None
    }
}
