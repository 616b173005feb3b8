//! Gives a merchant new keys.

use std::time::Duration;

use app::{Context, rotate_keys};
use serde::{Deserialize, Serialize};

use super::add::MerchantKeys;
use super::find::find_merchant;
use crate::control::{Progress, Refused, Request};

/// New keys; the old ones hold for a while.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RotateKeys {
    /// `merchant_id` or `api_id`.
    pub merchant: String,
    /// For how long the old ones hold.
    pub overlap_seconds: u64,
}

impl Request for RotateKeys {
    type Answer = MerchantKeys;

    async fn execute(self, context: &Context, _: &Progress) -> Result<MerchantKeys, Refused> {
        let merchant_id = find_merchant(context, &self.merchant).await?.merchant_id;
        let overlap = Duration::from_secs(self.overlap_seconds);
        Ok(rotate_keys(context, merchant_id, overlap).await?.into())
    }
}
