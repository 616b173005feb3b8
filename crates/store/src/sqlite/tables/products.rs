//! Tables `products`, `product_tiers` and `product_routes`: the catalogue.

use domain::id::ProductCode;
use domain::product::Product;

use crate::StoreError;
use crate::rows::{RouteRow, TierRow};
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "code, name, kind, category, brand, description, state, price, admin, commission, cut_off_start, cut_off_end, \
         digits_only, min_length, max_length, is_phone, bill_group, repaid_window_us, duplicate_window_us, is_demo, \
         updated_at"
    };
}

impl Stored for Product {
    fn load(statements: &Statements<'_>, key: &ProductCode) -> Result<Option<Self>, StoreError> {
        let sql = concat!("SELECT ", columns!(), " FROM products WHERE code = ?1");
        let product = statements.find(sql, [key.as_str()], row_of)?;
        product.map(|product| complete(statements, product)).transpose()
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE products SET name = ?2, kind = ?3, category = ?4, brand = ?5, description = ?6, state = ?7, price = ?8, \
             admin = ?9, commission = ?10, cut_off_start = ?11, cut_off_end = ?12, digits_only = ?13, min_length = ?14, \
             max_length = ?15, is_phone = ?16, bill_group = ?17, repaid_window_us = ?18, duplicate_window_us = ?19, \
             is_demo = ?20, updated_at = ?21 WHERE code = ?1"
        } else {
            concat!(
                "INSERT INTO products (",
                columns!(),
                ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)"
            )
        };
        statements.save(sql, self)?;
        save_tiers(statements, self)?;
        save_routes(statements, self)
    }
}

/// Every product, by code.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Product>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM products ORDER BY code");
    let products: Vec<Product> = statements.list(sql, [], row_of)?;
    products.into_iter().map(|product| complete(statements, product)).collect()
}

/// With its tiers and routes.
fn complete(statements: &Statements<'_>, product: Product) -> Result<Product, StoreError> {
    let tiers = "SELECT code, position, tier, price, commission FROM product_tiers WHERE code = ?1 ORDER BY position";
    let tiers: Vec<TierRow> = statements.list(tiers, [product.code.as_str()], row_of)?;
    let routes = "SELECT code, position, supplier, sku, cost, is_on, is_available, max_cost, cut_off_start, cut_off_end \
                  FROM product_routes WHERE code = ?1 ORDER BY position";
    let routes: Vec<RouteRow> = statements.list(routes, [product.code.as_str()], row_of)?;
    Ok(Product {
        tiers: tiers.into_iter().map(|row| row.terms).collect(),
        routes: routes.into_iter().map(|row| row.way).collect(),
        ..product
    })
}

fn save_tiers(statements: &Statements<'_>, product: &Product) -> Result<(), StoreError> {
    statements.change("DELETE FROM product_tiers WHERE code = ?1", [product.code.as_str()])?;
    let sql = "INSERT INTO product_tiers (code, position, tier, price, commission) VALUES (?1, ?2, ?3, ?4, ?5)";
    for (position, terms) in (0_i64..).zip(&product.tiers) {
        statements.save(sql, &TierRow { code: product.code.clone(), position, terms: terms.clone() })?;
    }
    Ok(())
}

fn save_routes(statements: &Statements<'_>, product: &Product) -> Result<(), StoreError> {
    statements.change("DELETE FROM product_routes WHERE code = ?1", [product.code.as_str()])?;
    let sql = "INSERT INTO product_routes (code, position, supplier, sku, cost, is_on, is_available, max_cost, cut_off_start, \
               cut_off_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    for (position, way) in (0_i64..).zip(&product.routes) {
        statements.save(sql, &RouteRow { code: product.code.clone(), position, way: way.clone() })?;
    }
    Ok(())
}
