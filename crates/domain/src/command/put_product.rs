//! Adds products to the catalogue, or replaces them.

use crate::command::Decide;
use crate::money::Rupiah;
use crate::product::{Product, ProductKind, ProductRoute};
use crate::refusal::Refusal;
use crate::revision::Listing;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Put these products, all or none. Answers how many of them were changed or new.
#[derive(Clone, Debug)]
pub struct PutProducts {
    /// The products, whole.
    pub products: Vec<Product>,
}

impl Decide for PutProducts {
    type Decision = usize;

    fn name_rows(&self, reads: &mut Reads) {
        reads.products.extend(self.products.iter().map(|product| product.code.clone()));
        reads.revisions.push(Listing::Products);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<usize, Refusal> {
        let mut changed: usize = 0;
        for product in &self.products {
            check_terms(product)?;
            let before = world.products.get(&product.code)?;
            if before.is_some_and(|before| !tells_bills_apart_like(before, product)) {
                return Err(Refusal::BillsRetold);
            }
            let updated_at = before.map_or(now, |before| before.updated_at);
            let after = Product { updated_at, ..product.clone() };
            if before != Some(&after) {
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

/// Claims stand under the bill group and the normalised number. Under another name a bill that is being paid would look untouched.
fn tells_bills_apart_like(before: &Product, after: &Product) -> bool {
    before.kind == after.kind
        && before.bill_group == after.bill_group
        && before.number_rule.is_phone == after.number_rule.is_phone
}

/// Nothing is sold for nothing or less, and nobody is promised more commission than there is admin.
fn check_terms(product: &Product) -> Result<(), Refusal> {
    let tiers = &product.tiers;
    let is_sound = match product.kind {
        ProductKind::Postpaid => {
            let fits = |commission| !commission_is_odd(commission, product);
            fits(product.commission) && tiers.iter().filter_map(|terms| terms.commission).all(fits)
        }
        ProductKind::Prepaid | ProductKind::Game => {
            product.price.is_positive() && tiers.iter().filter_map(|terms| terms.price).all(Rupiah::is_positive)
        }
    };
    let has_odd_cost =
        |route: &ProductRoute| route.route.cost.is_negative() || route.max_cost.is_some_and(Rupiah::is_negative);
    if is_sound && !product.admin.is_negative() && !product.routes.iter().any(has_odd_cost) {
        Ok(())
    } else {
        Err(Refusal::AmountInvalid)
    }
}

fn commission_is_odd(commission: Rupiah, product: &Product) -> bool {
    commission.is_negative() || commission > product.admin
}
