//! Products in words.

use super::super::output::{self, or_dash, rupiah};
use crate::control::product::{ProductRow, ProductType, Sale};

/// A line each.
pub fn table(products: &[ProductRow]) -> String {
    output::table(
        ["CODE", "TYPE", "NAME", "CATEGORY", "BRAND", "PRICE/ADMIN", "COST", "STATUS", "SUPPLIER"],
        products.iter().map(|product| {
            let (kind, earned) = match product.kind {
                Some(ProductType::Postpaid) => ("postpaid", product.admin),
                Some(ProductType::Game) => ("game", product.price),
                Some(ProductType::Prepaid) | None => ("prepaid", product.price),
            };
            let status = match product.status {
                Some(Sale::Unavailable) => "unavailable",
                Some(Sale::Disturbed) => "disturbed",
                Some(Sale::Available) | None => "available",
            };
            [
                product.code.clone(),
                kind.to_owned(),
                or_dash(product.name.as_deref()),
                or_dash(product.category.as_deref()),
                or_dash(product.brand.as_deref()),
                rupiah(earned.unwrap_or_default()),
                rupiah(product.cost.unwrap_or_default()),
                status.to_owned(),
                or_dash(product.supplier.as_deref()),
            ]
        }),
    )
}
