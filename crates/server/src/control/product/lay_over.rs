//! Lays a row over a product, or makes a new product of it.

use std::sync::Arc;
use std::time::Duration;

use app::SANDBOX;
use domain::id::{ProductCode, SupplierName};
use domain::money::Rupiah;
use domain::product::{NumberRule, Product, ProductKind, ProductRoute, ProductState, Route};
use domain::time::Timestamp;

use super::row::{NumberForm, ProductRow, ProductType, Sale};
use super::{cut_off, terms};
use crate::control::Refused;

/// Why a row can't be, to come after the product's code.
type Fault = &'static str;

/// The product as it is to be: the row over what was `before`.
pub fn lay_over(row: ProductRow, before: &Product) -> Result<Product, Refused> {
    changed(row, before).map_err(|fault| Refused(format!("product {}: {fault}", before.code)))
}

/// The product that a row makes where there was none.
pub fn make_new(row: ProductRow, now: Timestamp) -> Result<Product, Refused> {
    let blank = blank(&row, now).map_err(|fault| Refused(format!("product {}: {fault}", row.code)))?;
    lay_over(row, &blank)
}

/// What a product is when a row says only what it must.
fn blank(row: &ProductRow, now: Timestamp) -> Result<Product, Fault> {
    let code = ProductCode::parse(&row.code).ok_or("a code has 1 to 64 printable characters without spaces")?;
    let kind = row.kind.ok_or("a new product needs a type: postpaid, prepaid or game")?;
    let supplier = SupplierName::parse(SANDBOX).ok_or("it needs a supplier")?;
    let text: Arc<str> = code.as_str().into();
    Ok(Product {
        code,
        name: "".into(),
        kind: kind_of(kind),
        category: "".into(),
        brand: "".into(),
        description: "".into(),
        state: ProductState::Available,
        price: Rupiah::ZERO,
        admin: Rupiah::ZERO,
        commission: Rupiah::ZERO,
        tiers: Vec::new(),
        cut_off: None,
        number_rule: NumberRule { digits_only: false, min_length: 1, max_length: 64, is_phone: false },
        bill_group: text.clone(),
        repaid_window: Duration::from_hours(24),
        duplicate_window: Duration::from_mins(2),
        routes: vec![ProductRoute::plain(Route { supplier, sku: text, cost: Rupiah::ZERO })],
        is_demo: false,
        updated_at: now,
    })
}

fn changed(row: ProductRow, before: &Product) -> Result<Product, Fault> {
    let mut after = before.clone();
    after.kind = row.kind.map_or(after.kind, kind_of);
    for (text, place) in [
        (row.name, &mut after.name),
        (row.category, &mut after.category),
        (row.brand, &mut after.brand),
        (row.description, &mut after.description),
        (row.bill_group, &mut after.bill_group),
    ] {
        if let Some(text) = text {
            *place = text.into();
        }
    }
    for (amount, place) in
        [(row.price, &mut after.price), (row.admin, &mut after.admin), (row.commission, &mut after.commission)]
    {
        if let Some(amount) = amount {
            *place = Rupiah::new(amount).ok_or("an amount is too large")?;
        }
    }
    for (seconds, place) in [
        (row.repaid_window_seconds, &mut after.repaid_window),
        (row.duplicate_window_seconds, &mut after.duplicate_window),
    ] {
        *place = seconds.map_or(*place, Duration::from_secs);
    }
    let rule = &mut after.number_rule;
    if let Some(form) = row.number {
        rule.is_phone = form == NumberForm::Phone;
        rule.digits_only = form != NumberForm::Text;
    }
    rule.min_length = row.min_length.unwrap_or(rule.min_length);
    rule.max_length = row.max_length.unwrap_or(rule.max_length);
    after.state = row.status.map_or(after.state, state_of);
    if let Some(window) = row.cut_off {
        after.cut_off = cut_off::read(&window)?;
    }
    if let Some(tiers) = row.tiers {
        after.tiers = terms::read(&tiers, after.kind)?;
    }
    lead_to(&mut after, row.supplier, row.sku, row.cost)?;
    after.is_demo = row.demo.unwrap_or(after.is_demo);
    check(&after)?;
    Ok(after)
}

const fn kind_of(kind: ProductType) -> ProductKind {
    match kind {
        ProductType::Postpaid => ProductKind::Postpaid,
        ProductType::Prepaid => ProductKind::Prepaid,
        ProductType::Game => ProductKind::Game,
    }
}

const fn state_of(sale: Sale) -> ProductState {
    match sale {
        Sale::Available => ProductState::Available,
        Sale::Disturbed => ProductState::Disturbed,
        Sale::Unavailable => ProductState::Unavailable,
    }
}

/// What a row says of the first route; the others are kept behind it. `loket route` says everything of all.
fn lead_to(
    product: &mut Product,
    supplier: Option<String>,
    sku: Option<String>,
    cost: Option<i64>,
) -> Result<(), Fault> {
    let before = product.routes.first().map(|way| way.route.clone());
    let supplier = match (supplier, &before) {
        (Some(name), _) => SupplierName::parse(&name).ok_or("a supplier's name has 1 to 32 of a-z 0-9 - _")?,
        (None, Some(before)) => before.supplier.clone(),
        (None, None) => return Ok(()),
    };
    let place = product.routes.iter().position(|way| way.route.supplier == supplier);
    let mut first = match place {
        Some(place) => product.routes.remove(place),
        None => ProductRoute::plain(Route { supplier, sku: product.code.as_str().into(), cost: Rupiah::ZERO }),
    };
    if let Some(sku) = sku {
        first.route.sku = sku.into();
    }
    if let Some(cost) = cost {
        first.route.cost = Rupiah::new(cost).ok_or("an amount is too large")?;
    }
    // A product that has found a supplier isn't the sandbox's any more.
    if first.route.supplier.as_str() != SANDBOX {
        product.routes.retain(|way| way.route.supplier.as_str() != SANDBOX);
    }
    product.routes.insert(0, first);
    Ok(())
}

/// What the domain takes for granted.
fn check(product: &Product) -> Result<(), Fault> {
    let is_bill = product.kind == ProductKind::Postpaid;
    let has_bill_terms = !product.admin.is_zero() || !product.commission.is_zero();
    if is_bill && !product.price.is_zero() {
        Err("a bill has no price; its admin is what the customer pays on top")
    } else if !is_bill && has_bill_terms {
        Err("only bills have an admin and a commission; set the price")
    } else if product.name.trim().is_empty()
        || product.bill_group.is_empty()
        || product.routes.iter().any(|way| way.route.sku.is_empty())
    {
        Err("name, sku and bill_group must not be empty")
    } else if product.number_rule.min_length == 0 || product.number_rule.min_length > product.number_rule.max_length {
        Err("min_length must be 1 or more, and not above max_length")
    } else {
        Ok(())
    }
}
