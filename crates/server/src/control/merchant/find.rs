//! Which merchant an operator means.

use app::Context;
use domain::merchant::Merchant;
use domain::refusal::Refusal;

use crate::control::Refused;

/// The merchant with that `merchant_id` or `api_id`.
pub async fn find_merchant(context: &Context, text: &str) -> Result<Merchant, Refused> {
    let mut found = context.read(|snapshot| snapshot.merchants()).await?;
    found.retain(|merchant| merchant.api_id.as_str() == text || merchant.merchant_id.to_string() == text);
    match (found.pop(), found.is_empty()) {
        (Some(merchant), true) => Ok(merchant),
        (Some(_), false) => Err(Refused(format!(
            "`{text}` is the merchant_id of one merchant and the api_id of another; use the other name of the one you mean"
        ))),
        (None, _) => Err(Refusal::MerchantNotFound.into()),
    }
}
