//! An attempt: one sending of an order to one supplier, on disk before a byte leaves.

use std::sync::Arc;

use crate::id::{MerchantId, OrderId, SupplierRef};
use crate::product::Route;
use crate::row::Row;
use crate::time::Timestamp;

/// What is known of an attempt.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AttemptState {
    /// Being sent by the node that committed it; nobody asks and nobody resolves.
    Sending,
    /// Not known, or pending at the supplier: it is asked, never sent again.
    Unknown,
    /// The supplier has no record of it. Only the same supplier with the same reference may be tried again.
    NotReceived,
    /// The supplier did it.
    Succeeded,
    /// The supplier did not do it, finally.
    Refused,
}

/// The key of an attempt.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AttemptKey {
    /// Whose order.
    pub merchant_id: MerchantId,
    /// Which order.
    pub order_id: OrderId,
    /// 1 for the first.
    pub number: u16,
}

/// One sending of an order to a supplier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// Which attempt of which order.
    pub key: AttemptKey,
    /// To whom.
    pub route: Route,
    /// Our reference there; a retry at the same supplier never gets another.
    pub supplier_ref: SupplierRef,
    /// What the supplier said in the inquiry that it wants to hear again; empty if nothing, and for purchases.
    pub token: Arc<str>,
    /// What is known.
    pub state: AttemptState,
    /// It may be sent only before this moment.
    pub send_by: Timestamp,
    /// When the supplier is to be asked about it; while sending, when it counts as lost. `None`: there is nothing to ask.
    pub check_at: Option<Timestamp>,
    /// How often the supplier was asked since the last sending.
    pub checks: u16,
    /// An earlier sending may have reached the supplier, whatever it says. Then "duplicate" and "already paid" may be about ourselves.
    pub may_have_arrived: bool,
    /// How many exchanges were recorded about it.
    pub exchanges: u32,
    /// The supplier's last code or the last fault, for the operator.
    pub note: Option<Arc<str>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// The moments that bound a sending. The node that commits an attempt sends it before the one; anybody may ask about it after the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deadlines {
    /// It may be sent only before this moment.
    pub send_by: Timestamp,
    /// From then on its answer can't be on the way any more: `send_by`, the time limit of the call, and a margin.
    pub lost_at: Timestamp,
}

impl Attempt {
    /// Whether the supplier is to be asked about it now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.check_at.is_some_and(|at| at <= now)
    }

    /// An attempt that is about to be sent.
    pub const fn sending(
        key: AttemptKey,
        route: Route,
        supplier_ref: SupplierRef,
        token: Arc<str>,
        deadlines: Deadlines,
        now: Timestamp,
    ) -> Self {
        Self {
            key,
            route,
            supplier_ref,
            token,
            state: AttemptState::Sending,
            send_by: deadlines.send_by,
            check_at: Some(deadlines.lost_at),
            checks: 0,
            may_have_arrived: false,
            exchanges: 0,
            note: None,
            created_at: now,
            updated_at: now,
        }
    }
}

impl Row for Attempt {
    type Key = AttemptKey;
    const NAME: &'static str = "attempt";

    fn key(&self) -> AttemptKey {
        self.key
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}
