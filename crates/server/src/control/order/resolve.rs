//! Says what became of an order.

use app::{Context, Resolution, resolve_order};
use serde::{Deserialize, Serialize};

use super::find::OrderReference;
use super::show::show;
use super::shown::OrderShown;
use crate::control::{Progress, Refused, Request};

/// Settles an order that is pending or contradicted by what the operator found out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResolveOrder {
    /// Which.
    pub order: OrderReference,
    /// What became of it.
    pub verdict: Verdict,
}

/// What an operator found out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The supplier did it, with this proof.
    Success(String),
    /// The supplier did not do it, for this reason.
    Failed(String),
}

impl Request for ResolveOrder {
    type Answer = OrderShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<OrderShown, Refused> {
        let order = self.order.find(context).await?;
        let resolution = match self.verdict {
            Verdict::Success(sn) => Resolution::Success(sn.into()),
            Verdict::Failed(reason) => Resolution::Failed(reason.into()),
        };
        let recorded = resolve_order(context, &order, resolution).await?;
        show(context, &recorded.order).await
    }
}
