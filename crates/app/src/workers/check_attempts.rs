//! Asks suppliers about attempts whose outcome isn't known, when they are due.

use std::sync::Arc;

use domain::attempt::{Attempt, AttemptState};
use domain::command::SendAgain;
use domain::refusal::Refusal;
use domain::time::Timestamp;
use store::OrderWithAttempt;
use tokio::sync::Semaphore;

use crate::asking::Asked;
use crate::channel::Errand;
use crate::check_order::{asked_about, check_due, hand_to_desk};
use crate::context::Context;
use crate::engine::AskError;
use crate::send::{deadlines, send_in_background, shortest_pause};

/// How many attempts one look takes.
const PAGE: u32 = 500;
/// How many are asked about at once; a silent supplier holds one up for a minute, and nobody else.
const AT_ONCE: usize = 256;

/// Looks for attempts that are due, for ever.
pub async fn run(context: Context) {
    let begun_at = context.time.now();
    let worker = Worker { context, begun_at, places: Arc::new(Semaphore::new(AT_ONCE)) };
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
    begun_at: Timestamp,
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
        for one in due.into_iter().filter(|one| !self.is_held_back(&one.attempt, now)) {
            // Those that are being asked about stay due until the answer is recorded.
            if let Some(asked) = self.context.asking.begin(one.attempt.key) {
                begun += 1;
                self.begin(one, asked).await;
            }
        }
        begun
    }

    /// What was due before this process began may have been asked about a moment before the last one died: nobody knows. The supplier
    /// gets its pause. An attempt whose sender died with it has waited long enough.
    fn is_held_back(&self, attempt: &Attempt, now: Timestamp) -> bool {
        let may_have_been_asked = match attempt.state {
            AttemptState::Unknown | AttemptState::Succeeded => attempt.check_at.is_some_and(|at| at <= self.begun_at),
            AttemptState::Sending | AttemptState::NotReceived | AttemptState::Refused => false,
        };
        let pause = || shortest_pause(&self.context, &attempt.route.supplier);
        may_have_been_asked && now < self.begun_at.plus(pause())
    }

    async fn begin(&self, due: OrderWithAttempt, asked: Asked) {
        // Never closed.
        let place = Arc::clone(&self.places).acquire_owned().await;
        let context = self.context.clone();
        self.context.tasks.spawn_worker(async move {
            let _under_way = (place, asked);
            match asked_about(&context, &due.attempt).await {
                // It was asked about between the look and this turn.
                Ok(Some(OrderWithAttempt { attempt, .. })) if !attempt.is_due(context.time.now()) => {}
                Ok(Some(due)) => further(&context, &due).await,
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "an attempt that is due can't be read"),
            }
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
        Err(AskError::Refused(Refusal::DayOver)) => {
            if let Err(error) = hand_to_desk(context, order, attempt).await {
                tracing::warn!(order_id = %order.order_id, %error, "an order could not be put on the desk");
            }
        }
        Err(error) => tracing::warn!(order_id = %order.order_id, %error, "an attempt is not sent again"),
    }
}
