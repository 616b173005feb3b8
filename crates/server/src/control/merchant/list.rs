//! Shows merchants.

use std::collections::HashMap;

use app::Context;
use domain::merchant::Merchant;
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

use super::find::find_merchant;
use super::shown::MerchantShown;
use crate::control::{Progress, Refused, Request};

/// Shows all merchants, by number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListMerchants {}

/// Shows one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShowMerchant {
    /// `merchant_id` or `api_id`.
    pub merchant: String,
}

impl Request for ListMerchants {
    type Answer = Vec<MerchantShown>;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Vec<MerchantShown>, Refused> {
        let read = context.read(|snapshot| Ok((snapshot.merchants()?, snapshot.books()?, snapshot.all_endpoints()?)));
        let (merchants, books, endpoints) = read.await?;
        let now = context.time().now();
        let books: HashMap<_, _> = books.iter().map(|book| (book.merchant_id, book)).collect();
        let endpoints: HashMap<_, _> = endpoints.iter().map(|all| (all.merchant_id, &all.list[..])).collect();
        let shown = |merchant: &Merchant| {
            let merchant_id = merchant.merchant_id;
            let endpoints = endpoints.get(&merchant_id).copied().unwrap_or_default();
            Some(MerchantShown::of(merchant, books.get(&merchant_id)?, endpoints, now))
        };
        Ok(merchants.iter().filter_map(shown).collect())
    }
}

impl Request for ShowMerchant {
    type Answer = MerchantShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<MerchantShown, Refused> {
        let merchant = find_merchant(context, &self.merchant).await?;
        show(context, &merchant).await
    }
}

/// The merchant with its book as it is now.
pub async fn show(context: &Context, merchant: &Merchant) -> Result<MerchantShown, Refused> {
    let merchant_id = merchant.merchant_id;
    let read = context.read(move |snapshot| Ok((snapshot.book(merchant_id)?, snapshot.endpoints(merchant_id)?)));
    let (book, endpoints) = read.await?;
    let book = book.ok_or(Refusal::MerchantNotFound)?;
    Ok(MerchantShown::of(merchant, &book, &endpoints, context.time().now()))
}
