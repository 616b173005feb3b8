//! A bill as the thing that must be paid only once, whoever asks and under whichever reference.

use std::sync::Arc;

use crate::id::{MerchantId, OrderId};
use crate::money::Rupiah;
use crate::time::Timestamp;
use crate::world::Row;

/// In which world a bill exists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum BillScope {
    /// One for all merchants.
    Production,
    /// Each merchant rehearses on its own.
    Testing(MerchantId),
}

/// What makes two payments payments of the same bill.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BillKey {
    /// In which world.
    pub scope: BillScope,
    /// The product's bill group.
    pub group: Arc<str>,
    /// The normalised customer number.
    pub number: Arc<str>,
}

/// The last bill paid under a key, to recognise it when a supplier still shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaidBill {
    /// The bill without admin.
    pub tagihan: Rupiah,
    /// Its periods, as the supplier wrote them.
    pub periods: Arc<str>,
    /// When it was paid.
    pub paid_at: Timestamp,
}

/// The claim on a bill.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bill {
    /// Which bill.
    pub key: BillKey,
    /// The order that is paying it now, or whose outcome is contradictory and unresolved.
    pub pending: Option<(MerchantId, OrderId)>,
    /// How often it was paid. An inquiry notes this number, and is payable only while it is the same.
    pub successes: u32,
    /// The last one paid.
    pub last_paid: Option<PaidBill>,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

impl Bill {
    /// A bill that nobody has touched yet.
    pub const fn untouched(key: BillKey) -> Self {
        Self { key, pending: None, successes: 0, last_paid: None, updated_at: Timestamp::from_micros(0) }
    }
}

impl Row for Bill {
    type Key = BillKey;
    const NAME: &'static str = "bill";

    fn key(&self) -> BillKey {
        self.key.clone()
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}
