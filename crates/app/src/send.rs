//! Sends an accepted attempt to its supplier and records what it says. Whatever happens, the answer is not lost while this process lives.

use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::{Attempt, Deadlines};
use domain::command::{Effect, RecordAnswer, Recorded};
use domain::order::Order;
use domain::time::Timestamp;
use outbound::Task;

use crate::context::Context;
use crate::engine::AskError;
use crate::flights::Ticket;

/// How long to wait before an answer that could not be written is tried again.
const PAUSE_BEFORE_RECORDING_AGAIN: Duration = Duration::from_secs(1);

/// The moments that bound a sending which is accepted now.
pub fn deadlines(context: &Context, now: Timestamp) -> Deadlines {
    let send_by = now.plus(context.policy.send_within);
    let lost_at = send_by.plus(context.policy.supplier_limit).plus(context.policy.lost_margin);
    Deadlines { send_by, lost_at }
}

/// Sends an attempt that was just committed, records the answer, and lands the flight; also when nobody waits any more.
pub fn send_in_background(context: &Context, ticket: Ticket, order: Order, attempt: Attempt) {
    let background = context.clone();
    context.tasks.spawn(async move {
        let answer = send(&background, &order, &attempt).await;
        match record(&background, &order, &attempt, answer, Source::Send).await {
            Ok(recorded) => ticket.land(recorded.order),
            Err(error) => {
                tracing::error!(order_id = %order.order_id, %error, "an answer was refused; the status check will find out");
                ticket.land(order);
            }
        }
    });
}

/// What an order's supplier needs to know of an attempt.
pub fn task(order: &Order, attempt: &Attempt) -> Task {
    Task {
        kind: order.kind,
        sku: attempt.route.sku.clone(),
        customer_no: order.customer_no.clone(),
        supplier_ref: attempt.supplier_ref.clone(),
        cost: order.quoted_cost,
    }
}

/// Records what was said of an attempt, trying until the store takes it. An error is a refusal, or that the server stops.
pub async fn record(
    context: &Context,
    order: &Order,
    attempt: &Attempt,
    answer: Answer,
    source: Source,
) -> Result<Recorded, AskError> {
    let command =
        RecordAnswer { key: order.key.clone(), attempt: attempt.key, claim: order.claim.clone(), answer, source };
    loop {
        match context.engine.tell(command.clone()).await {
            Ok(recorded) => {
                report(&recorded);
                return Ok(recorded);
            }
            Err(AskError::Store(error)) if !context.tasks.is_stopping() => {
                tracing::warn!(order_id = %order.order_id, %error, "an answer could not be written yet");
                context.time.sleep(PAUSE_BEFORE_RECORDING_AGAIN).await;
            }
            Err(error) => return Err(error),
        }
    }
}

async fn send(context: &Context, order: &Order, attempt: &Attempt) -> Answer {
    let Some(supplier) = context.suppliers.find(&attempt.route.supplier) else {
        return Answer::NotReceived;
    };
    // This process slept, or was slow: it is too late, and nothing has left.
    if context.time.now() >= attempt.send_by {
        return Answer::NotReceived;
    }
    let task = task(order, attempt);
    let answer = context.time.limit(context.policy.supplier_limit, supplier.send(&task)).await;
    answer.unwrap_or_else(|| Answer::Unknown { why: "no answer within the time limit".into() })
}

fn report(recorded: &Recorded) {
    let Recorded { order, effect, .. } = recorded;
    match effect {
        Effect::Contradicted => {
            tracing::error!(order_id = %order.order_id, "the supplier contradicts a settled order; it lies on the desk");
        }
        Effect::Refunded => {
            tracing::warn!(order_id = %order.order_id, "the supplier took a success back; the merchant has its money")
        }
        Effect::Nothing | Effect::Succeeded | Effect::Failed | Effect::SnReceived => {}
    }
}
