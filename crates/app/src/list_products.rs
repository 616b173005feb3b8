//! What a merchant can buy.

use std::sync::Arc;

use domain::id::ProductCode;
use domain::product::{Product, ProductKind};

use crate::context::Context;

/// Which products to list; what is absent doesn't filter. Categories and brands are compared without case.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ProductFilter {
    /// Only of this kind.
    pub kind: Option<ProductKind>,
    /// Only of this category.
    pub category: Option<String>,
    /// Only of this brand.
    pub brand: Option<String>,
    /// Only the one with this code.
    pub code: Option<ProductCode>,
}

/// The products that fit, by code.
pub fn list_products(context: &Context, filter: &ProductFilter) -> Vec<Arc<Product>> {
    let same = |wanted: &Option<String>, found: &str| {
        wanted.as_ref().is_none_or(|wanted| wanted.to_lowercase() == found.to_lowercase())
    };
    let fits = |product: &Product| {
        filter.kind.is_none_or(|kind| kind == product.kind)
            && filter.code.as_ref().is_none_or(|code| *code == product.code)
            && same(&filter.category, &product.category)
            && same(&filter.brand, &product.brand)
    };
    context.catalogue.all().iter().filter(|product| fits(product)).cloned().collect()
}
