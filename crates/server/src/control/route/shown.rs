//! A route as an operator sees it.

use app::{Context, RouteClosed, why_route_closed};
use domain::money::Rupiah;
use domain::product::{Product, ProductRoute};
use serde::{Deserialize, Serialize};

use crate::control::product::cut_off;

/// One way in which a product may be bought. Amounts are whole rupiah.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RouteShown {
    /// The product's code.
    pub code: String,
    /// 1 for the supplier that is asked first.
    pub position: usize,
    /// Where.
    pub supplier: String,
    /// The supplier's own code for it.
    pub sku: String,
    /// What the supplier takes; for a bill, what it adds.
    pub cost: i64,
    /// The operator's switch.
    pub on: bool,
    /// The supplier sells it, by its last price list.
    pub available: bool,
    /// Not if it costs more; absent: for purchases, more than the price.
    pub max_cost: Option<i64>,
    /// When the supplier doesn't sell it each day.
    pub cut_off: String,
    /// Why nothing new goes this way now; absent: it does.
    pub closed: Option<String>,
}

impl RouteShown {
    /// All routes of a product, the first first.
    pub fn all(context: &Context, product: &Product) -> Vec<Self> {
        (1..).zip(&product.routes).map(|(position, way)| Self::of(context, product, position, way)).collect()
    }

    fn of(context: &Context, product: &Product, position: usize, way: &ProductRoute) -> Self {
        Self {
            code: product.code.to_string(),
            position,
            supplier: way.route.supplier.to_string(),
            sku: way.route.sku.to_string(),
            cost: way.route.cost.get(),
            on: way.is_on,
            available: way.is_available,
            max_cost: way.max_cost.map(Rupiah::get),
            cut_off: cut_off::write(way.cut_off),
            closed: why_route_closed(context, product, way).map(in_words),
        }
    }
}

fn in_words(closed: RouteClosed) -> String {
    match closed {
        RouteClosed::ProductUnavailable => "the product is not sold".to_owned(),
        RouteClosed::Off => "switched off".to_owned(),
        RouteClosed::NoSupplier => "there is no such supplier".to_owned(),
        RouteClosed::OnlyTesting => "the sandbox serves only testing orders".to_owned(),
        RouteClosed::SupplierOff => "the supplier is switched off".to_owned(),
        RouteClosed::SupplierDraining => "the supplier is draining".to_owned(),
        RouteClosed::Unavailable => "the supplier does not sell it".to_owned(),
        RouteClosed::TooDear(limit) => format!("too dear: it may cost {limit}"),
        RouteClosed::ProductCutOff(window) => format!("the product's cut-off, until {}", cut_off::clock(window.end)),
        RouteClosed::CutOff(window) => format!("the supplier's cut-off, until {}", cut_off::clock(window.end)),
        RouteClosed::SupplierInTrouble => "the supplier is silent, and left alone for a moment".to_owned(),
        RouteClosed::InTrouble => "in trouble there, and left alone for a moment".to_owned(),
        RouteClosed::Full => "as many orders are under way there as may be".to_owned(),
    }
}
