//! Asks the supplier what became of an order.

use std::panic::AssertUnwindSafe;

use domain::answer::{Answer, Source};
use domain::attempt::Attempt;
use domain::command::{HandToDesk, Recorded};
use domain::order::Order;
use domain::refusal::Refusal;
use futures_util::FutureExt;
use outbound::Heard;
use store::OrderWithAttempt;

use crate::channel::Channel;
use crate::context::Context;
use crate::engine::AskError;
use crate::error::CallError;
use crate::send::{Said, record, task};
use crate::words::words_of;

/// A person wants to know now. Refused while the order is being sent, and where the supplier can't be asked.
pub async fn check_order(context: &Context, order: &Order) -> Result<Recorded, CallError> {
    let (merchant_id, order_id) = (order.key.merchant_id, order.order_id);
    let attempts = context.read(move |snapshot| snapshot.attempts(merchant_id, order_id)).await?;
    let newest = attempts.last().ok_or(CallError::Refused(Refusal::OrderNotFound))?;
    if context.flights.join(&order.key).has_departed() {
        return Err(Refusal::AttemptInFlight.into());
    }
    let _asked = context.asking.begin(newest.key).ok_or(Refusal::AttemptInFlight)?;
    let found = asked_about(context, newest).await?.ok_or(CallError::Refused(Refusal::OrderNotFound))?;
    let (order, newest) = (&found.order, &found.attempt);
    let channel = context.suppliers.find(&newest.route.supplier);
    let channel =
        channel.filter(|channel| can_be_asked(context, channel, newest)).ok_or(CallError::SupplierUnavailable)?;
    Ok(ask(context, &channel, order, newest).await?)
}

/// An attempt as it is now, for whoever has just begun to ask about it: what was read before may be from before somebody else's answer.
pub async fn asked_about(context: &Context, attempt: &Attempt) -> Result<Option<OrderWithAttempt>, CallError> {
    let (supplier, supplier_ref) = (attempt.route.supplier.clone(), attempt.supplier_ref.clone());
    context.read(move |snapshot| snapshot.attempt_by_supplier_ref(&supplier, &supplier_ref)).await
}

/// Asks about an attempt that is due, or hands its order to the desk if asking leads nowhere. Gives whether it came a step further.
pub async fn check_due(context: &Context, order: &Order, attempt: &Attempt) -> bool {
    // The wall's clock jumped: it counts as lost, but it is still on its way from here.
    if context.flights.join(&order.key).has_departed() {
        return false;
    }
    let channel = context.suppliers.find(&attempt.route.supplier);
    let is_overdue = context.time.now() >= attempt.created_at.plus(context.policy.ask_for);
    let done = match channel.filter(|channel| !is_overdue && can_be_asked(context, channel, attempt)) {
        Some(channel) => ask(context, &channel, order, attempt).await.map(drop),
        None => hand_to_desk(context, order, attempt).await,
    };
    if let Err(error) = &done {
        tracing::warn!(order_id = %order.order_id, %error, "a status check came to nothing");
    }
    done.is_ok()
}

/// Puts the order on the desk: its supplier is gone, can't be asked, doesn't know any more, or has been asked for long enough.
pub async fn hand_to_desk(context: &Context, order: &Order, attempt: &Attempt) -> Result<(), AskError> {
    let order = context.engine.tell(HandToDesk { key: order.key.clone(), attempt: attempt.key }).await?;
    if order.desk.is_some() {
        tracing::error!(order_id = %order.order_id, "an order can't be asked about any more; it lies on the desk");
    }
    Ok(())
}

fn can_be_asked(context: &Context, channel: &Channel, attempt: &Attempt) -> bool {
    let manners = channel.manners();
    let is_remembered =
        manners.remembers_for.is_none_or(|how_long| context.time.now() < attempt.created_at.plus(how_long));
    manners.can_be_asked && is_remembered
}

async fn ask(context: &Context, channel: &Channel, order: &Order, attempt: &Attempt) -> Result<Recorded, AskError> {
    let task = task(order, attempt);
    let checking = AssertUnwindSafe(channel.adapter.check(&task)).catch_unwind();
    let heard = match context.time.limit(context.policy.supplier_limit, checking).await {
        Some(Ok(heard)) => heard,
        Some(Err(_panic)) => Heard::unspoken(Answer::Unknown { why: "the adapter panicked".into() }),
        None => Heard::unspoken(Answer::Unknown { why: "no answer to the status check".into() }),
    };
    let said = Said { words: heard.exchange.map(words_of), ..Said::plainly(heard.meaning, Source::Status) };
    record(context, order, attempt, said).await
}
