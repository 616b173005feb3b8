//! A bill as the thing that must be paid only once, whoever asks and under whichever reference.

use std::sync::Arc;

use crate::id::{MerchantId, OrderId};
use crate::money::Rupiah;
use crate::row::Row;
use crate::time::Timestamp;

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

/// A bill paid a short while ago, to recognise it when a supplier still shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaidBill {
    /// By which order.
    pub order_id: OrderId,
    /// The bill without admin.
    pub tagihan: Rupiah,
    /// Its periods, as the supplier wrote them, on one line.
    pub periods: Arc<str>,
    /// Until when a bill with these contents counts as paid already.
    pub until: Timestamp,
}

impl PaidBill {
    /// What is to be remembered of a bill with these contents.
    pub fn with(order_id: OrderId, tagihan: Rupiah, periods: &str, until: Timestamp) -> Self {
        Self { order_id, tagihan, periods: periods.replace(char::is_control, " ").into(), until }
    }
}

/// How many bills of one number are remembered at most: far more than anybody is sent in a day.
const REMEMBERED: usize = 32;

/// The claim on a bill.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bill {
    /// Which bill.
    pub key: BillKey,
    /// The order that is paying it now.
    pub pending: Option<(MerchantId, OrderId)>,
    /// How many of its orders are contradicted and unresolved; until then it counts as pending.
    pub contradictions: u32,
    /// How often it was paid. An inquiry notes this number, and is payable only while it is the same.
    pub successes: u32,
    /// Those paid a short while ago, oldest first; empty where nobody asked to recognise them.
    pub recently_paid: Vec<PaidBill>,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

impl Bill {
    /// A bill that nobody has touched yet.
    pub const fn untouched(key: BillKey) -> Self {
        Self {
            key,
            pending: None,
            contradictions: 0,
            successes: 0,
            recently_paid: Vec::new(),
            updated_at: Timestamp::from_micros(0),
        }
    }

    /// Whether some order may be paying it, or may have paid it without our knowing.
    pub const fn is_occupied(&self) -> bool {
        self.pending.is_some() || self.contradictions > 0
    }

    /// Whether a bill with these contents was paid a short while ago.
    pub fn has_paid(&self, tagihan: Rupiah, periods: &str, now: Timestamp) -> bool {
        let periods = periods.replace(char::is_control, " ");
        self.recently_paid.iter().any(|paid| paid.tagihan == tagihan && *paid.periods == *periods && now < paid.until)
    }

    /// Remembers a payment until its time is over.
    pub(crate) fn remember(&mut self, paid: PaidBill, now: Timestamp) {
        self.recently_paid.retain(|paid| now < paid.until);
        if now < paid.until {
            self.recently_paid.push(paid);
        }
        let surplus = self.recently_paid.len().saturating_sub(REMEMBERED);
        self.recently_paid.drain(..surplus);
    }

    /// Forgets a payment that was taken back.
    pub(crate) fn forget(&mut self, refunded: OrderId) {
        self.recently_paid.retain(|paid| paid.order_id != refunded);
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
