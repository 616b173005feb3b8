//! What protects a merchant from ordering the same prepaid product for the same number twice by mistake.

use std::sync::Arc;
use std::time::Duration;

use crate::id::{MerchantId, Mode, ProductCode};
use crate::row::Row;
use crate::time::Timestamp;

/// What makes two prepaid orders alike.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DuplicateKey {
    /// Whose orders.
    pub merchant_id: MerchantId,
    /// In which mode.
    pub mode: Mode,
    /// For which product.
    pub product_code: ProductCode,
    /// For which normalised customer number.
    pub number: Arc<str>,
}

/// What is known of the orders that are alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DuplicateGuard {
    /// Which orders.
    pub key: DuplicateKey,
    /// How many are pending; more than one only where the merchant allowed duplicates.
    pub pending: u32,
    /// When the newest one that succeeded was accepted.
    pub succeeded_at: Option<Timestamp>,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

impl DuplicateGuard {
    /// A guard that has seen no order yet.
    pub const fn fresh(key: DuplicateKey) -> Self {
        Self { key, pending: 0, succeeded_at: None, updated_at: Timestamp::from_micros(0) }
    }

    /// Whether one more order now would be a duplicate. A `window` of zero switches the guard off.
    pub fn forbids(&self, now: Timestamp, window: Duration) -> bool {
        !window.is_zero() && (self.pending > 0 || self.succeeded_at.is_some_and(|accepted| now < accepted.plus(window)))
    }
}

impl Row for DuplicateGuard {
    type Key = DuplicateKey;
    const NAME: &'static str = "duplicate guard";

    fn key(&self) -> DuplicateKey {
        self.key.clone()
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}
