//! A merchant as an operator sees it.

use domain::endpoint::Endpoint;
use domain::ledger::Book;
use domain::merchant::Merchant;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Profile and book. Amounts are whole rupiah, times are WIB.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MerchantShown {
    /// Its number, as text.
    pub merchant_id: String,
    /// Its name.
    pub name: String,
    /// The public half of its credentials.
    pub api_id: String,
    /// `active` or `suspended`.
    pub state: String,
    /// What may be spent.
    pub balance: i64,
    /// What pending orders hold.
    pub held: i64,
    /// How far the balance may go below zero.
    pub credit_limit: i64,
    /// Its price tier.
    pub tier: Option<String>,
    /// Requests a second instead of the server's default.
    pub rate_per_second: Option<u32>,
    /// Addresses or networks that may call; empty: any.
    pub allow_ips: Vec<String>,
    /// Where webhooks go.
    pub webhooks: Vec<String>,
    /// Until when the keys before the last rotation hold.
    pub old_keys_until: Option<String>,
    /// When it was added.
    pub created_at: String,
}

impl MerchantShown {
    /// Puts profile and book together.
    pub fn of(merchant: &Merchant, book: &Book, endpoints: &[Endpoint], now: Timestamp) -> Self {
        let texts = |texts: &[std::sync::Arc<str>]| texts.iter().map(ToString::to_string).collect();
        let old_keys = merchant.previous_keys.as_ref().filter(|previous| now < previous.valid_until);
        Self {
            merchant_id: merchant.merchant_id.to_string(),
            name: merchant.name.to_string(),
            api_id: merchant.api_id.to_string(),
            state: if book.is_suspended { "suspended" } else { "active" }.to_owned(),
            balance: book.available.get(),
            held: book.held.get(),
            credit_limit: book.credit_limit.get(),
            tier: merchant.tier.as_ref().map(ToString::to_string),
            rate_per_second: merchant.rate_per_second,
            allow_ips: texts(&merchant.allowed_networks),
            webhooks: endpoints.iter().map(|endpoint| endpoint.url.to_string()).collect(),
            old_keys_until: old_keys.map(|previous| previous.valid_until.wib().to_string()),
            created_at: merchant.created_at.wib().to_string(),
        }
    }
}
