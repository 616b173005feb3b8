//! An order: a bill payment or a prepaid purchase that was accepted, and what became of it.

use std::sync::Arc;

use crate::bill::BillKey;
use crate::duplicate::DuplicateKey;
use crate::id::{CustomerNo, OrderId, ProductCode, RefKey};
use crate::money::Rupiah;
use crate::product::ProductKind;
use crate::row::Row;
use crate::time::Timestamp;

/// What became of an order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OrderStatus {
    /// Not known yet; the money is held.
    Pending,
    /// The supplier did it; the money is captured.
    Success,
    /// The supplier did not do it; the money is released.
    Failed,
    /// The supplier did it and took it back; the money is returned.
    Refunded,
}

/// What the order occupies so that nothing is bought twice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Claim {
    /// A bill, paid once whoever asks.
    Bill(BillKey),
    /// A product for a number, by one merchant.
    Purchase(DuplicateKey),
}

/// What the supplier took for an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    /// How much.
    pub amount: Rupiah,
    /// The supplier stated it; otherwise it is what was quoted.
    pub is_stated: bool,
}

/// Why an order lies on the operator's desk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DeskReason {
    /// The supplier says success, but the money was already released.
    SuccessAfterFailure,
    /// The supplier says failure, but the money was already captured.
    FailureAfterSuccess,
    /// The supplier took another amount than it quoted.
    CostDiffers,
    /// It is pending, and the supplier can't be asked any more.
    Unresolved,
}

impl DeskReason {
    /// Whether the supplier's word contradicts ours, so that the bill still counts as pending.
    pub const fn is_contradiction(self) -> bool {
        matches!(self, Self::SuccessAfterFailure | Self::FailureAfterSuccess)
    }
}

/// An accepted order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
    /// Under which reference.
    pub key: RefKey,
    /// Made by the node that accepted it.
    pub order_id: OrderId,
    /// Bill, prepaid or game.
    pub kind: ProductKind,
    /// Which product.
    pub product_code: ProductCode,
    /// The product's name at that moment.
    pub product_name: Arc<str>,
    /// For which number, as the merchant wrote it.
    pub customer_no: CustomerNo,
    /// What it occupies.
    pub claim: Claim,
    /// What the merchant is debited.
    pub amount: Rupiah,
    /// What the supplier was expected to take.
    pub quoted_cost: Rupiah,
    /// What the supplier took, once it did.
    pub cost: Option<Cost>,
    /// What became of it.
    pub status: OrderStatus,
    /// The supplier's proof; `None` while there is none.
    pub sn: Option<Arc<str>>,
    /// A bill's details as only its payment knows them; `None`: the inquiry's hold.
    pub desc: Option<Arc<str>>,
    /// How many attempts were made; the newest bears this number.
    pub attempts: u16,
    /// Why it lies on the operator's desk, if it does.
    pub desk: Option<DeskReason>,
    /// What a person last decided at the desk: the word that brought it there is overruled.
    pub decided: Option<DeskReason>,
    /// A person said that the supplier did it although the merchant has its money: the house bears the cost.
    pub is_borne: bool,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When its money was returned after success.
    pub refunded_at: Option<Timestamp>,
}

impl Order {
    /// Whether it is for this kind, product and number.
    pub fn is_for(&self, kind: ProductKind, product_code: &ProductCode, customer_no: &CustomerNo) -> bool {
        self.kind == kind && self.product_code == *product_code && self.customer_no == *customer_no
    }
}

impl Row for Order {
    type Key = RefKey;
    const NAME: &'static str = "order";

    fn key(&self) -> RefKey {
        self.key.clone()
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}
