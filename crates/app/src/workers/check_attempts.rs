//! Asks suppliers about attempts whose outcome isn't known, when they are due. The simplest status worker: one after the other.

use std::panic::AssertUnwindSafe;

use domain::answer::{Answer, Source};
use domain::attempt::AttemptState;
use domain::command::SendAgain;
use futures_util::FutureExt;
use store::OrderWithAttempt;

use crate::context::Context;
use crate::send::{deadlines, record, send_in_background, task};

/// How many attempts one look takes.
const PAGE: u32 = 100;

/// Looks for attempts that are due, for ever. It pauses unless a whole page came a step further: then there may be more.
pub async fn run(context: Context) {
    loop {
        let furthered = look(&context).await;
        if furthered < PAGE as usize {
            context.time.sleep(context.policy.check_every).await;
        }
    }
}

/// Asks about those that are due now, and gives how many came a step further.
async fn look(context: &Context) -> usize {
    let now = context.time.now();
    let Ok(due) = context.read(move |snapshot| snapshot.due_attempts(now, PAGE)).await else { return 0 };
    let mut furthered = 0;
    for one in &due {
        let is_furthered = match one.attempt.state {
            // The supplier never received it: the same supplier may have the same reference once more.
            AttemptState::NotReceived => send_again(context, one).await,
            AttemptState::Sending | AttemptState::Unknown | AttemptState::Succeeded | AttemptState::Refused => {
                ask(context, one).await
            }
        };
        furthered += usize::from(is_furthered);
    }
    furthered
}

async fn ask(context: &Context, due: &OrderWithAttempt) -> bool {
    // The wall's clock jumped: it counts as lost, but it is still on its way from here.
    if context.flights.join(&due.order.key).has_departed() {
        return false;
    }
    let answer = match context.suppliers.find(&due.attempt.route.supplier) {
        Some(supplier) => {
            let task = task(&due.order, &due.attempt);
            let checking = AssertUnwindSafe(supplier.check(&task)).catch_unwind();
            match context.time.limit(context.policy.supplier_limit, checking).await {
                Some(Ok(heard)) => heard.meaning,
                Some(Err(_panic)) => Answer::Unknown { why: "the adapter panicked".into() },
                None => Answer::Unknown { why: "no answer to the status check".into() },
            }
        }
        None => Answer::Unknown { why: "its supplier is not configured".into() },
    };
    let recorded = record(context, &due.order, &due.attempt, answer, Source::Status).await;
    if let Err(error) = &recorded {
        tracing::warn!(order_id = %due.order.order_id, %error, "a status check's answer was not recorded");
    }
    recorded.is_ok()
}

async fn send_again(context: &Context, due: &OrderWithAttempt) -> bool {
    let ticket = context.flights.join(&due.order.key);
    let command = SendAgain {
        key: due.order.key.clone(),
        attempt: due.attempt.key,
        deadlines: deadlines(context, context.time.now()),
    };
    match context.engine.tell(command).await {
        Ok(attempt) => {
            ticket.depart();
            send_in_background(context, ticket, due.order.clone(), attempt);
            true
        }
        Err(error) => {
            tracing::warn!(order_id = %due.order.order_id, %error, "an attempt is not sent again");
            false
        }
    }
}
