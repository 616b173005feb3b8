//! Shows orders.

use app::Context;
use clap::ValueEnum;
use domain::order::OrderStatus;
use serde::{Deserialize, Serialize};
use store::OrderFilter;

use super::shown::OrderShown;
use crate::control::merchant::find_merchant;
use crate::control::{Progress, Refused, Request};

/// Shows the orders that fit, newest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListOrders {
    /// Only this merchant's.
    pub merchant: Option<String>,
    /// Only in this state.
    pub state: Option<OrderState>,
    /// Only those that wait for a decision.
    pub on_desk: bool,
    /// How many at most.
    pub limit: u32,
}

/// What became of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderState {
    /// Not known yet.
    Pending,
    /// Done.
    Success,
    /// Not done.
    Failed,
    /// Done, and taken back.
    Refunded,
}

impl Request for ListOrders {
    type Answer = Vec<OrderShown>;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Vec<OrderShown>, Refused> {
        let merchant_id = match &self.merchant {
            Some(merchant) => Some(find_merchant(context, merchant).await?.merchant_id),
            None => None,
        };
        let status = self.state.map(|state| match state {
            OrderState::Pending => OrderStatus::Pending,
            OrderState::Success => OrderStatus::Success,
            OrderState::Failed => OrderStatus::Failed,
            OrderState::Refunded => OrderStatus::Refunded,
        });
        let filter = OrderFilter { merchant_id, status, on_desk: self.on_desk };
        let orders = context.read(move |snapshot| snapshot.orders(&filter, self.limit)).await?;
        Ok(orders.iter().map(OrderShown::of).collect())
    }
}
