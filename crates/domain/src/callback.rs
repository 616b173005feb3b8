//! What came in at a supplier's callback address, kept before anybody looks at it.

use std::sync::Arc;

use crate::id::{OrderId, SupplierName};
use crate::row::Row;
use crate::time::Timestamp;

/// What a callback turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CallbackVerdict {
    /// Nobody has looked at it yet.
    Received,
    /// Its signature is missing or wrong.
    Forged,
    /// It came from an address that is none of the supplier's.
    Stranger,
    /// It can't be read, or can't be checked.
    Unreadable,
    /// It is about no order: a ping.
    NoOrder,
    /// It is about an order that we never sent there.
    UnknownOrder,
    /// Its word was recorded.
    Recorded,
    /// Its word proves nothing by itself: the supplier is asked.
    Asked,
}

/// One request, as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Callback {
    /// Made by Loket, increasing with time.
    pub callback_id: i64,
    /// At whose address.
    pub supplier: SupplierName,
    /// From where.
    pub address: Arc<str>,
    /// The headers that are not the connection's own, one a line; what signs is among them.
    pub headers: Arc<str>,
    /// The body, byte for byte.
    pub body: Arc<[u8]>,
    /// What it turned out to be.
    pub verdict: CallbackVerdict,
    /// The order that it is about, once that is known.
    pub order_id: Option<OrderId>,
    /// When it came.
    pub received_at: Timestamp,
    /// When the verdict was given.
    pub updated_at: Timestamp,
}

impl Row for Callback {
    type Key = i64;
    const NAME: &'static str = "callback";

    fn key(&self) -> i64 {
        self.callback_id
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}
