//! Which order an operator means.

use app::Context;
use domain::id::{Mode, OrderId, RefId};
use domain::order::Order;
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

use crate::control::Refused;
use crate::control::merchant::find_merchant;

/// What an operator says of an order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderReference {
    /// The merchant's `ref_id`, or the order's number.
    pub reference: String,
    /// Whose, if several have it.
    pub merchant: Option<String>,
    /// Only among the orders of testing mode; otherwise those are looked at only if there is no other.
    pub testing: bool,
}

impl OrderReference {
    /// The one order that is meant.
    pub async fn find(self, context: &Context) -> Result<Order, Refused> {
        let ref_id = RefId::parse(&self.reference);
        let order_id = self.reference.parse().ok().map(OrderId);
        let merchant_id = match &self.merchant {
            Some(merchant) => Some(find_merchant(context, merchant).await?.merchant_id),
            None => None,
        };
        let read = context.read(move |snapshot| {
            let mut orders = match ref_id {
                Some(ref_id) => snapshot.orders_by_ref(&ref_id)?,
                None => Vec::new(),
            };
            if let Some(order_id) = order_id {
                orders.extend(snapshot.order_by_id(order_id)?);
            }
            Ok(orders)
        });
        let mut orders = read.await?;
        orders.retain(|order| merchant_id.is_none_or(|merchant_id| order.key.merchant_id == merchant_id));
        let has_real = orders.iter().any(|order| order.key.mode == Mode::Production);
        let mode = if self.testing || !has_real { Mode::Testing } else { Mode::Production };
        orders.retain(|order| order.key.mode == mode);
        orders.dedup_by_key(|order| order.order_id);
        match (orders.pop(), orders.is_empty()) {
            (Some(order), true) => Ok(order),
            (Some(last), false) => Err(ambiguous(orders.iter().chain([&last]))),
            (None, _) => Err(Refusal::OrderNotFound.into()),
        }
    }
}

fn ambiguous<'a>(orders: impl Iterator<Item = &'a Order>) -> Refused {
    let places: Vec<String> =
        orders.map(|order| format!("order {} of merchant {}", order.order_id, order.key.merchant_id)).collect();
    Refused(format!("several have this reference: {}; say which with --merchant, or by the number", places.join(", ")))
}
