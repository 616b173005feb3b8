//! Asks suppliers about attempts whose outcome isn't known, when they are due.

use domain::attempt::{Attempt, AttemptState};
use domain::command::SendAgain;
use domain::lease::Work;
use domain::order::DeskReason;
use domain::refusal::Refusal;
use domain::time::Timestamp;
use store::OrderWithAttempt;

use crate::asking::Asked;
use crate::channel::{Errand, Place};
use crate::check_order::{asked_about, check_due, hand_to_desk};
use crate::context::Context;
use crate::engine::AskError;
use crate::send::{deadlines, send_in_background, shortest_pause};

/// How many attempts one look takes. Those that are being asked about stay due, and must not fill it.
const PAGE: u32 = 2_000;

/// Looks for attempts that are due, for ever.
pub async fn run(context: Context) {
    let worker = Worker { context };
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
}

impl Worker {
    /// Begins to ask about those that are due now and aren't asked about yet, and gives how many.
    async fn look(&self) -> usize {
        let now = self.context.time.now();
        let monotonic = self.context.time.monotonic();
        let Some(since) = self.context.membership.since(Work::Statuses, monotonic) else { return 0 };
        let due = match self.context.read(move |snapshot| snapshot.due_attempts(now, PAGE)).await {
            Ok(due) => due,
            Err(error) => {
                tracing::error!(%error, "attempts that are due can't be read");
                return 0;
            }
        };
        let mut begun = 0;
        for one in due.into_iter().filter(|one| !self.is_held_back(&one.attempt, since, now)) {
            // Those that are being asked about stay due until the answer is recorded.
            let Some(asked) = self.context.asking.begin(one.attempt.key) else { continue };
            // A silent supplier holds up only those about whom it is asked itself.
            let channel = self.context.suppliers.find(&one.attempt.route.supplier);
            let place = channel.map(|channel| channel.take_place());
            if !matches!(place, Some(None)) {
                begun += 1;
                self.begin(one, (place.flatten(), asked));
            }
        }
        begun
    }

    /// What was due before this node began to ask may have been asked about a moment before the last one died: nobody knows. The supplier
    /// gets its pause. What was never received isn't asked about, but sent.
    fn is_held_back(&self, attempt: &Attempt, since: Timestamp, now: Timestamp) -> bool {
        let may_have_been_asked = match attempt.state {
            AttemptState::Sending | AttemptState::Unknown | AttemptState::Succeeded => attempt.is_due(since),
            AttemptState::NotReceived | AttemptState::Refused => false,
        };
        let pause = || shortest_pause(&self.context, &attempt.route.supplier);
        may_have_been_asked && now < since.plus(pause())
    }

    fn begin(&self, due: OrderWithAttempt, under_way: (Option<Place>, Asked)) {
        let context = self.context.clone();
        self.context.tasks.spawn_worker(async move {
            let _under_way = under_way;
            further(&context, &due).await;
        });
    }
}

async fn further(context: &Context, listed: &OrderWithAttempt) {
    // It may have been answered since the list was read: only now nobody else asks about it.
    let due = match asked_about(context, &listed.attempt).await {
        Ok(Some(due)) if due.attempt.is_due(context.time.now()) => due,
        Ok(_) => return,
        Err(error) => {
            tracing::error!(order_id = %listed.order.order_id, %error, "an attempt that is due can't be read");
            return;
        }
    };
    match due.attempt.state {
        // The supplier never received it: the same supplier may have the same reference once more.
        AttemptState::NotReceived => send_again(context, &due).await,
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::tests::house::{House, confirmed, unknown};

    #[tokio::test]
    async fn what_was_answered_since_the_list_was_read_is_left_alone() {
        for (answer, is_asked) in [(None, true), (Some(confirmed()), false)] {
            let house = House::open().await;
            let only = house.add("a");
            house.sell_by(&["a"]).await;
            only.will_say(unknown());
            house.buy("T-1").await.unwrap();
            house.clock.advance(Duration::from_secs(3));
            let listed = house.stored("T-1").await;
            if let Some(answer) = answer {
                house.tell(&listed, answer).await;
            }
            further(&house.context, &listed).await;
            assert_eq!(only.asked().len(), usize::from(is_asked));
            // The same list a second time: it was just asked about.
            further(&house.context, &listed).await;
            assert_eq!(only.asked().len(), usize::from(is_asked));
        }
    }
}
