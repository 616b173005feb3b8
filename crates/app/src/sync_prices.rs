//! Takes over what a supplier's price list says about the routes that lead there.
//!
//! A list that is empty, or a line that can't be read, says nothing: no product is closed by it.

use std::collections::HashMap;
use std::sync::Arc;

use domain::command::{ObservePrices, ObservedPrice};
use domain::id::{ProductCode, SupplierName};
use domain::money::Rupiah;
use domain::product::{Product, ProductKind, ProductRoute};
use outbound::{CallFault, PriceList, SupplierProduct};
use thiserror::Error;

use crate::context::Context;
use crate::error::CallError;
use crate::put_products::reload_catalogue;

/// What a list says, against what is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceDifferences {
    /// How many products the list has.
    pub listed: usize,
    /// How many of its lines can't be read.
    pub unreadable: usize,
    /// How many of our products are routed there.
    pub routed: usize,
    /// Those of them for which it says something else than what is stored, by code.
    pub differences: Vec<PriceDifference>,
}

/// A product whose route's terms differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceDifference {
    /// Which product.
    pub code: ProductCode,
    /// As it is stored.
    pub before: ProductRoute,
    /// As the list has it; `None`: not at all.
    pub after: Option<ObservedPrice>,
    /// It will cost more than it may.
    pub is_too_dear: bool,
}

/// Why nothing can be said about prices. Nothing was changed.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum SyncError {
    /// There is no such supplier.
    #[error("there is no such supplier")]
    NotFound,
    /// It gave no list.
    #[error(transparent)]
    Call(#[from] CallFault),
    /// It gave an empty one. A supplier that sells nothing is rather one that made a mistake.
    #[error("its price list is empty")]
    Empty,
    /// The prices could not be written.
    #[error(transparent)]
    Store(#[from] CallError),
}

/// Fetches the list, unless it was a short while ago.
pub async fn read_price_list(context: &Context, supplier: &SupplierName) -> Result<Arc<PriceList>, SyncError> {
    let channel = context.suppliers.find(supplier).ok_or(SyncError::NotFound)?;
    let list = channel.price_shelf().list(context, channel.adapter.as_ref()).await?;
    if list.products.is_empty() { Err(SyncError::Empty) } else { Ok(list) }
}

/// Fetches the list and compares.
pub async fn compare_prices(context: &Context, supplier: &SupplierName) -> Result<PriceDifferences, SyncError> {
    let list = read_price_list(context, supplier).await?;
    let listed = Listed::of(&list);
    let products = context.catalogue.all();
    let ways: Vec<_> =
        products.iter().filter_map(|product| Some((product.as_ref(), way_to(supplier, product)?))).collect();
    Ok(PriceDifferences {
        listed: list.products.len(),
        unreadable: list.unreadable,
        routed: ways.len(),
        differences: ways.into_iter().filter_map(|(product, way)| listed.difference(product, way)).collect(),
    })
}

/// Fetches the list, compares and takes the differences over. They hold for the next request.
pub async fn sync_prices(context: &Context, supplier: &SupplierName) -> Result<PriceDifferences, SyncError> {
    let compared = compare_prices(context, supplier).await?;
    if !compared.differences.is_empty() {
        let observed = compared.differences.iter().map(|one| (one.code.clone(), one.after.clone())).collect();
        let command = ObservePrices { supplier: supplier.clone(), observed };
        context.engine.ask(command).await.map_err(CallError::from)?;
        reload_catalogue(context).await?;
    }
    Ok(compared)
}

fn way_to<'a>(supplier: &SupplierName, product: &'a Product) -> Option<&'a ProductRoute> {
    product.routes.iter().find(|way| way.route.supplier == *supplier)
}

/// A list, for looking things up. A code may stand for a bill and for a purchase.
struct Listed<'a> {
    by_code: HashMap<(bool, &'a str), &'a SupplierProduct>,
    is_complete: bool,
}

impl<'a> Listed<'a> {
    fn of(list: &'a PriceList) -> Self {
        let by_code =
            list.products.iter().map(|line| ((line.kind == ProductKind::Postpaid, &*line.sku), line)).collect();
        Self { by_code, is_complete: list.unreadable == 0 }
    }

    fn difference(&self, product: &Product, way: &ProductRoute) -> Option<PriceDifference> {
        let is_bill = product.kind == ProductKind::Postpaid;
        // What follows the code is for the call that buys: `cimahi?year=2026`.
        let code = way.route.sku.split('?').next().unwrap_or_default();
        let after = match self.by_code.get(&(is_bill, code)) {
            Some(line) => Some(ObservedPrice {
                sku: Arc::clone(&way.route.sku),
                // A commission above the admin makes a bill cost less than it says; what is added to it is nothing then.
                cost: line.cost.max(Rupiah::ZERO),
                is_available: line.is_available,
                // A list without windows says nothing about one that the operator knows of.
                cut_off: line.cut_off.or(way.cut_off),
            }),
            None if self.is_complete => None,
            None => return None,
        };
        let is_same = match &after {
            Some(price) => {
                (price.cost, price.is_available, price.cut_off) == (way.route.cost, way.is_available, way.cut_off)
            }
            None => !way.is_available,
        };
        if is_same {
            return None;
        }
        let limit = way.max_cost.or((!is_bill).then_some(product.price));
        let is_too_dear = after.as_ref().is_some_and(|price| exceeds(price.cost, limit));
        Some(PriceDifference { code: product.code.clone(), before: way.clone(), after, is_too_dear })
    }
}

fn exceeds(cost: Rupiah, limit: Option<Rupiah>) -> bool {
    limit.is_some_and(|limit| cost > limit)
}
