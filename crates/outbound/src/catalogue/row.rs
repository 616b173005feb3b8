//! One line of the demo catalogue's data.

use std::time::Duration;

use domain::id::{ProductCode, SupplierName};
use domain::money::Rupiah;
use domain::product::{NumberRule, Product, ProductKind, ProductRoute, ProductState, Route};
use domain::time::Timestamp;
use serde::Deserialize;

use crate::catalogue::CatalogueError;

/// A like order within this time is taken for a slip of the hand.
const DUPLICATE_WINDOW: Duration = Duration::from_mins(2);

/// The line's columns. Amounts are rupiah; `cost` is what the sandbox takes, for a bill what it adds to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    code: String,
    #[serde(rename = "type")]
    kind: Kind,
    name: String,
    category: String,
    brand: String,
    description: String,
    price: u32,
    admin: u32,
    cost: u32,
    number: Number,
    min_length: u8,
    max_length: u8,
    /// Empty: the product's own code.
    bill_group: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Postpaid,
    Prepaid,
    Game,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Number {
    Phone,
    Digits,
    Text,
}

impl Row {
    /// The product that the line describes.
    pub fn into_product(self, now: Timestamp) -> Result<Product, CatalogueError> {
        let supplier = SupplierName::parse("sandbox");
        let (Some(code), Some(supplier)) = (ProductCode::parse(&self.code), supplier) else {
            return Err(CatalogueError::InvalidCode(self.code));
        };
        Ok(Product {
            code,
            name: self.name.into(),
            kind: match self.kind {
                Kind::Postpaid => ProductKind::Postpaid,
                Kind::Prepaid => ProductKind::Prepaid,
                Kind::Game => ProductKind::Game,
            },
            category: self.category.into(),
            brand: self.brand.into(),
            description: self.description.into(),
            state: ProductState::Available,
            price: Rupiah::whole(self.price),
            admin: Rupiah::whole(self.admin),
            commission: Rupiah::ZERO,
            tiers: Vec::new(),
            cut_off: None,
            number_rule: NumberRule {
                digits_only: self.number != Number::Text,
                min_length: self.min_length,
                max_length: self.max_length,
                is_phone: self.number == Number::Phone,
            },
            bill_group: if self.bill_group.is_empty() { self.code.as_str() } else { &self.bill_group }.into(),
            repaid_window: Duration::ZERO,
            duplicate_window: DUPLICATE_WINDOW,
            routes: vec![ProductRoute::plain(Route {
                supplier,
                sku: self.code.into(),
                cost: Rupiah::whole(self.cost),
            })],
            is_demo: true,
            updated_at: now,
        })
    }
}
