//! Adds a merchant and makes its keys.

use std::sync::Arc;

use domain::command::RegisterMerchant;
use domain::endpoint::Endpoints;
use domain::id::{ApiId, MerchantId};
use domain::merchant::{Merchant, SealedKeys};
use domain::refusal::Refusal;
use zeroize::Zeroizing;

use crate::context::Context;
use crate::directory::place_of;
use crate::endpoints::new_endpoint;
use crate::error::CallError;
use crate::vault::VaultError;

/// Who is to be added.
#[derive(Clone, Default)]
pub struct AddMerchant {
    /// Its name.
    pub name: String,
    /// Its `api_id`; made if absent.
    pub api_id: Option<ApiId>,
    /// Its `api_key`; made if absent. Only the demo brings its own.
    pub api_key: Option<Zeroizing<String>>,
    /// Its `secret_key`; made if absent. Only the demo brings its own.
    pub secret_key: Option<Zeroizing<String>>,
    /// Addresses or networks that may call; empty: any.
    pub allowed_networks: Vec<Arc<str>>,
    /// Where it is told of its orders.
    pub webhook_urls: Vec<Arc<str>>,
}

/// A merchant with its secrets, which are shown this once.
pub struct NewMerchant {
    /// The merchant.
    pub merchant: Merchant,
    /// Its `api_key`.
    pub api_key: Zeroizing<String>,
    /// Its `secret_key`.
    pub secret_key: Zeroizing<String>,
}

/// Adds the merchant and opens its book.
pub async fn add_merchant(context: &Context, request: AddMerchant) -> Result<NewMerchant, CallError> {
    let _turn = context.changing_merchants.lock().await;
    let highest =
        context.read(|snapshot| Ok(snapshot.merchants()?.last().map_or(0, |last| last.merchant_id.0))).await?;
    let merchant_id = MerchantId(highest.saturating_add(1));
    let api_id = match request.api_id {
        Some(api_id) => api_id,
        None => ApiId::parse(&format!("m{merchant_id}-{}", context.ids.text::<8>())).ok_or(CallError::Internal)?,
    };
    if context.directory.find(api_id.as_str()).is_some() {
        return Err(Refusal::MerchantExists.into());
    }
    let api_key = request.api_key.unwrap_or_else(|| new_key(context));
    let secret_key = request.secret_key.unwrap_or_else(|| new_key(context));
    let mut endpoints = Vec::new();
    for url in &request.webhook_urls {
        endpoints.push(new_endpoint(context, url)?);
    }
    let command = RegisterMerchant {
        merchant_id,
        name: request.name.into(),
        api_id,
        keys: seal_keys(context, merchant_id, &api_key, &secret_key)?,
        allowed_networks: request.allowed_networks,
        endpoints: endpoints.clone(),
    };
    let merchant = context.engine.ask(command).await?;
    context.directory.put(&context.vault, &merchant)?;
    context.address_book.put(&context.vault, &Endpoints { merchant_id, list: endpoints })?;
    Ok(NewMerchant { merchant, api_key, secret_key })
}

/// A key of 200 random bits.
pub fn new_key(context: &Context) -> Zeroizing<String> {
    Zeroizing::new(context.ids.text::<40>())
}

/// Encrypts a merchant's keys for its row.
pub fn seal_keys(
    context: &Context,
    merchant_id: MerchantId,
    api_key: &str,
    secret_key: &str,
) -> Result<SealedKeys, CallError> {
    Ok(SealedKeys {
        api_key: context.vault.seal(&place_of(merchant_id, "api_key"), api_key)?,
        secret_key: context.vault.seal(&place_of(merchant_id, "secret_key"), secret_key)?,
    })
}

impl From<VaultError> for CallError {
    fn from(error: VaultError) -> Self {
        tracing::error!(%error, "a secret cannot be used");
        Self::Internal
    }
}
