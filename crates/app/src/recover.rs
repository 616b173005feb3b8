//! Delivers everything anew that never arrived at an endpoint.

use std::time::Duration;

use domain::command::Redeliver;
use domain::dispatch::{DeliveryState, DispatchKey};
use domain::id::{EndpointId, MerchantId};
use domain::time::Timestamp;
use futures_util::{StreamExt, TryStreamExt, stream};
use store::{Snapshot, StoreError};

use crate::context::Context;
use crate::endpoints::{find_endpoint, reopen_endpoint};
use crate::error::CallError;

/// How many events are read at once.
const PAGE: u32 = 500;
/// How many deliveries are made anew at once: they share a commit.
const AT_ONCE: usize = 64;

/// How far a recovery has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Recovery {
    /// Events that were looked at.
    pub looked_at: u64,
    /// Of how many.
    pub of: u64,
    /// Deliveries that are made anew.
    pub recovered: u64,
}

/// What a recovery did while it had time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecoveredPart {
    /// Events that were looked at.
    pub looked_at: u64,
    /// Deliveries that are made anew.
    pub recovered: u64,
    /// Everything up to this number was looked at.
    pub up_to: i64,
    /// There is more.
    pub has_more: bool,
}

/// Delivers everything anew that was meant for an endpoint since a moment and never arrived. `progress` hears of each page.
///
/// An endpoint that was disabled is switched on by it; one that its owner switched off stays off.
pub async fn recover(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
    since: Timestamp,
    progress: impl Fn(Recovery) + Send,
) -> Result<Recovery, CallError> {
    let newest = newest_event(context, merchant_id).await?;
    let wanted = Wanted { merchant_id, endpoint_id, since, newest };
    find_endpoint(context, merchant_id, endpoint_id).await?;
    let mut recovery = Recovery::default();
    let mut after = 0;
    while let Some(page) = recover_page(context, wanted, after).await? {
        if recovery.of == 0 {
            recovery.of = u64::try_from(newest.saturating_sub(page.first).saturating_add(1)).unwrap_or(0);
        }
        after = page.last;
        recovery.looked_at = recovery.looked_at.saturating_add(page.looked_at);
        recovery.recovered = recovery.recovered.saturating_add(page.recovered);
        progress(recovery);
    }
    reopen_endpoint(context, merchant_id, endpoint_id).await?;
    Ok(recovery)
}

/// The same for events with numbers above `after`, until its time is over: for whoever can't wait for the end, and comes again for the
/// rest.
pub async fn recover_part(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
    since: Timestamp,
    after: i64,
    within: Duration,
) -> Result<RecoveredPart, CallError> {
    let until = context.time.monotonic().saturating_add(within);
    let newest = newest_event(context, merchant_id).await?;
    let wanted = Wanted { merchant_id, endpoint_id, since, newest };
    find_endpoint(context, merchant_id, endpoint_id).await?;
    let mut part = RecoveredPart { looked_at: 0, recovered: 0, up_to: after, has_more: false };
    while let Some(page) = recover_page(context, wanted, part.up_to).await? {
        part.looked_at = part.looked_at.saturating_add(page.looked_at);
        part.recovered = part.recovered.saturating_add(page.recovered);
        part.up_to = page.last;
        part.has_more = page.last < newest;
        if context.time.monotonic() >= until || context.tasks.is_stopping() {
            break;
        }
        part.has_more = false;
    }
    reopen_endpoint(context, merchant_id, endpoint_id).await?;
    Ok(part)
}

async fn newest_event(context: &Context, merchant_id: MerchantId) -> Result<i64, CallError> {
    let book = context.read(move |snapshot| snapshot.book(merchant_id)).await?;
    Ok(book.map_or(0, |book| book.events))
}

/// What is to be recovered.
#[derive(Clone, Copy)]
struct Wanted {
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
    since: Timestamp,
    /// What happens meanwhile goes its own way.
    newest: i64,
}

struct Page {
    first: i64,
    last: i64,
    looked_at: u64,
    /// What never arrived.
    missing: Vec<(DispatchKey, i64)>,
    recovered: u64,
}

/// Recovers the next page; `None`: there is none.
async fn recover_page(context: &Context, wanted: Wanted, after: i64) -> Result<Option<Page>, CallError> {
    let found = context.read(move |snapshot| look(snapshot, wanted, after)).await?;
    let Some(mut page) = found else { return Ok(None) };
    let redeliveries = page.missing.drain(..).map(|(key, event)| {
        let endpoint_id = wanted.endpoint_id;
        // What is still on its schedule goes now.
        context.engine.ask(Redeliver { key, endpoint_id, event, unless_delivered: true })
    });
    let made = stream::iter(redeliveries).buffer_unordered(AT_ONCE).try_fold(0_u64, async |made, _| Ok(made + 1));
    let made = made.await;
    // A long recovery begins to deliver before it is through; and what was made before something failed is delivered too.
    context.couriers.wake(context, &[wanted.endpoint_id]);
    page.recovered = made?;
    Ok(Some(page))
}

/// The next page of events, and which of them never arrived.
fn look(snapshot: &mut dyn Snapshot, wanted: Wanted, after: i64) -> Result<Option<Page>, StoreError> {
    let mut events = snapshot.events_after(wanted.merchant_id, after, wanted.since, PAGE)?;
    events.retain(|event| event.number <= wanted.newest);
    let Some((first, last)) = events.first().zip(events.last()) else { return Ok(None) };
    let looked_at = u64::try_from(events.len()).unwrap_or(u64::MAX);
    let mut page = Page { first: first.number, last: last.number, looked_at, missing: Vec::new(), recovered: 0 };
    for event in &events {
        let key = DispatchKey { merchant_id: event.merchant_id, order_id: event.order_id };
        let dispatch = snapshot.dispatch(key)?;
        let delivery = dispatch.as_ref().and_then(|dispatch| dispatch.find(wanted.endpoint_id, event.number));
        if delivery.is_some_and(|delivery| delivery.state != DeliveryState::Delivered) {
            page.missing.push((key, event.number));
        }
    }
    Ok(Some(page))
}
