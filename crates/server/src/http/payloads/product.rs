//! A product in the list of products: section 8 of the contract.

use domain::id::Tier;
use domain::money::Rupiah;
use domain::product::{Product, ProductKind, ProductState};
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::rupiah_or_null;

/// A product of the catalogue, on this merchant's terms. Members that don't apply are `null`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Product)]
pub struct ProductData<'a> {
    /// The product code.
    #[schema(example = "TSEL21")]
    code: &'a str,
    /// Its name as customers read it.
    #[schema(example = "Telkomsel 21.000")]
    name: &'a str,
    /// `postpaid`, `prepaid` or `game`: the `cmd` that it is bought with.
    #[schema(example = "prepaid", pattern = "^(postpaid|prepaid|game)$")]
    r#type: &'static str,
    /// e.g. `Pulsa`.
    #[schema(example = "Pulsa")]
    category: &'a str,
    /// e.g. `TELKOMSEL`.
    #[schema(example = "TELKOMSEL")]
    brand: &'a str,
    /// Prepaid and games: what it costs this merchant, in whole rupiah.
    #[serde(serialize_with = "rupiah_or_null")]
    #[schema(value_type = Option<i64>, required = true, example = 21425)]
    price: Option<Rupiah>,
    /// Bills: what the customer pays on top of the bill.
    #[serde(serialize_with = "rupiah_or_null")]
    #[schema(value_type = Option<i64>, required = true)]
    admin: Option<Rupiah>,
    /// Bills: what of the total this merchant keeps.
    #[serde(serialize_with = "rupiah_or_null")]
    #[schema(value_type = Option<i64>, required = true)]
    commission: Option<Rupiah>,
    /// `available`, `disturbed` (sold, but the supplier has trouble) or `unavailable`.
    #[schema(example = "available", pattern = "^(available|disturbed|unavailable)$")]
    status: &'static str,
    /// From when it is not sold each day, `HH:MM` WIB.
    #[schema(required = true)]
    cut_off_start: Option<String>,
    /// Until when.
    #[schema(required = true)]
    cut_off_end: Option<String>,
    /// A sentence about it.
    #[schema(required = true)]
    description: Option<&'a str>,
}

impl<'a> ProductData<'a> {
    /// A product as a merchant of `tier` sees it.
    pub fn of(product: &'a Product, tier: Option<&Tier>) -> Self {
        let is_bill = product.kind == ProductKind::Postpaid;
        let cut_off = product.cut_off.filter(|window| window.start != window.end);
        Self {
            code: product.code.as_str(),
            name: &product.name,
            r#type: match product.kind {
                ProductKind::Postpaid => "postpaid",
                ProductKind::Prepaid => "prepaid",
                ProductKind::Game => "game",
            },
            category: &product.category,
            brand: &product.brand,
            price: (!is_bill).then(|| product.price_for(tier)),
            admin: is_bill.then_some(product.admin),
            commission: is_bill.then(|| product.commission_for(tier)),
            status: match product.state {
                ProductState::Available => "available",
                ProductState::Disturbed => "disturbed",
                ProductState::Unavailable => "unavailable",
            },
            cut_off_start: cut_off.map(|window| clock_face(window.start)),
            cut_off_end: cut_off.map(|window| clock_face(window.end)),
            description: Some(&*product.description).filter(|description| !description.is_empty()),
        }
    }
}

/// A minute of the day as `HH:MM`.
fn clock_face(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
