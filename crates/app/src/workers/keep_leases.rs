//! Keeps this node's place among the others, and takes what nobody does.

use std::time::Duration;

use domain::command::ChangeLeases;
use domain::lease::Work;

use crate::context::Context;
use crate::error::CallError;

/// Beats, for ever. What it holds lapses by itself when the database can't be reached for too long.
pub async fn run(context: Context) {
    let Some(pause) = context.membership.beat_every() else { return };
    loop {
        if let Err(error) = beat(&context, pause).await {
            tracing::warn!(%error, "this node could not renew its place among the others");
        }
        context.time.sleep(pause).await;
    }
}

/// `within` is how long the others' leases may take to be read: this node's own can be renewed without.
async fn beat(context: &Context, within: Duration) -> Result<(), CallError> {
    let leases = context.time.limit(within, context.read(|snapshot| snapshot.leases())).await;
    let leases = leases.and_then(Result::ok).unwrap_or_default();
    let changes = context.membership.wishes(leases, &context.time);
    if changes.is_empty() {
        return Ok(());
    }
    let (number, began) = (context.membership.number(context.time.monotonic()), context.time.monotonic());
    let after = context.engine.tell(ChangeLeases { changes }).await?;
    if number.is_none() {
        // Whoever had the number before, which is counted on only now, may have given others under it.
        let (_, newest) = context.read(|snapshot| snapshot.newest()).await?;
        context.ids.go_on_after(newest);
    }
    let gained = context.membership.note(after, began, &context.time);
    for work in gained {
        tracing::info!(?work, "this node took over");
        if let Work::Webhooks(share) = work {
            context.couriers.wake_share(context, share);
        }
    }
    Ok(())
}
