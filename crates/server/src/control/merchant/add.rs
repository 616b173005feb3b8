//! Adds a merchant.

use app::{Context, NewMerchant, add_merchant};
use domain::id::ApiId;
use serde::{Deserialize, Serialize};

use super::read;
use crate::control::{Progress, Refused, Request};

/// Adds a merchant with keys of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AddMerchant {
    /// Its name.
    pub name: String,
    /// Its `api_id`; made if absent.
    pub api_id: Option<String>,
    /// Addresses or networks that may call; empty: any.
    pub allow_ips: Vec<String>,
    /// Where webhooks go.
    pub webhooks: Vec<String>,
}

/// A merchant's keys, which are shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MerchantKeys {
    /// Its number, as text.
    pub merchant_id: String,
    /// Its name.
    pub name: String,
    /// The public half of its credentials.
    pub api_id: String,
    /// A secret.
    pub api_key: String,
    /// Another.
    pub secret_key: String,
}

impl From<NewMerchant> for MerchantKeys {
    fn from(new: NewMerchant) -> Self {
        Self {
            merchant_id: new.merchant.merchant_id.to_string(),
            name: new.merchant.name.to_string(),
            api_id: new.merchant.api_id.to_string(),
            api_key: new.api_key.to_string(),
            secret_key: new.secret_key.to_string(),
        }
    }
}

impl Request for AddMerchant {
    type Answer = MerchantKeys;
    const BEGINS: bool = true;

    async fn execute(self, context: &Context, _: &Progress) -> Result<MerchantKeys, Refused> {
        let read_id = |text: &str| {
            ApiId::parse(text).ok_or_else(|| Refused::because("an api_id has 1 to 64 of A-Z a-z 0-9 - _ ."))
        };
        let request = app::AddMerchant {
            name: read::name(self.name)?,
            api_id: self.api_id.as_deref().map(read_id).transpose()?,
            allowed_networks: read::networks(&self.allow_ips)?,
            webhook_urls: read::webhooks(context, &self.webhooks)?,
            ..app::AddMerchant::default()
        };
        Ok(add_merchant(context, request).await?.into())
    }
}
