//! Merchants in words.

use super::super::output::{self, or_dash, rupiah};
use crate::control::merchant::MerchantShown;

/// All of them, a line each.
pub fn table(merchants: &[MerchantShown]) -> String {
    output::table(
        ["ID", "API_ID", "NAME", "STATE", "BALANCE", "HELD", "TIER"],
        merchants.iter().map(|merchant| {
            [
                merchant.merchant_id.clone(),
                merchant.api_id.clone(),
                merchant.name.clone(),
                merchant.state.clone(),
                rupiah(merchant.balance),
                rupiah(merchant.held),
                or_dash(merchant.tier.as_deref()),
            ]
        }),
    )
}

/// One, a line for each of its members.
pub fn one(merchant: &MerchantShown) -> String {
    let list = |texts: &[String], none: &str| Some(if texts.is_empty() { none.to_owned() } else { texts.join(", ") });
    output::list(&[
        ("merchant_id", Some(merchant.merchant_id.clone())),
        ("name", Some(merchant.name.clone())),
        ("api_id", Some(merchant.api_id.clone())),
        ("state", Some(merchant.state.clone())),
        ("balance", Some(rupiah(merchant.balance))),
        ("held", Some(rupiah(merchant.held))),
        ("credit limit", Some(rupiah(merchant.credit_limit))),
        ("tier", Some(or_dash(merchant.tier.as_deref()))),
        ("rate", Some(merchant.rate_per_second.map_or("default".to_owned(), |rate| format!("{rate} a second")))),
        ("may call from", list(&merchant.allow_ips, "anywhere")),
        ("webhooks", list(&merchant.webhooks, "none")),
        ("old keys until", merchant.old_keys_until.clone()),
        ("added", Some(merchant.created_at.clone())),
    ])
}
