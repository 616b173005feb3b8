//! What a merchant is told, mostly of its orders: one event a change, written in the same commit as the change and never changed again.

mod body;
mod disabled_body;
mod kind;
mod kinds;
mod members;
mod sample;

use std::sync::Arc;

use crate::id::{MerchantId, OrderId};
use crate::time::Timestamp;

pub use body::EventBody;
pub use disabled_body::DisabledBody;
pub use kind::EventKind;
pub use kinds::EventKinds;
pub use sample::test_body;

/// Something that happened, as its merchant is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Whose.
    pub merchant_id: MerchantId,
    /// 1 for the merchant's first, without gaps: the cursor of those who read events instead of receiving them.
    pub number: i64,
    /// To which order; if it happened to none, a number that no order has.
    pub order_id: OrderId,
    /// What happened.
    pub kind: EventKind,
    /// What is sent, byte for byte, however often it is sent.
    pub body: Arc<[u8]>,
    /// When it happened.
    pub created_at: Timestamp,
}

impl Event {
    /// By what a receiver knows it again: the same at every try and at every endpoint. The moment is part of it, since a database that
    /// was restored from a backup may give the same number to something else.
    pub fn webhook_id(&self) -> String {
        format!("evt_{}_{}_{:x}", self.merchant_id, self.number, self.created_at.micros())
    }
}
