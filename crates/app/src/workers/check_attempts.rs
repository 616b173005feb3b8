//! Asks suppliers about attempts whose outcome isn't known, when they are due.

use std::sync::Arc;

use domain::attempt::AttemptState;
use domain::command::SendAgain;
use domain::order::DeskReason;
use domain::refusal::Refusal;
use store::OrderWithAttempt;
use tokio::sync::Semaphore;

use crate::asking::Asked;
use crate::channel::Errand;
use crate::check_order::{check_due, hand_to_desk};
use crate::context::Context;
use crate::engine::AskError;
use crate::send::{deadlines, send_in_background};

/// How many attempts one look takes.
const PAGE: u32 = 500;
/// How many are asked about at once; a silent supplier holds one up for a minute, and nobody else.
const AT_ONCE: usize = 256;

/// Looks for attempts that are due, for ever.
pub async fn run(context: Context) {
    let worker = Worker { context, places: Arc::new(Semaphore::new(AT_ONCE)) };
    loop {
        let begun = worker.look().await;
        // After a page of new ones there may be more.
        if begun < PAGE as usize {
            worker.context.time.sleep(worker.context.policy.check_every).await;
        }
    }
}

struct Worker {
    context: Context,
    places: Arc<Semaphore>,
}

impl Worker {
    /// Begins to ask about those that are due now and aren't asked about yet, and gives how many.
    async fn look(&self) -> usize {
        let now = self.context.time.now();
        let due = match self.context.read(move |snapshot| snapshot.due_attempts(now, PAGE)).await {
            Ok(due) => due,
            Err(error) => {
                tracing::error!(%error, "attempts that are due can't be read");
                return 0;
            }
        };
        let mut begun = 0;
        for one in due {
            // Those that are being asked about stay due until the answer is recorded.
            if let Some(asked) = self.context.asking.begin(one.attempt.key) {
                begun += 1;
                self.begin(one, asked).await;
            }
        }
        begun
    }

    async fn begin(&self, due: OrderWithAttempt, asked: Asked) {
        // Never closed.
        let place = Arc::clone(&self.places).acquire_owned().await;
        let context = self.context.clone();
        self.context.tasks.spawn_worker(async move {
            let _under_way = (place, asked);
            further(&context, &due).await;
        });
    }
}

async fn further(context: &Context, due: &OrderWithAttempt) {
    match due.attempt.state {
        // The supplier never received it: the same supplier may have the same reference once more.
        AttemptState::NotReceived => send_again(context, due).await,
        AttemptState::Sending | AttemptState::Unknown | AttemptState::Succeeded | AttemptState::Refused => {
            check_due(context, &due.order, &due.attempt).await;
        }
    }
}

async fn send_again(context: &Context, due: &OrderWithAttempt) {
    let OrderWithAttempt { order, attempt } = due;
    let is_overdue = context.time.now() >= attempt.created_at.plus(context.policy.ask_for);
    let Some(channel) = context.suppliers.find(&attempt.route.supplier).filter(|_| !is_overdue) else {
        check_due(context, order, attempt).await;
        return;
    };
    // An earlier supplier turned out to have done it: nobody does it knowingly once more.
    if order.desk.is_some_and(DeskReason::is_contradiction) {
        leave_to_a_person(context, due).await;
        return;
    }
    // Switched off, full or in trouble: it is looked at again.
    let monotonic = context.time.monotonic();
    let Some(permit) = channel.admit(Errand::Quoted, &attempt.route.sku, &order.customer_no, monotonic) else { return };
    let ticket = context.flights.join(&order.key);
    let command =
        SendAgain { key: order.key.clone(), attempt: attempt.key, deadlines: deadlines(context, context.time.now()) };
    match context.engine.tell(command).await {
        Ok(again) => {
            ticket.depart();
            send_in_background(context, ticket, order.clone(), again, Some(permit));
        }
        Err(AskError::Refused(Refusal::DayOver)) => leave_to_a_person(context, due).await,
        Err(error) => tracing::warn!(order_id = %order.order_id, %error, "an attempt is not sent again"),
    }
}

async fn leave_to_a_person(context: &Context, due: &OrderWithAttempt) {
    if let Err(error) = hand_to_desk(context, &due.order, &due.attempt).await {
        tracing::warn!(order_id = %due.order.order_id, %error, "an order could not be put on the desk");
    }
}
