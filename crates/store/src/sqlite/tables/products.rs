//! Tables `products`, `product_tiers` and `product_routes`: the catalogue.

use domain::id::{ProductCode, SupplierName, Tier};
use domain::money::Rupiah;
use domain::product::{CutOff, NumberRule, Product, ProductRoute, Route, TierTerms};
use rusqlite::{Row, params};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::{Stored, duration_us};

const TABLE: Table = Table { name: "products", key_columns: 1 };
const TIERS: Table = Table { name: "product_tiers", key_columns: 2 };
const ROUTES: Table = Table { name: "product_routes", key_columns: 2 };

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
        statements.find(sql, [key.as_str()], |row| decode(statements, row))
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
        let params = params![
            self.code.as_str(),
            self.name,
            self.kind.code(),
            self.category,
            self.brand,
            self.description,
            self.state.code(),
            self.price.get(),
            self.admin.get(),
            self.commission.get(),
            self.cut_off.map(|window| window.start),
            self.cut_off.map(|window| window.end),
            self.number_rule.digits_only,
            self.number_rule.min_length,
            self.number_rule.max_length,
            self.number_rule.is_phone,
            self.bill_group,
            duration_us(self.repaid_window),
            duration_us(self.duplicate_window),
            self.is_demo,
            self.updated_at.micros(),
        ];
        statements.write(sql, params)?;
        save_tiers(statements, self)?;
        save_routes(statements, self)
    }
}

/// Every product, by code.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Product>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM products ORDER BY code");
    statements.list(sql, [], |row| decode(statements, row))
}

fn decode(statements: &Statements<'_>, row: &Row<'_>) -> Result<Product, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    let code = fields.parsed("code", ProductCode::parse)?;
    let tiers = load_tiers(statements, &code)?;
    let routes = load_routes(statements, &code)?;
    Ok(Product {
        code,
        name: fields.text("name")?,
        kind: fields.coded("kind")?,
        category: fields.text("category")?,
        brand: fields.text("brand")?,
        description: fields.text("description")?,
        state: fields.coded("state")?,
        price: fields.rupiah("price")?,
        admin: fields.rupiah("admin")?,
        commission: fields.rupiah("commission")?,
        tiers,
        cut_off: cut_off(&mut fields)?,
        number_rule: NumberRule {
            digits_only: fields.flag("digits_only")?,
            min_length: fields.integer("min_length")?,
            max_length: fields.integer("max_length")?,
            is_phone: fields.flag("is_phone")?,
        },
        bill_group: fields.text("bill_group")?,
        repaid_window: fields.duration("repaid_window_us")?,
        duplicate_window: fields.duration("duplicate_window_us")?,
        routes,
        is_demo: fields.flag("is_demo")?,
        updated_at: fields.moment("updated_at")?,
    })
}

fn cut_off(fields: &mut Fields<'_>) -> Result<Option<CutOff>, StoreError> {
    match (fields.optional_integer("cut_off_start")?, fields.optional_integer("cut_off_end")?) {
        (None, None) => Ok(None),
        (Some(start), Some(end)) => Ok(Some(CutOff { start, end })),
        _ => Err(fields.corrupt("cut_off_end")),
    }
}

fn load_tiers(statements: &Statements<'_>, code: &ProductCode) -> Result<Vec<TierTerms>, StoreError> {
    let sql = "SELECT code, position, tier, price, commission FROM product_tiers WHERE code = ?1 ORDER BY position";
    statements.list(sql, [code.as_str()], |row| {
        let mut fields = Fields::of(&TIERS, row);
        fields.text("code")?;
        fields.integer::<i64>("position")?;
        Ok(TierTerms {
            tier: fields.parsed("tier", Tier::parse)?,
            price: fields.optional_rupiah("price")?,
            commission: fields.optional_rupiah("commission")?,
        })
    })
}

fn save_tiers(statements: &Statements<'_>, product: &Product) -> Result<(), StoreError> {
    statements.change("DELETE FROM product_tiers WHERE code = ?1", [product.code.as_str()])?;
    for (position, terms) in (0_i64..).zip(&product.tiers) {
        let params = params![
            product.code.as_str(),
            position,
            terms.tier.as_str(),
            terms.price.map(Rupiah::get),
            terms.commission.map(Rupiah::get),
        ];
        let sql = "INSERT INTO product_tiers (code, position, tier, price, commission) VALUES (?1, ?2, ?3, ?4, ?5)";
        statements.write(sql, params)?;
    }
    Ok(())
}

fn load_routes(statements: &Statements<'_>, code: &ProductCode) -> Result<Vec<ProductRoute>, StoreError> {
    let sql = "SELECT code, position, supplier, sku, cost, is_on, is_available, max_cost, cut_off_start, cut_off_end \
               FROM product_routes WHERE code = ?1 ORDER BY position";
    statements.list(sql, [code.as_str()], |row| {
        let mut fields = Fields::of(&ROUTES, row);
        fields.text("code")?;
        fields.integer::<i64>("position")?;
        Ok(ProductRoute {
            route: Route {
                supplier: fields.parsed("supplier", SupplierName::parse)?,
                sku: fields.text("sku")?,
                cost: fields.rupiah("cost")?,
            },
            is_on: fields.flag("is_on")?,
            is_available: fields.flag("is_available")?,
            max_cost: fields.optional_rupiah("max_cost")?,
            cut_off: cut_off(&mut fields)?,
        })
    })
}

fn save_routes(statements: &Statements<'_>, product: &Product) -> Result<(), StoreError> {
    statements.change("DELETE FROM product_routes WHERE code = ?1", [product.code.as_str()])?;
    for (position, way) in (0_i64..).zip(&product.routes) {
        let params = params![
            product.code.as_str(),
            position,
            way.route.supplier.as_str(),
            way.route.sku,
            way.route.cost.get(),
            way.is_on,
            way.is_available,
            way.max_cost.map(Rupiah::get),
            way.cut_off.map(|window| window.start),
            way.cut_off.map(|window| window.end),
        ];
        let sql = "INSERT INTO product_routes (code, position, supplier, sku, cost, is_on, is_available, max_cost, cut_off_start, \
                   cut_off_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        statements.write(sql, params)?;
    }
    Ok(())
}
