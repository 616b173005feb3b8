//! Wakes the couriers of endpoints for which another node's commit made something due.

use std::collections::HashMap;
use std::time::Duration;

use domain::id::EndpointId;
use domain::time::Timestamp;

use crate::context::Context;

/// How long what another node committed may wait before it is seen.
const EVERY: Duration = Duration::from_millis(250);
/// At most one part in so many of the time is spent with looking, as long as looks are short.
const PAUSE_PER_LOOK: u32 = 20;
/// A look that took long because the database was away, or this process stood still, says nothing of what the next one takes.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Looks now and then, for ever.
pub async fn run(context: Context) {
    let mut seen = HashMap::new();
    loop {
        let began = context.time.monotonic();
        look(&context, &mut seen).await;
        let took = context.time.monotonic().saturating_sub(began);
        context.time.sleep(took.saturating_mul(PAUSE_PER_LOOK).clamp(EVERY, LONGEST_PAUSE)).await;
    }
}

/// `seen` is what was due latest at each endpoint when it was looked at last.
async fn look(context: &Context, seen: &mut HashMap<EndpointId, Timestamp>) {
    let ours: Vec<EndpointId> = context.address_book.numbers();
    let ours: Vec<EndpointId> = ours.into_iter().filter(|one| context.couriers.is_ours(context, *one)).collect();
    if ours.is_empty() {
        seen.clear();
        return;
    }
    let now = context.time.now();
    let due = match context.read(move |snapshot| snapshot.latest_due(&ours, now)).await {
        Ok(due) => due,
        Err(error) => {
            tracing::warn!(%error, "what is due at endpoints can't be read");
            return;
        }
    };
    let news: Vec<EndpointId> = due
        .iter()
        .filter(|(endpoint_id, at)| seen.get(endpoint_id) != Some(at))
        .map(|(endpoint_id, _)| *endpoint_id)
        .collect();
    context.couriers.wake(context, &news);
    *seen = due.into_iter().collect();
}
