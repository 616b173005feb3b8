//! The terms of tiers as operators write them: `gold=21000 silver=21200`, or `none`. For bills they are commissions, else prices.

use domain::id::Tier;
use domain::money::Rupiah;
use domain::product::{Product, ProductKind, TierTerms};

const NONE: &str = "none";

/// Reads them.
pub fn read(text: &str, kind: ProductKind) -> Option<Vec<TierTerms>> {
    if text == NONE {
        return Some(Vec::new());
    }
    let is_bill = kind == ProductKind::Postpaid;
    let mut all: Vec<TierTerms> = Vec::new();
    for item in text.split_whitespace() {
        let (tier, amount) = item.split_once('=')?;
        let (tier, amount) = (Tier::parse(tier)?, Rupiah::new(amount.parse().ok()?)?);
        if all.iter().any(|terms| terms.tier == tier) {
            return None;
        }
        all.push(TierTerms { tier, price: (!is_bill).then_some(amount), commission: is_bill.then_some(amount) });
    }
    Some(all)
}

/// Writes them.
pub fn write(product: &Product) -> String {
    let amount = |terms: &TierTerms| match product.kind {
        ProductKind::Postpaid => terms.commission,
        ProductKind::Prepaid | ProductKind::Game => terms.price,
    };
    let items: Vec<String> =
        product.tiers.iter().filter_map(|terms| Some(format!("{}={}", terms.tier, amount(terms)?.get()))).collect();
    if items.is_empty() { NONE.to_owned() } else { items.join(" ") }
}
