//! Tables `products`, `product_tiers` and `product_routes`: the catalogue.

use domain::id::{ProductCode, SupplierName, Tier};
use domain::money::Rupiah;
use domain::product::{CutOff, NumberRule, Product, ProductRoute, Route, TierTerms};

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Flag, Integer, Text};
use crate::rows::{Kept, Layout, Sink, duration_us, put};

/// Without its tiers and routes, which have tables of their own.
impl Kept for Product {
    const LAYOUT: Layout = Layout {
        table: Table { name: "products", key_columns: 1 },
        columns: &[
            ("code", Text),
            ("name", Text),
            ("kind", Integer),
            ("category", Text),
            ("brand", Text),
            ("description", Text),
            ("state", Integer),
            ("price", Integer),
            ("admin", Integer),
            ("commission", Integer),
            ("cut_off_start", Integer),
            ("cut_off_end", Integer),
            ("digits_only", Flag),
            ("min_length", Integer),
            ("max_length", Integer),
            ("is_phone", Flag),
            ("bill_group", Text),
            ("repaid_window_us", Integer),
            ("duplicate_window_us", Integer),
            ("is_demo", Flag),
            ("updated_at", Integer),
        ],
        key: &["code"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
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
            self.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            code: fields.parsed("code", ProductCode::parse)?,
            name: fields.text("name")?,
            kind: fields.coded("kind")?,
            category: fields.text("category")?,
            brand: fields.text("brand")?,
            description: fields.text("description")?,
            state: fields.coded("state")?,
            price: fields.rupiah("price")?,
            admin: fields.rupiah("admin")?,
            commission: fields.rupiah("commission")?,
            tiers: Vec::new(),
            cut_off: cut_off(fields)?,
            number_rule: NumberRule {
                digits_only: fields.flag("digits_only")?,
                min_length: fields.integer("min_length")?,
                max_length: fields.integer("max_length")?,
                is_phone: fields.flag("is_phone")?,
            },
            bill_group: fields.text("bill_group")?,
            repaid_window: fields.duration("repaid_window_us")?,
            duplicate_window: fields.duration("duplicate_window_us")?,
            routes: Vec::new(),
            is_demo: fields.flag("is_demo")?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}

/// A product's terms for one tier.
#[derive(Debug)]
pub struct TierRow {
    /// Of which product.
    pub code: ProductCode,
    /// Where it stands in the operator's order, from 0.
    pub position: i64,
    /// The terms.
    pub terms: TierTerms,
}

impl Kept for TierRow {
    const LAYOUT: Layout = Layout {
        table: Table { name: "product_tiers", key_columns: 2 },
        columns: &[("code", Text), ("position", Integer), ("tier", Text), ("price", Integer), ("commission", Integer)],
        key: &["code", "position"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        let terms = &self.terms;
        put!(
            row,
            self.code.as_str(),
            self.position,
            terms.tier.as_str(),
            terms.price.map(Rupiah::get),
            terms.commission.map(Rupiah::get)
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            code: fields.parsed("code", ProductCode::parse)?,
            position: fields.integer("position")?,
            terms: TierTerms {
                tier: fields.parsed("tier", Tier::parse)?,
                price: fields.optional_rupiah("price")?,
                commission: fields.optional_rupiah("commission")?,
            },
        })
    }
}

/// One way in which a product is bought.
#[derive(Debug)]
pub struct RouteRow {
    /// Which product.
    pub code: ProductCode,
    /// Where it stands in the operator's order, from 0.
    pub position: i64,
    /// The way.
    pub way: ProductRoute,
}

impl Kept for RouteRow {
    const LAYOUT: Layout = Layout {
        table: Table { name: "product_routes", key_columns: 2 },
        columns: &[
            ("code", Text),
            ("position", Integer),
            ("supplier", Text),
            ("sku", Text),
            ("cost", Integer),
            ("is_on", Flag),
            ("is_available", Flag),
            ("max_cost", Integer),
            ("cut_off_start", Integer),
            ("cut_off_end", Integer),
        ],
        key: &["code", "position"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        let way = &self.way;
        put!(
            row,
            self.code.as_str(),
            self.position,
            way.route.supplier.as_str(),
            way.route.sku,
            way.route.cost.get(),
            way.is_on,
            way.is_available,
            way.max_cost.map(Rupiah::get),
            way.cut_off.map(|window| window.start),
            way.cut_off.map(|window| window.end)
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            code: fields.parsed("code", ProductCode::parse)?,
            position: fields.integer("position")?,
            way: ProductRoute {
                route: Route {
                    supplier: fields.parsed("supplier", SupplierName::parse)?,
                    sku: fields.text("sku")?,
                    cost: fields.rupiah("cost")?,
                },
                is_on: fields.flag("is_on")?,
                is_available: fields.flag("is_available")?,
                max_cost: fields.optional_rupiah("max_cost")?,
                cut_off: cut_off(fields)?,
            },
        })
    }
}

fn cut_off<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Option<CutOff>, StoreError> {
    match (fields.optional_integer("cut_off_start")?, fields.optional_integer("cut_off_end")?) {
        (None, None) => Ok(None),
        (Some(start), Some(end)) => Ok(Some(CutOff { start, end })),
        _ => Err(fields.corrupt("cut_off_end")),
    }
}
