//! Accepts orders, sends their attempts to the supplier and records what it says. Whatever happens, and whoever leaves meanwhile, what is
//! accepted is sent, and the answer is not lost while this process lives.

use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::{Attempt, Deadlines};
use domain::command::{Ask, Effect, Outcome, RecordAnswer, Recorded, Reroute};
use domain::exchange::Words;
use domain::id::SupplierName;
use domain::order::Order;
use domain::product::ProductKind;
use domain::time::Timestamp;
use futures_util::FutureExt;
use outbound::{Heard, Task, leaving_only_if};
use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::channel::{Channel, Permit};
use crate::context::Context;
use crate::engine::AskError;
use crate::flights::Ticket;
use crate::routing::first_way;
use crate::tasks::Kept;
use crate::words::words_of;

/// How long to wait before an answer that could not be written is tried again.
const PAUSE_BEFORE_RECORDING_AGAIN: Duration = Duration::from_secs(1);
/// How long until an order is looked at again whose supplier this house doesn't know.
const PAUSE_WITHOUT_SUPPLIER: Duration = Duration::from_mins(5);

/// The moments that bound a sending which is accepted now.
pub fn deadlines(context: &Context, now: Timestamp) -> Deadlines {
    let send_by = now.plus(context.policy.send_within);
    let lost_at = send_by.plus(context.policy.supplier_limit).plus(context.policy.lost_margin);
    Deadlines { send_by, lost_at }
}

/// Asks for an acceptance, and sends what is accepted: `sendable` tells what that is, and `permit_for` gives the permit to send it. Gives
/// the decision, and the sending for whoever waits for it. Both go on when they are dropped, so that a client who leaves between the commit
/// and the sending doesn't leave an order behind that nobody sends.
pub async fn accept<C>(
    context: &Context,
    ticket: &Ticket,
    command: C,
    sendable: fn(&Outcome) -> Option<(Order, Attempt)>,
    permit_for: impl FnOnce(&Attempt) -> Option<Permit> + Send + 'static,
) -> Result<(C::Decision, Kept), AskError>
where
    C: Ask + Send + 'static,
    C::Decision: Send,
{
    let (tell, mut told) = oneshot::channel();
    let (background, ticket) = (context.clone(), ticket.clone());
    let mut sending = context.tasks.keep(async move {
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
            let permit = permit_for(&attempt);
            send_and_land(&background, &ticket, order, attempt, permit).await;
        }
    });
    let decided = poll_fn(|cx| {
        let is_over = sending.poll_unpin(cx).is_ready();
        match told.try_recv() {
            Ok(decision) => Poll::Ready(decision),
            // It panicked.
            Err(_) if is_over => Poll::Ready(Err(AskError::Stopped)),
            Err(_) => Poll::Pending,
        }
    });
    let decision = decided.await?;
    Ok((decision, sending))
}

/// Sends an attempt that was just committed, also when nobody waits any more.
pub fn send_in_background(context: &Context, ticket: Ticket, order: Order, attempt: Attempt, permit: Option<Permit>) {
    let background = context.clone();
    context.tasks.spawn(async move { send_and_land(&background, &ticket, order, attempt, permit).await });
}

/// Sends an attempt, records the answer, goes on to the next supplier where that is allowed, and lands the flight.
async fn send_and_land(
    context: &Context,
    ticket: &Ticket,
    mut order: Order,
    mut attempt: Attempt,
    mut permit: Option<Permit>,
) {
    let mut tried = Vec::new();
    loop {
        let heard = send(context, &order, &attempt).await;
        // The supplier is done with it, whatever it said.
        drop(permit.take());
        tried.push(attempt.route.supplier.clone());
        let (next, next_permit) = next_way(context, &order, &attempt, &heard.meaning, &tried).unzip();
        permit = next_permit;
        let said = Said { next, words: heard.exchange.map(words_of), ..Said::plainly(heard.meaning, Source::Send) };
        match record(context, &order, &attempt, said).await {
            Ok(Recorded { order: rerouted, next: Some(next), .. }) => (order, attempt) = (rerouted, next),
            Ok(recorded) => return ticket.land(recorded.order),
            Err(error) => {
                tracing::error!(order_id = %order.order_id, %error, "an answer was refused; the status check will find out");
                return ticket.land(order);
            }
        }
    }
}

/// Where a purchase goes next, if this supplier's answer lets it. The domain decides again whether it may.
fn next_way(
    context: &Context,
    order: &Order,
    attempt: &Attempt,
    answer: &Answer,
    tried: &[SupplierName],
) -> Option<(Reroute, Permit)> {
    let is_allowed_by_operator = match answer {
        Answer::NotReceived | Answer::Refused { nothing_created: true, .. } => false,
        Answer::Refused { code, .. } => context.suppliers.find(&attempt.route.supplier)?.lets_reroute(code),
        Answer::Confirmed { .. } | Answer::Refunded { .. } | Answer::Unknown { .. } => return None,
    };
    let proves_nothing = matches!(answer, Answer::Refused { nothing_created: false, .. });
    if order.kind == ProductKind::Postpaid || (proves_nothing && !is_allowed_by_operator) {
        return None;
    }
    let product = context.catalogue.find(&order.product_code)?;
    let way = first_way(context, &product, order.key.mode, Some(order.amount), &order.customer_no, tried).ok()?;
    let supplier_ref = context.supplier_ref().ok()?;
    let deadlines = deadlines(context, context.time.now());
    Some((Reroute { route: way.route, supplier_ref, deadlines, is_allowed_by_operator }, way.permit))
}

/// What an order's supplier needs to know of an attempt.
pub fn task(order: &Order, attempt: &Attempt) -> Task {
    Task {
        kind: order.kind,
        sku: attempt.route.sku.clone(),
        customer_no: order.customer_no.clone(),
        supplier_ref: attempt.supplier_ref.clone(),
        token: attempt.token.clone(),
        cost: attempt.route.cost,
        is_repeat: attempt.may_have_arrived,
    }
}

/// Something that was said of an attempt.
pub struct Said {
    /// What it means.
    pub answer: Answer,
    /// How it reached us.
    pub source: Source,
    /// The words.
    pub words: Option<Words>,
    /// Where a purchase may go next.
    pub next: Option<Reroute>,
}

impl Said {
    /// Without words, and with nowhere to go.
    pub const fn plainly(answer: Answer, source: Source) -> Self {
        Self { answer, source, words: None, next: None }
    }
}

/// Records what was said of an attempt. The answer to a sending is tried until the store takes it, since nobody else has it; a status
/// check can be made again, and a person says it again.
pub async fn record(context: &Context, order: &Order, attempt: &Attempt, said: Said) -> Result<Recorded, AskError> {
    let source = said.source;
    let checks = attempt.checks.saturating_add(u16::from(source == Source::Status));
    let channel = context.suppliers.find(&attempt.route.supplier);
    let command = RecordAnswer {
        key: order.key.clone(),
        attempt: attempt.key,
        claim: order.claim.clone(),
        answer: said.answer,
        source,
        words: said.words,
        pause: pause_before_check(context, channel.as_deref(), checks),
        next: said.next,
    };
    loop {
        match context.engine.tell(command.clone()).await {
            Ok(recorded) => {
                report(&recorded);
                context.couriers.wake(context, &recorded.told);
                if let (Some(channel), Effect::Succeeded, Some(cost)) = (channel, recorded.effect, recorded.order.cost)
                {
                    channel.purse().note_cost(cost.amount, context.time.now());
                }
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

/// How long until the supplier is asked next.
fn pause_before_check(context: &Context, channel: Option<&Channel>, checks: u16) -> Duration {
    let pause = channel.map_or(PAUSE_WITHOUT_SUPPLIER, |channel| channel.pause(checks, || context.ids.byte()));
    pause.saturating_mul(context.policy.pace_percent) / 100
}

/// Within which a supplier doesn't want to be asked about the same order twice.
pub fn shortest_pause(context: &Context, supplier: &SupplierName) -> Duration {
    let channel = context.suppliers.find(supplier);
    let real = channel.filter(|channel| channel.profile.is_some());
    let pause = real.map_or(Duration::ZERO, |channel| channel.manners().pace.shortest);
    pause.saturating_mul(context.policy.pace_percent) / 100
}

async fn send(context: &Context, order: &Order, attempt: &Attempt) -> Heard<Answer> {
    let Some(channel) = context.suppliers.find(&attempt.route.supplier) else {
        return Heard::unspoken(Answer::NotReceived);
    };
    // This process slept, or was slow: it is too late, and nothing has left.
    if context.time.now() >= attempt.send_by {
        return Heard::unspoken(Answer::NotReceived);
    }
    let task = task(order, attempt);
    // The process may be stopped after that look, too, until the connection stands: it is looked again when the first byte is to leave.
    let (time, send_by) = (context.time.clone(), attempt.send_by);
    let sending = leaving_only_if(move || time.now() < send_by, channel.adapter.send(&task));
    let sending = AssertUnwindSafe(sending).catch_unwind();
    let heard = match context.time.limit(context.policy.supplier_limit, sending).await {
        Some(Ok(heard)) => heard,
        Some(Err(_panic)) => Heard::unspoken(Answer::Unknown { why: "the adapter panicked".into() }),
        None => Heard::unspoken(Answer::Unknown { why: "no answer within the time limit".into() }),
    };
    // That we were late says nothing of the supplier.
    if heard.meaning != Answer::NotReceived || context.time.now() < attempt.send_by {
        channel.note_sending(&attempt.route.sku, &heard, context.time.monotonic());
    }
    heard
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
        Effect::Rerouted => {
            tracing::info!(order_id = %order.order_id, "its supplier made nothing of it; the next one is asked");
        }
        Effect::Nothing | Effect::Succeeded | Effect::Failed | Effect::SnReceived => {}
    }
}
