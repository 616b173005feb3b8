//! Forgets what merchants were told long ago, and the log of its delivery.

use std::time::Duration;

use domain::lease::Work;
use domain::time::Timestamp;

use crate::context::Context;

/// How often to look.
const EVERY: Duration = Duration::from_hours(1);
/// How often to look whether this has become this node's work.
const UNTIL_OURS: Duration = Duration::from_mins(1);
/// How many are forgotten at once: whoever pays meanwhile waits for some milliseconds.
const AT_ONCE: u32 = 500;
/// The pause between two such steps, so that payments have most of the time.
const PAUSE: Duration = Duration::from_millis(50);

/// Looks now and then, for ever.
pub async fn run(context: Context) {
    loop {
        let kept = Duration::from_hours(24).saturating_mul(context.policy.webhook_days);
        let is_ours = context.membership.holds(Work::Upkeep, context.time.monotonic());
        if is_ours {
            forget_before(&context, context.time.now().minus(kept)).await;
        }
        context.time.sleep(if is_ours { EVERY } else { UNTIL_OURS }).await;
    }
}

async fn forget_before(context: &Context, moment: Timestamp) {
    loop {
        match context.engine.forget_events(moment, AT_ONCE).await {
            Ok(forgotten) if forgotten < AT_ONCE => return,
            Ok(_) => context.time.sleep(PAUSE).await,
            Err(error) => {
                tracing::warn!(%error, "old events could not be forgotten; tried again in an hour");
                return;
            }
        }
    }
}
