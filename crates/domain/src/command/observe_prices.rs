//! Takes over what a supplier's price list says about the routes that lead to it.

use std::sync::Arc;

use crate::command::Decide;
use crate::id::{ProductCode, SupplierName};
use crate::money::Rupiah;
use crate::product::{CutOff, Product, ProductRoute};
use crate::refusal::Refusal;
use crate::revision::Listing;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// A line of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObservedPrice {
    /// The supplier's own code.
    pub sku: Arc<str>,
    /// What it takes; for a bill, what it adds.
    pub cost: Rupiah,
    /// It is sold there now.
    pub is_available: bool,
    /// When it isn't sold there.
    pub cut_off: Option<CutOff>,
}

/// Take over these prices.
#[derive(Clone, Debug)]
pub struct ObservePrices {
    /// Whose list it is.
    pub supplier: SupplierName,
    /// What it says, by the products that are routed there. `None`: the list has no such code any more.
    pub observed: Vec<(ProductCode, Option<ObservedPrice>)>,
}

impl Decide for ObservePrices {
    /// How many products changed.
    type Decision = u32;

    fn name_rows(&self, reads: &mut Reads) {
        reads.products.extend(self.observed.iter().map(|(code, _)| code.clone()));
        reads.revisions.push(Listing::Products);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<u32, Refusal> {
        let mut changed: u32 = 0;
        for (code, price) in &self.observed {
            // Deleted or rerouted since the list was read.
            let Some(before) = world.products.get(code)?.cloned() else { continue };
            let routes = before.routes.iter().map(|route| self.observe(route, price.as_ref())).collect();
            let after = Product { routes, ..before.clone() };
            if after != before {
                world.products.put(Product { updated_at: now, ..after })?;
                changed = changed.saturating_add(1);
            }
        }
        if changed > 0 {
            world.revise(Listing::Products, now)?;
        }
        Ok(changed)
    }
}

impl ObservePrices {
    fn observe(&self, before: &ProductRoute, price: Option<&ObservedPrice>) -> ProductRoute {
        let mut after = before.clone();
        if before.route.supplier != self.supplier {
            return after;
        }
        match price {
            Some(price) if *price.sku == *before.route.sku && !price.cost.is_negative() => {
                after.route.cost = price.cost;
                after.is_available = price.is_available;
                after.cut_off = price.cut_off;
            }
            // Another code's price says nothing about this route.
            Some(price) if *price.sku != *before.route.sku => {}
            Some(_) | None => after.is_available = false,
        }
        after
    }
}
