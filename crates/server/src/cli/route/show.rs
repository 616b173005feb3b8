//! Routes in words.

use super::super::output::{self, or_dash, rupiah};
use crate::control::route::RouteShown;

/// A line each.
pub fn table(routes: &[RouteShown]) -> String {
    output::table(
        ["CODE", "#", "SUPPLIER", "SKU", "COST", "AT MOST", "CUT-OFF", "CLOSED NOW"],
        routes.iter().map(|route| {
            [
                route.code.clone(),
                route.position.to_string(),
                route.supplier.clone(),
                route.sku.clone(),
                rupiah(route.cost),
                or_dash(route.max_cost.map(rupiah).as_deref()),
                route.cut_off.clone(),
                or_dash(route.closed.as_deref()),
            ]
        }),
    )
}
