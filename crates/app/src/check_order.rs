//! Asks the supplier what became of an order.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::{Attempt, AttemptState};
use domain::command::{HandToDesk, Recorded};
use domain::order::{Order, OrderStatus};
use domain::refusal::Refusal;
use futures_util::FutureExt;
use outbound::Heard;
use store::OrderWithAttempt;
use thiserror::Error;

use crate::channel::Channel;
use crate::context::Context;
use crate::engine::AskError;
use crate::error::CallError;
use crate::send::{Said, record, shortest_pause, task};
use crate::words::words_of;

/// Why a supplier is not asked about an order. Nothing was changed, and nothing left.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum CheckOrderError {
    /// It failed. Where asking is sending the same again (Digiflazz's purchases), the question could buy what nobody pays for.
    #[error(
        "it has failed, and asking about it could buy it anew; ask a person at the supplier, then say what became of it with `loket order resolve`"
    )]
    Failed,
    /// It is on its way, or somebody is asking already.
    #[error("it is being sent, or its supplier is being asked about it right now; look again with `loket order show`")]
    UnderWay,
    /// Its supplier wants a pause between two questions about one order.
    #[error("its supplier was heard of it a moment ago and wants a pause; ask again in {} s", .0.as_secs().saturating_add(1))]
    TooSoon(Duration),
    /// Its supplier is gone, has no status call, or doesn't remember any more.
    #[error(
        "its supplier can't be asked: it is gone, has no status call, or doesn't remember any more; ask a person there, then say what became of it with `loket order resolve`"
    )]
    NotAskable,
    /// Something else kept it from being done.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// A person wants to know now. What a status check of our own may not do, a person's may not either.
pub async fn check_order(context: &Context, order: &Order) -> Result<Recorded, CheckOrderError> {
    let (merchant_id, order_id) = (order.key.merchant_id, order.order_id);
    let attempts = context.read(move |snapshot| snapshot.attempts(merchant_id, order_id)).await?;
    let newest = attempts.last().ok_or(CallError::OrderNotFound)?;
    if context.flights.join(&order.key).has_departed() {
        return Err(CheckOrderError::UnderWay);
    }
    let _asked = context.asking.begin(newest.key).ok_or(CheckOrderError::UnderWay)?;
    let found = asked_about(context, newest).await?.ok_or(CallError::OrderNotFound)?;
    let (order, newest) = (&found.order, &found.attempt);
    let channel = context.suppliers.find(&newest.route.supplier);
    let channel =
        channel.filter(|channel| can_be_asked(context, channel, newest)).ok_or(CheckOrderError::NotAskable)?;
    if would_buy(&channel, order, newest) {
        return Err(CheckOrderError::Failed);
    }
    let next = newest.updated_at.plus(shortest_pause(context, &newest.route.supplier));
    match next.since(context.time.now()) {
        Duration::ZERO => {}
        wait => return Err(CheckOrderError::TooSoon(wait)),
    }
    match ask(context, &channel, order, newest).await {
        Err(AskError::Refused(Refusal::AttemptInFlight)) => Err(CheckOrderError::UnderWay),
        recorded => Ok(recorded.map_err(CallError::from)?),
    }
}

/// Whether the question could buy what nobody pays for: asking is sending the same again, and the order is neither pending nor done there.
fn would_buy(channel: &Channel, order: &Order, attempt: &Attempt) -> bool {
    let is_open = match order.status {
        OrderStatus::Pending => attempt.state != AttemptState::Refused,
        OrderStatus::Success => attempt.state == AttemptState::Succeeded,
        OrderStatus::Failed | OrderStatus::Refunded => false,
    };
    channel.adapter.asks_by_sending(order.kind) && !is_open
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
    let may_ask = |channel: &Arc<Channel>| {
        !is_overdue && can_be_asked(context, channel, attempt) && !would_buy(channel, order, attempt)
    };
    let done = match channel.filter(may_ask) {
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
