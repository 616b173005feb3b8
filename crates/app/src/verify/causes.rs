//! All orders and vouchers, merged by their numbers, which come from one sequence.

use domain::audit::Cause;
use domain::id::{CauseId, MerchantId, OrderId};
use domain::order::Order;
use domain::voucher::Voucher;
use store::{Snapshot, StoreError};

/// How many rows are read at a time.
const PAGE: u32 = 1_000;

/// Reads them in pages; these are kept back to front, so that taking one is cheap.
pub struct Causes {
    orders: Vec<Order>,
    vouchers: Vec<Voucher>,
    last_order: OrderId,
    last_voucher: CauseId,
    is_at_last_order: bool,
    is_at_last_voucher: bool,
}

/// One of them.
pub enum Owned {
    /// An accepted order.
    Order(Box<Order>),
    /// A deposit or adjustment.
    Voucher(Box<Voucher>),
}

impl Owned {
    /// As the audit takes it.
    pub const fn as_cause(&self) -> Cause<'_> {
        match self {
            Self::Order(order) => Cause::Order(order),
            Self::Voucher(voucher) => Cause::Voucher(voucher),
        }
    }

    /// Whose it is.
    pub const fn merchant_id(&self) -> MerchantId {
        match self {
            Self::Order(order) => order.key.merchant_id,
            Self::Voucher(voucher) => voucher.key.merchant_id,
        }
    }
}

impl Causes {
    /// Before the first.
    pub const fn from_the_start() -> Self {
        Self {
            orders: Vec::new(),
            vouchers: Vec::new(),
            last_order: OrderId(i64::MIN),
            last_voucher: CauseId(i64::MIN),
            is_at_last_order: false,
            is_at_last_voucher: false,
        }
    }

    /// The next one.
    pub fn next(&mut self, snapshot: &mut dyn Snapshot) -> Result<Option<Owned>, StoreError> {
        if self.orders.is_empty() && !self.is_at_last_order {
            self.orders = snapshot.orders_after(self.last_order, PAGE)?;
            self.last_order = self.orders.last().map_or(self.last_order, |order| order.order_id);
            self.is_at_last_order = self.orders.is_empty();
            self.orders.reverse();
        }
        if self.vouchers.is_empty() && !self.is_at_last_voucher {
            self.vouchers = snapshot.vouchers_after(self.last_voucher, PAGE)?;
            self.last_voucher = self.vouchers.last().map_or(self.last_voucher, |voucher| voucher.cause_id);
            self.is_at_last_voucher = self.vouchers.is_empty();
            self.vouchers.reverse();
        }
        let is_order_next = match (self.orders.last(), self.vouchers.last()) {
            (Some(order), Some(voucher)) => CauseId::from(order.order_id) < voucher.cause_id,
            (Some(_), None) => true,
            (None, _) => false,
        };
        Ok(if is_order_next {
            self.orders.pop().map(|order| Owned::Order(Box::new(order)))
        } else {
            self.vouchers.pop().map(|voucher| Owned::Voucher(Box::new(voucher)))
        })
    }
}
