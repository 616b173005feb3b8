//! Says which suppliers serve a product, in which order.

use app::{Context, put_products};
use domain::id::SupplierName;
use domain::money::Rupiah;
use domain::product::{Product, ProductRoute, Route};
use serde::{Deserialize, Serialize};

use super::list::find_product;
use super::shown::RouteShown;
use crate::control::supplier::not_found;
use crate::control::{Progress, Refused, Request};

/// Replaces a product's routes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetRoutes {
    /// The product's code.
    pub code: String,
    /// The first is asked first.
    pub routes: Vec<RouteForm>,
}

/// A route as an operator writes it. What is absent stays as it was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RouteForm {
    /// Where.
    pub supplier: String,
    /// The supplier's own code; if new, the product's.
    pub sku: Option<String>,
    /// What the supplier takes; if new, nothing until its price list is taken over.
    pub cost: Option<i64>,
}

impl Request for SetRoutes {
    type Answer = Vec<RouteShown>;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Vec<RouteShown>, Refused> {
        let before = find_product(context, &self.code)?;
        let mut routes: Vec<ProductRoute> = Vec::new();
        for form in self.routes {
            let way = form.over(context, &before)?;
            if routes.iter().any(|other| other.route.supplier == way.route.supplier) {
                return Err(Refused(format!("{} is there twice", way.route.supplier)));
            }
            routes.push(way);
        }
        let after = Product { routes, ..(*before).clone() };
        put(context, after).await
    }
}

/// Puts a product with other routes, and shows them.
pub async fn put(context: &Context, product: Product) -> Result<Vec<RouteShown>, Refused> {
    let code = product.code.clone();
    put_products(context, vec![product]).await?;
    Ok(RouteShown::all(context, &*find_product(context, code.as_str())?))
}

impl RouteForm {
    /// The route that is meant, over the one that leads there already.
    fn over(self, context: &Context, product: &Product) -> Result<ProductRoute, Refused> {
        let supplier = SupplierName::parse(&self.supplier).filter(|name| context.suppliers().find(name).is_some());
        let supplier = supplier.ok_or_else(|| not_found(&self.supplier))?;
        let before = product.routes.iter().find(|way| way.route.supplier == supplier).cloned();
        let mut way = before.unwrap_or_else(|| {
            ProductRoute::plain(Route { supplier, sku: product.code.as_str().into(), cost: Rupiah::ZERO })
        });
        if let Some(sku) = self.sku.filter(|sku| **sku != *way.route.sku) {
            if sku.is_empty() || sku.chars().any(|character| character.is_whitespace() || character.is_control()) {
                return Err(Refused(format!("`{sku}` is no supplier's code")));
            }
            // Of another code the list has said nothing yet.
            let route = Route { sku: sku.into(), cost: Rupiah::ZERO, ..way.route };
            way = ProductRoute { route, is_available: true, cut_off: None, ..way };
        }
        if let Some(cost) = self.cost {
            let cost = Rupiah::new(cost).filter(|cost| !cost.is_negative());
            way.route.cost = cost.ok_or_else(|| Refused::because("a cost is nothing or more, and not too large"))?;
        }
        Ok(way)
    }
}
