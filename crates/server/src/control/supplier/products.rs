//! What a supplier sells, and how that differs from what is stored.

use std::sync::Arc;

use app::{
    Context, PriceDifference, ProductFilter, SyncError, compare_prices, list_products, read_price_list, sync_prices,
};
use domain::command::ObservedPrice;
use domain::product::{Product, ProductKind, ProductRoute};
use outbound::SupplierProduct;
use serde::{Deserialize, Serialize};

use super::find::{not_found, read_name};
use crate::control::product::{ProductType, cut_off};
use crate::control::{Progress, Refused, Request};

/// Fetches the price list, unless that was done a short while ago, and compares it with the routes that lead there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CompareProducts {
    /// Whose.
    pub name: String,
    /// Take over what differs.
    pub take: bool,
    /// Tell all that is sold there, too.
    pub all: bool,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductsCompared {
    /// Whose list it is.
    pub name: String,
    /// How many products it has.
    pub listed: usize,
    /// How many of its lines can't be read.
    pub unreadable: usize,
    /// How many of our products are routed there.
    pub routed: usize,
    /// The differences were taken over.
    pub taken: bool,
    /// Where it differs from what was stored.
    pub differences: Vec<Difference>,
    /// All that is sold there, if that was asked for.
    pub products: Option<Vec<SupplierProductShown>>,
}

/// A product whose route's terms differ.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Difference {
    /// Our code.
    pub code: String,
    /// The supplier's.
    pub sku: String,
    /// As it was stored.
    pub stored: Terms,
    /// As the list has it; absent: it has no such code.
    pub listed: Option<Terms>,
    /// At that cost, it isn't bought there.
    pub too_dear: bool,
}

/// On which terms a supplier sells a product.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// What it takes; for a bill, what it adds.
    pub cost: i64,
    /// It is sold.
    pub available: bool,
    /// When it isn't sold each day.
    pub cut_off: String,
}

/// Something that a supplier sells.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SupplierProductShown {
    /// Its code there.
    pub sku: String,
    /// How it is bought.
    #[serde(rename = "type")]
    pub kind: ProductType,
    /// Its name there.
    pub name: String,
    /// Its category there.
    pub category: String,
    /// Its brand there.
    pub brand: String,
    /// On which terms.
    #[serde(flatten)]
    pub terms: Terms,
    /// Bills: the admin that customers see there.
    pub admin: i64,
    /// Our products that are routed to it.
    pub codes: Vec<String>,
}

impl Request for CompareProducts {
    type Answer = ProductsCompared;

    async fn execute(self, context: &Context, _: &Progress) -> Result<ProductsCompared, Refused> {
        let name = read_name(&self.name)?;
        let refused = |error: SyncError| match error {
            SyncError::NotFound => not_found(&self.name),
            SyncError::Store(error) => error.into(),
            SyncError::Call(_) | SyncError::Empty => Refused(format!("{}: {error}", self.name)),
        };
        let compared = if self.take { sync_prices(context, &name).await } else { compare_prices(context, &name).await };
        let compared = compared.map_err(refused)?;
        let products = if self.all {
            let list = read_price_list(context, &name).await.map_err(refused)?;
            let ours = list_products(context, &ProductFilter::default());
            Some(list.products.iter().map(|product| shown(product, &self.name, &ours)).collect())
        } else {
            None
        };
        Ok(ProductsCompared {
            listed: compared.listed,
            unreadable: compared.unreadable,
            routed: compared.routed,
            taken: self.take,
            differences: compared.differences.iter().map(Difference::of).collect(),
            products,
            name: self.name,
        })
    }
}

fn shown(product: &SupplierProduct, supplier: &str, ours: &[Arc<Product>]) -> SupplierProductShown {
    let is_bill = product.kind == ProductKind::Postpaid;
    let leads_here = |way: &ProductRoute| {
        way.route.supplier.as_str() == supplier && way.route.sku.split('?').next() == Some(&*product.sku)
    };
    let routed = ours
        .iter()
        .filter(|ours| (ours.kind == ProductKind::Postpaid) == is_bill && ours.routes.iter().any(leads_here));
    SupplierProductShown {
        sku: product.sku.to_string(),
        kind: product.kind.into(),
        name: product.name.to_string(),
        category: product.category.to_string(),
        brand: product.brand.to_string(),
        terms: Terms {
            cost: product.cost.get(),
            available: product.is_available,
            cut_off: cut_off::write(product.cut_off),
        },
        admin: product.admin.get(),
        codes: routed.map(|ours| ours.code.to_string()).collect(),
    }
}

impl Difference {
    fn of(found: &PriceDifference) -> Self {
        let PriceDifference { code, before, after, is_too_dear } = found;
        Self {
            code: code.to_string(),
            sku: before.route.sku.to_string(),
            stored: Terms {
                cost: before.route.cost.get(),
                available: before.is_available,
                cut_off: cut_off::write(before.cut_off),
            },
            listed: after.as_ref().map(|price: &ObservedPrice| Terms {
                cost: price.cost.get(),
                available: price.is_available,
                cut_off: cut_off::write(price.cut_off),
            }),
            too_dear: *is_too_dear,
        }
    }
}
