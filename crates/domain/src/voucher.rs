//! A deposit or an adjustment: money that moves because a person said so, under an identity that makes repeating safe.

use std::sync::Arc;

use crate::id::{CauseId, MerchantId, VoucherRef};
use crate::money::Rupiah;
use crate::row::Row;
use crate::time::Timestamp;

/// Why the money moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VoucherKind {
    /// The merchant paid in.
    Deposit,
    /// A correction, in either direction.
    Adjustment,
}

/// The key of a voucher.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct VoucherKey {
    /// Whose book.
    pub merchant_id: MerchantId,
    /// The caller's identity for it.
    pub reference: VoucherRef,
}

/// What was said, by which identity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Voucher {
    /// Whose book, and the caller's identity.
    pub key: VoucherKey,
    /// The cause under which its transfer stands in the ledger.
    pub cause_id: CauseId,
    /// Deposit or adjustment.
    pub kind: VoucherKind,
    /// What `available` changed by.
    pub amount: Rupiah,
    /// The person's words.
    pub note: Arc<str>,
    /// When.
    pub created_at: Timestamp,
}

impl Row for Voucher {
    type Key = VoucherKey;
    const NAME: &'static str = "voucher";

    fn key(&self) -> VoucherKey {
        self.key.clone()
    }

    fn changed_at(&self) -> Timestamp {
        self.created_at
    }
}
