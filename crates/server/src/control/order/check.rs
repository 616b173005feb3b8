//! Asks the supplier what became of an order.

use app::{CallError, Context, check_order};
use domain::refusal::Refusal;
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
            Err(CallError::SupplierUnavailable) => Err(Refused::because(
                "its supplier can't be asked: it is gone, has no status call, or doesn't remember any more; ask a person there, then say what became of it with `loket order resolve`",
            )),
            Err(CallError::Refused(Refusal::AttemptInFlight)) => Err(Refused::because(
                "it is being sent, or its supplier is being asked about it right now; look again with `loket order show`",
            )),
            Err(error) => Err(error.into()),
        }
    }
}
