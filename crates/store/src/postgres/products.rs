//! Products come from three tables.

use std::collections::HashMap;

use domain::id::ProductCode;
use domain::product::Product;

use crate::rows::{RouteRow, TierRow};

/// Gives products their tiers and routes, which come in any order.
pub fn with_parts(mut products: Vec<Product>, mut tiers: Vec<TierRow>, mut routes: Vec<RouteRow>) -> Vec<Product> {
    tiers.sort_unstable_by_key(|tier| tier.position);
    routes.sort_unstable_by_key(|route| route.position);
    let places: HashMap<ProductCode, usize> =
        products.iter().enumerate().map(|(place, product)| (product.code.clone(), place)).collect();
    for TierRow { code, terms, .. } in tiers {
        if let Some(product) = places.get(&code).and_then(|place| products.get_mut(*place)) {
            product.tiers.push(terms);
        }
    }
    for RouteRow { code, way, .. } in routes {
        if let Some(product) = places.get(&code).and_then(|place| products.get_mut(*place)) {
            product.routes.push(way);
        }
    }
    products
}

/// The tiers of products, as rows.
pub fn tiers_of<'a>(products: impl IntoIterator<Item = &'a Product>) -> Vec<TierRow> {
    let rows = |product: &'a Product| {
        let numbered = (0..).zip(&product.tiers);
        numbered.map(|(position, terms)| TierRow { code: product.code.clone(), position, terms: terms.clone() })
    };
    products.into_iter().flat_map(rows).collect()
}

/// The routes of products, as rows.
pub fn routes_of<'a>(products: impl IntoIterator<Item = &'a Product>) -> Vec<RouteRow> {
    let rows = |product: &'a Product| {
        let numbered = (0..).zip(&product.routes);
        numbered.map(|(position, way)| RouteRow { code: product.code.clone(), position, way: way.clone() })
    };
    products.into_iter().flat_map(rows).collect()
}
