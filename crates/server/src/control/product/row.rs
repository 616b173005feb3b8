//! A product as an operator writes it: a line of CSV, the flags of `product add` and `set`, an object of `product list --json`.
//!
//! What is absent (in CSV: an empty cell or no such column) stays as it was; for a new product it is the default.

use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use domain::id::{ProductCode, SupplierName};
use domain::money::Rupiah;
use domain::product::{NumberRule, Product, ProductKind, ProductState, Route};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::{cut_off, terms};
use crate::control::Refused;

/// One product, or what of it is to be changed. Amounts are whole rupiah.
#[derive(Clone, PartialEq, Eq, Debug, Default, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductRow {
    /// Its code, e.g. MPBPJS
    pub code: String,
    /// How it is bought
    #[arg(long = "type", value_name = "TYPE")]
    #[serde(rename = "type")]
    pub kind: Option<ProductType>,
    /// Its name as customers read it
    #[arg(long)]
    pub name: Option<String>,
    /// e.g. Pulsa
    #[arg(long)]
    pub category: Option<String>,
    /// e.g. TELKOMSEL
    #[arg(long)]
    pub brand: Option<String>,
    /// A sentence for the merchants' list
    #[arg(long)]
    pub description: Option<String>,
    /// Prepaid and games: what a merchant without a tier pays
    #[arg(long)]
    pub price: Option<i64>,
    /// Bills: what the customer pays on top of the bill
    #[arg(long)]
    pub admin: Option<i64>,
    /// What the supplier takes; for a bill, what it adds to it
    #[arg(long)]
    pub cost: Option<i64>,
    /// Which customer numbers it takes
    #[arg(long)]
    pub number: Option<NumberForm>,
    /// Their fewest characters
    #[arg(long)]
    pub min_length: Option<u8>,
    /// Their most characters
    #[arg(long)]
    pub max_length: Option<u8>,
    /// Products of one group pay the same bills; by default its own code
    #[arg(long)]
    pub bill_group: Option<String>,
    /// Whether it is sold
    #[arg(long)]
    pub status: Option<Sale>,
    /// Bills: what of the total a merchant without a tier keeps
    #[arg(long)]
    pub commission: Option<i64>,
    /// Prices (for bills: commissions) of tiers, e.g. "gold=21000 silver=21200", or none
    #[arg(long)]
    pub tiers: Option<String>,
    /// When it isn't sold each day in WIB, e.g. 23:45-00:15, or none
    #[arg(long)]
    pub cut_off: Option<String>,
    /// For how long a like bill counts as paid after a success; 0 switches it off
    #[arg(long, value_name = "SECONDS")]
    pub repaid_window_seconds: Option<u64>,
    /// For how long a like order is a duplicate; 0 switches it off
    #[arg(long, value_name = "SECONDS")]
    pub duplicate_window_seconds: Option<u64>,
    /// Which supplier it is bought from; by default the sandbox
    #[arg(long)]
    pub supplier: Option<String>,
    /// The supplier's own code for it; by default the same
    #[arg(long)]
    pub sku: Option<String>,
    /// Whether it belongs to the demo catalogue.
    #[arg(skip)]
    pub demo: Option<bool>,
}

/// How a product is bought.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProductType {
    /// A bill.
    Postpaid,
    /// At a price.
    Prepaid,
    /// As prepaid, with cmd game.
    Game,
}

/// Which customer numbers a product takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberForm {
    /// Telephone numbers.
    Phone,
    /// Digits.
    Digits,
    /// Anything.
    Text,
}

/// Whether a product is sold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sale {
    /// It is.
    Available,
    /// It is, and the supplier has trouble.
    Disturbed,
    /// It isn't.
    Unavailable,
}

impl ProductRow {
    /// The row that says all of a product.
    pub fn of(product: &Product) -> Self {
        let rule = &product.number_rule;
        Self {
            code: product.code.to_string(),
            kind: Some(match product.kind {
                ProductKind::Postpaid => ProductType::Postpaid,
                ProductKind::Prepaid => ProductType::Prepaid,
                ProductKind::Game => ProductType::Game,
            }),
            name: Some(product.name.to_string()),
            category: Some(product.category.to_string()),
            brand: Some(product.brand.to_string()),
            description: Some(product.description.to_string()),
            price: Some(product.price.get()),
            admin: Some(product.admin.get()),
            cost: Some(product.route.cost.get()),
            number: Some(match (rule.is_phone, rule.digits_only) {
                (true, _) => NumberForm::Phone,
                (false, true) => NumberForm::Digits,
                (false, false) => NumberForm::Text,
            }),
            min_length: Some(rule.min_length),
            max_length: Some(rule.max_length),
            bill_group: Some(product.bill_group.to_string()),
            status: Some(match product.state {
                ProductState::Available => Sale::Available,
                ProductState::Disturbed => Sale::Disturbed,
                ProductState::Unavailable => Sale::Unavailable,
            }),
            commission: Some(product.commission.get()),
            tiers: Some(terms::write(product)),
            cut_off: Some(cut_off::write(product.cut_off)),
            repaid_window_seconds: Some(product.repaid_window.as_secs()),
            duplicate_window_seconds: Some(product.duplicate_window.as_secs()),
            supplier: Some(product.route.supplier.to_string()),
            sku: Some(product.route.sku.to_string()),
            demo: Some(product.is_demo),
        }
    }

    /// The product as it is to be: this row over what was `before`.
    pub fn over(self, before: Product) -> Result<Product, Refused> {
        let fault = |what: &str| Refused(format!("product {}: {what}", before.code));
        let mut after = before.clone();
        if let Some(kind) = self.kind {
            after.kind = kind_of(kind);
        }
        for (text, place) in [
            (self.name, &mut after.name),
            (self.category, &mut after.category),
            (self.brand, &mut after.brand),
            (self.description, &mut after.description),
            (self.bill_group, &mut after.bill_group),
            (self.sku, &mut after.route.sku),
        ] {
            if let Some(text) = text {
                *place = text.into();
            }
        }
        for (amount, place) in [
            (self.price, &mut after.price),
            (self.admin, &mut after.admin),
            (self.cost, &mut after.route.cost),
            (self.commission, &mut after.commission),
        ] {
            if let Some(amount) = amount {
                *place = Rupiah::new(amount).ok_or_else(|| fault("an amount is too large"))?;
            }
        }
        if let Some(form) = self.number {
            after.number_rule.is_phone = form == NumberForm::Phone;
            after.number_rule.digits_only = form != NumberForm::Text;
        }
        after.number_rule.min_length = self.min_length.unwrap_or(after.number_rule.min_length);
        after.number_rule.max_length = self.max_length.unwrap_or(after.number_rule.max_length);
        if let Some(sale) = self.status {
            after.state = match sale {
                Sale::Available => ProductState::Available,
                Sale::Disturbed => ProductState::Disturbed,
                Sale::Unavailable => ProductState::Unavailable,
            };
        }
        if let Some(window) = self.cut_off {
            after.cut_off = cut_off::read(&window).ok_or_else(|| fault("a cut-off is written 23:45-00:15, or none"))?;
        }
        if let Some(tiers) = self.tiers {
            after.tiers = terms::read(&tiers, after.kind)
                .ok_or_else(|| fault("tiers are written gold=21000 silver=21200, or none"))?;
        }
        if let Some(seconds) = self.repaid_window_seconds {
            after.repaid_window = Duration::from_secs(seconds);
        }
        if let Some(seconds) = self.duplicate_window_seconds {
            after.duplicate_window = Duration::from_secs(seconds);
        }
        if let Some(supplier) = self.supplier {
            after.route.supplier =
                SupplierName::parse(&supplier).ok_or_else(|| fault("a supplier's name has 1 to 32 of a-z 0-9 - _"))?;
        }
        after.is_demo = self.demo.unwrap_or(after.is_demo);
        check(&after).map_err(fault)?;
        Ok(after)
    }

    /// The product that this row makes where there was none.
    pub fn into_new(self, now: Timestamp) -> Result<Product, Refused> {
        let fault = |what: &str| Refused(format!("product {}: {what}", self.code));
        let code = ProductCode::parse(&self.code)
            .ok_or_else(|| fault("a code has 1 to 64 printable characters without spaces"))?;
        let kind = self.kind.ok_or_else(|| fault("a new product needs a type: postpaid, prepaid or game"))?;
        if self.name.is_none() {
            return Err(fault("a new product needs a name"));
        }
        let supplier = SupplierName::parse("sandbox").ok_or_else(|| fault("it needs a supplier"))?;
        let text: Arc<str> = code.as_str().into();
        self.over(Product {
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
            route: Route { supplier, sku: text, cost: Rupiah::ZERO },
            is_demo: false,
            updated_at: now,
        })
    }
}

const fn kind_of(kind: ProductType) -> ProductKind {
    match kind {
        ProductType::Postpaid => ProductKind::Postpaid,
        ProductType::Prepaid => ProductKind::Prepaid,
        ProductType::Game => ProductKind::Game,
    }
}

/// What the domain takes for granted.
fn check(product: &Product) -> Result<(), &'static str> {
    let is_bill = product.kind == ProductKind::Postpaid;
    if is_bill && !product.price.is_zero() {
        Err("a bill has no price; its admin is what the customer pays on top")
    } else if !is_bill && !(product.admin.is_zero() && product.commission.is_zero()) {
        Err("only bills have an admin and a commission; set the price")
    } else if product.name.trim().is_empty() || product.route.sku.is_empty() || product.bill_group.is_empty() {
        Err("name, sku and bill_group must not be empty")
    } else if product.number_rule.min_length == 0 || product.number_rule.min_length > product.number_rule.max_length {
        Err("min_length must be 1 or more, and not above max_length")
    } else {
        Ok(())
    }
}
