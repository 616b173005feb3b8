//! A person at the desk says what became of an order.

use std::sync::Arc;

use domain::answer::{Answer, Source};
use domain::command::Recorded;
use domain::id::OrderId;
use domain::order::Order;
use domain::refusal::Refusal;

use crate::context::Context;
use crate::error::CallError;
use crate::send::{Said, record};

/// What the person says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resolution {
    /// The supplier did it, with this proof.
    Success(Arc<str>),
    /// The supplier did not do it, for this reason.
    Failed(Arc<str>),
}

/// Settles an order that is pending or contradicted. Refused while it is being sent or asked about, and when there is nothing to settle.
pub async fn resolve_order(context: &Context, order: &Order, resolution: Resolution) -> Result<Recorded, CallError> {
    let answer = match resolution {
        Resolution::Success(sn) => Answer::Confirmed { sn: Some(sn), cost: None, desc: None, ask_again: false },
        Resolution::Failed(reason) => Answer::Refused { code: reason, nothing_created: false },
    };
    let (merchant_id, order_id): (_, OrderId) = (order.key.merchant_id, order.order_id);
    let attempts = context.read(move |snapshot| snapshot.attempts(merchant_id, order_id)).await?;
    let newest = attempts.last().ok_or(CallError::Refused(Refusal::OrderNotFound))?;
    // Where asking is sending the same again, a question that is under way may still do what the person says was not done.
    let _asked = context.asking.begin(newest.key).ok_or(CallError::Refused(Refusal::AttemptInFlight))?;
    Ok(record(context, order, newest, Said::plainly(answer, Source::Operator)).await?)
}
