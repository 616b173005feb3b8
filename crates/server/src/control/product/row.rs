//! A product as an operator writes it: a line of CSV, the flags of `product add` and `set`, an object of `product list --json`.
//!
//! What is absent (in CSV: an empty cell or no such column) stays as it was; for a new product it is the default.

use clap::{Args, ValueEnum};
use domain::product::{Product, ProductKind, ProductState};
use serde::{Deserialize, Serialize};

use super::{cut_off, terms};

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
        let first = product.routes.first().map(|way| &way.route);
        Self {
            code: product.code.to_string(),
            kind: Some(product.kind.into()),
            name: Some(product.name.to_string()),
            category: Some(product.category.to_string()),
            brand: Some(product.brand.to_string()),
            description: Some(product.description.to_string()),
            price: Some(product.price.get()),
            admin: Some(product.admin.get()),
            cost: first.map(|route| route.cost.get()),
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
            supplier: first.map(|route| route.supplier.to_string()),
            sku: first.map(|route| route.sku.to_string()),
            demo: Some(product.is_demo),
        }
    }
}

impl From<ProductKind> for ProductType {
    fn from(kind: ProductKind) -> Self {
        match kind {
            ProductKind::Postpaid => Self::Postpaid,
            ProductKind::Prepaid => Self::Prepaid,
            ProductKind::Game => Self::Game,
        }
    }
}
