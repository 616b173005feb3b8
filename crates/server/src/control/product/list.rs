//! Shows the catalogue.

use app::{Context, ProductFilter, list_products};
use domain::id::ProductCode;
use domain::product::ProductKind;
use serde::{Deserialize, Serialize};

use super::row::{ProductRow, ProductType};
use crate::control::{Progress, Refused, Request};

/// Shows the products that fit, by code; what is absent doesn't filter.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ListProducts {
    /// Only this one.
    pub code: Option<String>,
    /// Only of this type.
    pub kind: Option<ProductType>,
    /// Only of this category.
    pub category: Option<String>,
    /// Only of this brand.
    pub brand: Option<String>,
}

impl Request for ListProducts {
    type Answer = Vec<ProductRow>;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Vec<ProductRow>, Refused> {
        let read_code =
            |text: &str| ProductCode::parse(text).ok_or_else(|| Refused::because("that is no product code"));
        let filter = ProductFilter {
            kind: self.kind.map(|kind| match kind {
                ProductType::Postpaid => ProductKind::Postpaid,
                ProductType::Prepaid => ProductKind::Prepaid,
                ProductType::Game => ProductKind::Game,
            }),
            category: self.category,
            brand: self.brand,
            code: self.code.as_deref().map(read_code).transpose()?,
        };
        Ok(list_products(context, &filter).iter().map(|product| ProductRow::of(product)).collect())
    }
}
