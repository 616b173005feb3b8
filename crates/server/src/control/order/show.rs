//! Shows an order.

use app::Context;
use domain::order::Order;
use serde::{Deserialize, Serialize};

use super::find::OrderReference;
use super::history::{CallbackShown, ExchangeShown, InquiryShown};
use super::shown::{AttemptShown, OrderShown};
use crate::control::{Progress, Refused, Request};

/// Shows one order with its whole history.
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

/// The order with its history as it is now.
pub async fn show(context: &Context, order: &Order) -> Result<OrderShown, Refused> {
    let (key, merchant_id, order_id) = (order.key.clone(), order.key.merchant_id, order.order_id);
    let read = context.read(move |snapshot| {
        let attempts = snapshot.attempts(merchant_id, order_id)?;
        let exchanges = snapshot.exchanges(merchant_id, order_id)?;
        Ok((snapshot.inquiry(&key)?, attempts, exchanges, snapshot.callbacks(order_id)?))
    });
    let (inquiry, attempts, exchanges, callbacks) = read.await?;
    Ok(OrderShown {
        inquiry: inquiry.as_ref().map(InquiryShown::of),
        attempts: Some(attempts.iter().map(AttemptShown::of).collect()),
        exchanges: Some(exchanges.iter().map(ExchangeShown::of).collect()),
        callbacks: Some(callbacks.iter().map(CallbackShown::of).collect()),
        ..OrderShown::of(order)
    })
}
