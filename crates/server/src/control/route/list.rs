//! Shows routes.

use std::sync::Arc;

use app::{Context, ProductFilter, list_products};
use domain::id::ProductCode;
use domain::product::Product;
use serde::{Deserialize, Serialize};

use super::shown::RouteShown;
use crate::control::{Progress, Refused, Request};

/// Shows the routes of all products by code, or of one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListRoutes {
    /// Only this product's.
    pub code: Option<String>,
}

impl Request for ListRoutes {
    type Answer = Vec<RouteShown>;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Vec<RouteShown>, Refused> {
        let products = match &self.code {
            Some(code) => vec![find_product(context, code)?],
            None => list_products(context, &ProductFilter::default()),
        };
        Ok(products.iter().flat_map(|product| RouteShown::all(context, product)).collect())
    }
}

/// The product with that code.
pub fn find_product(context: &Context, code: &str) -> Result<Arc<Product>, Refused> {
    let product = ProductCode::parse(code)
        .and_then(|code| list_products(context, &ProductFilter { code: Some(code), ..ProductFilter::default() }).pop());
    product.ok_or_else(|| Refused(format!("there is no product {code}; add it with `loket product add`")))
}
