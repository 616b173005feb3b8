//! Accepts orders, sends their attempts to the supplier and records what it says. Whatever happens, and whoever leaves meanwhile, what is
//! accepted is sent, and the answer is not lost while this process lives.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::{Attempt, Deadlines};
use domain::command::{Ask, Effect, Outcome, RecordAnswer, Recorded};
use domain::order::Order;
use domain::time::Timestamp;
use futures_util::FutureExt;
use outbound::Task;
use parking_lot::Mutex;
use tokio::sync::oneshot;

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

/// Asks for an acceptance, and sends what is accepted: `sendable` tells what that is. Both happen in a task of its own, so that a client
/// who leaves between the commit and the sending doesn't leave an order behind that nobody sends.
pub async fn accept<C>(
    context: &Context,
    ticket: &Ticket,
    command: C,
    sendable: fn(&Outcome) -> Option<(Order, Attempt)>,
) -> Result<C::Decision, AskError>
where
    C: Ask + Send + 'static,
    C::Decision: Send,
{
    let (tell, told) = oneshot::channel();
    let (background, ticket) = (context.clone(), ticket.clone());
    context.tasks.spawn(async move {
        let accepted = Arc::new(Mutex::new(None));
        let (noted, departing) = (Arc::clone(&accepted), ticket.clone());
        let note = move |outcome: &Outcome| {
            if let Some(sending) = sendable(outcome) {
                departing.depart();
                *noted.lock() = Some(sending);
            }
        };
        let decision = background.engine.ask_noting(command, note).await;
        // Whoever asked may be gone.
        let _ = tell.send(decision);
        let sending = accepted.lock().take();
        if let Some((order, attempt)) = sending {
            send_and_land(&background, &ticket, order, attempt).await;
        }
    });
    told.await.unwrap_or(Err(AskError::Stopped))
}

/// Sends an attempt that was just committed, also when nobody waits any more.
pub fn send_in_background(context: &Context, ticket: Ticket, order: Order, attempt: Attempt) {
    let background = context.clone();
    context.tasks.spawn(async move { send_and_land(&background, &ticket, order, attempt).await });
}

/// Sends an attempt, records the answer, and lands the flight.
async fn send_and_land(context: &Context, ticket: &Ticket, order: Order, attempt: Attempt) {
    let answer = send(context, &order, &attempt).await;
    match record(context, &order, &attempt, answer, Source::Send).await {
        Ok(recorded) => ticket.land(recorded.order),
        Err(error) => {
            tracing::error!(order_id = %order.order_id, %error, "an answer was refused; the status check will find out");
            ticket.land(order);
        }
    }
}

/// What an order's supplier needs to know of an attempt.
pub fn task(order: &Order, attempt: &Attempt) -> Task {
    Task {
        kind: order.kind,
        sku: attempt.route.sku.clone(),
        customer_no: order.customer_no.clone(),
        supplier_ref: attempt.supplier_ref.clone(),
        token: Arc::default(),
        cost: order.quoted_cost,
        is_repeat: false,
    }
}

/// Records what was said of an attempt. The answer to a sending is tried until the store takes it, since nobody else has it; a status
/// check can be made again, and a person says it again.
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
            Err(AskError::Store(error)) if source == Source::Send && !context.tasks.is_stopping() => {
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
    let sending = AssertUnwindSafe(supplier.send(&task)).catch_unwind();
    match context.time.limit(context.policy.supplier_limit, sending).await {
        Some(Ok(heard)) => heard.meaning,
        Some(Err(_panic)) => Answer::Unknown { why: "the adapter panicked".into() },
        None => Answer::Unknown { why: "no answer within the time limit".into() },
    }
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
