//! Changes a merchant's profile, its keys, or what its book lets it do.

use std::time::Duration;

use domain::command::{ChangeMerchant, MerchantChange};
use domain::id::MerchantId;
use domain::merchant::Merchant;

use crate::add_merchant::{NewMerchant, new_key, seal_keys};
use crate::context::Context;
use crate::error::CallError;

/// What may be set about a merchant.
pub type MerchantSettings = Vec<MerchantChange>;

/// Applies the changes; they hold for the next request.
pub async fn change_merchant(
    context: &Context,
    merchant_id: MerchantId,
    changes: MerchantSettings,
) -> Result<Merchant, CallError> {
    let _turn = context.changing_merchants.lock().await;
    let merchant = context.engine.ask(ChangeMerchant { merchant_id, changes }).await?;
    context.directory.put(&context.vault, &merchant)?;
    Ok(merchant)
}

/// Gives a merchant new keys; the old ones hold for `overlap`.
pub async fn rotate_keys(
    context: &Context,
    merchant_id: MerchantId,
    overlap: Duration,
) -> Result<NewMerchant, CallError> {
    let (api_key, secret_key) = (new_key(context), new_key(context));
    let keys = seal_keys(context, merchant_id, &api_key, &secret_key)?;
    let valid_until = context.time.now().plus(overlap);
    let merchant = change_merchant(context, merchant_id, vec![MerchantChange::Keys(keys, valid_until)]).await?;
    Ok(NewMerchant { merchant, api_key, secret_key })
}
