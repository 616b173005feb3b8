//! The list of purchases.

use domain::money::Rupiah;
use domain::product::ProductKind;
use serde::Deserialize;

use crate::supplier::{CallFault, PriceList, SupplierProduct};
use crate::suppliers::iak::price_list::lines::read_lines;
use crate::wire::{Field, Unreadable};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Line {
    product_code: Field,
    /// The operator or brand.
    product_description: Field,
    /// What one gets: an amount, or words.
    product_nominal: Field,
    product_price: Field,
    product_type: Field,
    product_category: Field,
    status: Field,
}

/// What the answer means.
pub fn meaning(body: &str) -> Result<PriceList, CallFault> {
    read_lines(body, |line| product(line).ok().flatten())
}

/// The product of a line, if it has a code and a price.
fn product(line: &Line) -> Result<Option<SupplierProduct>, Unreadable> {
    let (Some(sku), Some(cost)) = (line.product_code.text()?, line.product_price.rupiah()?) else {
        return Ok(None);
    };
    let brand = line.product_description.text()?.unwrap_or_default();
    let nominal = line.product_nominal.text()?.unwrap_or_default();
    let kind_there = line.product_type.text()?.unwrap_or_default();
    let category = line.product_category.text()?.unwrap_or_else(|| kind_there.clone());
    // "5000" says little without its operator; words say all.
    let is_bare = nominal.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let name = if is_bare { format!("{brand} {nominal}").trim().to_owned() } else { nominal.into_owned() };
    Ok(Some(SupplierProduct {
        sku: sku.into(),
        name: name.into(),
        kind: if kind_there == "game" { ProductKind::Game } else { ProductKind::Prepaid },
        category: category.into(),
        brand: brand.into(),
        cost,
        admin: Rupiah::ZERO,
        is_available: line.status.text()?.is_some_and(|status| status == "active"),
        cut_off: None,
    }))
}
