//! Asks the supplier what became of an order.

use app::{CheckOrderError, Context, check_order};
use serde::{Deserialize, Serialize};

use super::find::OrderReference;
use super::show::show;
use super::shown::OrderShown;
use crate::control::{Progress, Refused, Request};

/// Asks now, records the answer and shows the order. Never makes a new payment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckOrder {
    /// Which.
    pub order: OrderReference,
}

impl Request for CheckOrder {
    type Answer = OrderShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<OrderShown, Refused> {
        let order = self.order.find(context).await?;
        match check_order(context, &order).await {
            Ok(recorded) => show(context, &recorded.order).await,
            Err(CheckOrderError::Call(error)) => Err(error.into()),
            Err(error) => Err(Refused::because(error.to_string())),
        }
    }
}
