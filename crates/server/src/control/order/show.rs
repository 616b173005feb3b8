//! Shows an order.

use app::Context;
use domain::order::Order;
use serde::{Deserialize, Serialize};

use super::find::OrderReference;
use super::shown::OrderShown;
use crate::control::{Progress, Refused, Request};

/// Shows one order with its attempts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShowOrder {
    /// Which.
    pub order: OrderReference,
}

impl Request for ShowOrder {
    type Answer = OrderShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<OrderShown, Refused> {
        let order = self.order.find(context).await?;
        show(context, &order).await
    }
}

/// The order with its attempts as they are now.
pub async fn show(context: &Context, order: &Order) -> Result<OrderShown, Refused> {
    let (merchant_id, order_id) = (order.key.merchant_id, order.order_id);
    let attempts = context.read(move |snapshot| snapshot.attempts(merchant_id, order_id)).await?;
    Ok(OrderShown::of(order).with(&attempts))
}
