//! What merchants can buy, and on which terms.

use std::sync::Arc;
use std::time::Duration;

use crate::id::{CustomerNo, ProductCode, SupplierName, Tier};
use crate::money::Rupiah;
use crate::refusal::ProductRefusal;
use crate::row::Row;
use crate::time::Timestamp;

/// How a product is bought.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ProductKind {
    /// A bill: inquiry, then payment.
    Postpaid,
    /// Bought at a price: credit, data, tokens, e-money.
    Prepaid,
    /// As prepaid, ordered with `cmd: "game"`.
    Game,
}

/// The operator's switch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProductState {
    /// Sold.
    Available,
    /// Sold, with a warning in the list: the supplier has trouble.
    Disturbed,
    /// Not sold.
    Unavailable,
}

/// A daily window in which a product isn't sold, in minutes of the day in WIB; it may span midnight (23:45 to 00:15).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CutOff {
    /// The window's first minute, 0 to 1439.
    pub start: u16,
    /// The first minute after the window, 0 to 1439. Equal to `start`: no window.
    pub end: u16,
}

impl CutOff {
    /// Whether the window is closed for business at that minute of the day.
    pub const fn covers(self, minute: u16) -> bool {
        if self.start <= self.end {
            self.start <= minute && minute < self.end
        } else {
            minute >= self.start || minute < self.end
        }
    }
}

/// Which customer numbers a product takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberRule {
    /// Only digits.
    pub digits_only: bool,
    /// The fewest characters.
    pub min_length: u8,
    /// The most characters.
    pub max_length: u8,
    /// A telephone number: `62…` and `0…` are the same number, and so the same bill.
    pub is_phone: bool,
}

impl NumberRule {
    /// Whether a number keeps the rule.
    pub fn accepts(&self, number: &CustomerNo) -> bool {
        let text = number.as_str();
        let length = text.chars().count();
        let local = if self.is_phone { text.strip_prefix('+').unwrap_or(text) } else { text };
        (usize::from(self.min_length)..=usize::from(self.max_length)).contains(&length)
            && (!self.digits_only || local.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

/// What a tier pays instead of the product's own price and commission.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TierTerms {
    /// For which tier.
    pub tier: Tier,
    /// Instead of the product's price; prepaid and games only.
    pub price: Option<Rupiah>,
    /// Instead of the product's commission; postpaid only.
    pub commission: Option<Rupiah>,
}

/// Where a product is bought: which supplier, by which of its codes, at what cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// The supplier's name in the operator's configuration.
    pub supplier: SupplierName,
    /// The supplier's own code for the product.
    pub sku: Arc<str>,
    /// What the supplier is expected to take. In a bill product's own route: what it adds to the bill.
    pub cost: Rupiah,
}

/// One of the ways in which a product may be bought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProductRoute {
    /// Where, and at what cost.
    pub route: Route,
    /// The operator's switch.
    pub is_on: bool,
    /// The supplier sells it, by its last price list.
    pub is_available: bool,
    /// Not if it costs more. `None`: for prepaid products the price is the limit, since nothing is sold at a loss unless the operator says so.
    pub max_cost: Option<Rupiah>,
    /// When the supplier doesn't sell it.
    pub cut_off: Option<CutOff>,
}

impl ProductRoute {
    /// A route that is on, with no limits of its own.
    pub const fn plain(route: Route) -> Self {
        Self { route, is_on: true, is_available: true, max_cost: None, cut_off: None }
    }

    /// Whether the product may be bought this way at that moment, for this price if it has one.
    pub fn is_open(&self, price: Option<Rupiah>, now: Timestamp) -> bool {
        let limit = self.max_cost.or(price);
        let is_cut_off = self.cut_off.is_some_and(|window| window.covers(now.wib().minute_of_day()));
        self.is_on && self.is_available && !is_cut_off && limit.is_none_or(|limit| self.route.cost <= limit)
    }
}

/// A product of the operator's catalogue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Product {
    /// Its code, the catalogue's key.
    pub code: ProductCode,
    /// Its name as customers read it.
    pub name: Arc<str>,
    /// How it is bought.
    pub kind: ProductKind,
    /// e.g. `BPJS`, `Pulsa`.
    pub category: Arc<str>,
    /// e.g. `BPJS KESEHATAN`, `TELKOMSEL`.
    pub brand: Arc<str>,
    /// A sentence for the merchant's catalogue; may be empty.
    pub description: Arc<str>,
    /// The operator's switch.
    pub state: ProductState,
    /// Prepaid and games: what a merchant without a tier pays. Zero for bills.
    pub price: Rupiah,
    /// Bills: what the customer pays on top of the bill, the operator's markup included. Zero otherwise.
    pub admin: Rupiah,
    /// Bills: what of the total a merchant without a tier keeps.
    pub commission: Rupiah,
    /// Terms of the tiers that have their own.
    pub tiers: Vec<TierTerms>,
    /// When it isn't sold.
    pub cut_off: Option<CutOff>,
    /// Which numbers it takes.
    pub number_rule: NumberRule,
    /// Products of one group pay the same bills; alone, its own code.
    pub bill_group: Arc<str>,
    /// How long after a success a bill with the same amount and periods counts as paid already. Zero switches it off.
    pub repaid_window: Duration,
    /// How long after an accepted order a like one is a duplicate. Zero switches it off.
    pub duplicate_window: Duration,
    /// Where it is bought: the first that can take it, in the operator's order.
    pub routes: Vec<ProductRoute>,
    /// Belongs to the demo catalogue: its sandbox has a fresh bill for a number as soon as one is paid.
    pub is_demo: bool,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Product {
    /// What a merchant of `tier` pays for a prepaid product or game.
    pub fn price_for(&self, tier: Option<&Tier>) -> Rupiah {
        self.terms_for(tier).and_then(|terms| terms.price).unwrap_or(self.price)
    }

    /// What a merchant of `tier` keeps of a bill's total.
    pub fn commission_for(&self, tier: Option<&Tier>) -> Rupiah {
        self.terms_for(tier).and_then(|terms| terms.commission).unwrap_or(self.commission)
    }

    /// Whether it is sold at that moment.
    pub fn check_open(&self, now: Timestamp) -> Result<(), ProductRefusal> {
        if self.state == ProductState::Unavailable {
            return Err(ProductRefusal::Unavailable);
        }
        match self.cut_off {
            Some(window) if window.covers(now.wib().minute_of_day()) => {
                Err(ProductRefusal::CutOff(now.until_wib_minute(window.end)))
            }
            _ => Ok(()),
        }
    }

    fn terms_for(&self, tier: Option<&Tier>) -> Option<&TierTerms> {
        let tier = tier?;
        self.tiers.iter().find(|terms| terms.tier == *tier)
    }
}

impl Row for Product {
    type Key = ProductCode;
    const NAME: &'static str = "product";

    fn key(&self) -> ProductCode {
        self.code.clone()
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_off_may_span_midnight() {
        let night = CutOff { start: 23 * 60 + 45, end: 15 };
        assert!(night.covers(23 * 60 + 45) && night.covers(0) && night.covers(14));
        assert!(!night.covers(15) && !night.covers(23 * 60 + 44));
        assert!(!CutOff { start: 0, end: 0 }.covers(0), "equal ends mean no window");
    }

    #[test]
    fn a_number_rule_counts_and_looks() {
        let phone = NumberRule { digits_only: true, min_length: 10, max_length: 14, is_phone: true };
        for (number, fits) in [("08123456789", true), ("+628123456789", true), ("0812-345-678", false), ("0812", false)]
        {
            assert_eq!(phone.accepts(&CustomerNo::parse(number).unwrap()), fits, "{number}");
        }
    }
}
