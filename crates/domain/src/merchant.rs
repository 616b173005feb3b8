//! A merchant's profile and credentials. What decides about money (suspension, credit limit) stands in its book.

use std::sync::Arc;

use crate::id::{ApiId, MerchantId, Tier};
use crate::row::Row;
use crate::time::Timestamp;

/// A secret, encrypted by whoever made it. The domain neither reads nor prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Arc<[u8]>);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(…)")
    }
}

/// The two secrets with which a merchant signs. Both must be recoverable, since neither is ever sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SealedKeys {
    /// `api_key`.
    pub api_key: Sealed,
    /// `secret_key`.
    pub secret_key: Sealed,
}

/// Keys that were replaced and still hold for a while.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreviousKeys {
    /// The old keys.
    pub keys: SealedKeys,
    /// They hold until then.
    pub valid_until: Timestamp,
}

/// Who a merchant is and how it may call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merchant {
    /// Made by Loket.
    pub merchant_id: MerchantId,
    /// As `/v1/balance` shows it.
    pub name: Arc<str>,
    /// The public half of its credentials.
    pub api_id: ApiId,
    /// The secret half.
    pub keys: SealedKeys,
    /// The secret half before the last rotation, while it still holds.
    pub previous_keys: Option<PreviousKeys>,
    /// Addresses or networks (CIDR) that may call; empty: any.
    pub allowed_networks: Vec<Arc<str>>,
    /// Its keys were rotated, and no request of its has borne the new ones yet: what we sign for it bears the old ones too.
    pub signs_with_previous: bool,
    /// Requests a second instead of the server's default.
    pub rate_per_second: Option<u32>,
    /// Its price tier.
    pub tier: Option<Tier>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When its profile last changed.
    pub updated_at: Timestamp,
}

impl Row for Merchant {
    type Key = MerchantId;
    const NAME: &'static str = "merchant";

    fn key(&self) -> MerchantId {
        self.merchant_id
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}
