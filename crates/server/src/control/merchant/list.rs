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
        let read = context.read(|snapshot| Ok((snapshot.merchants()?, snapshot.books()?)));
        let (merchants, books) = read.await?;
        let now = context.time().now();
        let books: HashMap<_, _> = books.iter().map(|book| (book.merchant_id, book)).collect();
        let shown = |merchant: &Merchant| Some(MerchantShown::of(merchant, books.get(&merchant.merchant_id)?, now));
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
    let book = context.read(move |snapshot| snapshot.book(merchant_id)).await?;
    let book = book.ok_or(Refusal::MerchantNotFound)?;
    Ok(MerchantShown::of(merchant, &book, context.time().now()))
}
