//! What became of what merchants were told, and two cures: send again, try out. The third is `recover.rs`.

use std::sync::Arc;

use domain::command::{AnnounceTest, Redeliver};
use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Delivery, DeliveryState, DispatchKey};
use domain::event::{Event, EventKind, test_body};
use domain::id::{EndpointId, MerchantId, OrderId};
use domain::refusal::Refusal;
use store::{Snapshot, StoreError};

use crate::context::Context;
use crate::error::CallError;

/// How many events are read at once.
const PAGE: u32 = 500;
/// How many events are looked at for one page of the log.
const LOOK_AT: u32 = 4 * PAGE;

/// An event with where it goes.
#[derive(Clone, Debug)]
pub struct LoggedEvent {
    /// The event.
    pub event: Event,
    /// To which endpoints it is meant, and how far that has come.
    pub deliveries: Vec<Delivery>,
}

/// What of a merchant's log is wanted.
#[derive(Clone, Copy, Debug)]
pub struct LogQuery {
    /// Whose.
    pub merchant_id: MerchantId,
    /// Only what is meant for this endpoint.
    pub endpoint_id: Option<EndpointId>,
    /// Only deliveries in this state.
    pub state: Option<DeliveryState>,
    /// Only events with numbers below this one.
    pub before: i64,
    /// So many events at most.
    pub limit: u32,
}

/// A part of a merchant's log.
#[derive(Clone, Debug)]
pub struct LogPage {
    /// Events with their deliveries, newest first.
    pub events: Vec<LoggedEvent>,
    /// Everything from this number on was looked at.
    pub looked_at: i64,
    /// There are older ones.
    pub has_more: bool,
}

/// A merchant's events with their deliveries, newest first. Events that nothing fits are left out only if something was asked for.
pub async fn read_log(context: &Context, query: LogQuery) -> Result<Vec<LoggedEvent>, CallError> {
    let mut log: Vec<LoggedEvent> = Vec::new();
    let mut before = query.before;
    loop {
        let missing = query.limit.saturating_sub(u32::try_from(log.len()).unwrap_or(u32::MAX));
        if missing == 0 {
            return Ok(log);
        }
        let page = read_log_page(context, LogQuery { before, limit: missing, ..query }).await?;
        before = page.looked_at;
        log.extend(page.events);
        if !page.has_more {
            return Ok(log);
        }
    }
}

/// The same, but looks at some thousands of events at most, whether they fit or not: what is left is for the next page.
pub async fn read_log_page(context: &Context, query: LogQuery) -> Result<LogPage, CallError> {
    let is_choosy = query.endpoint_id.is_some() || query.state.is_some();
    let look_at = if is_choosy { LOOK_AT } else { query.limit.min(LOOK_AT) };
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let look = move |snapshot: &mut dyn Snapshot| {
        let mut page = LogPage { events: Vec::new(), looked_at: query.before, has_more: true };
        let mut left = look_at;
        while left > 0 && page.events.len() < limit {
            let events = snapshot.events_before(query.merchant_id, page.looked_at, left.min(PAGE))?;
            if events.is_empty() {
                break;
            }
            left = left.saturating_sub(PAGE);
            for event in events {
                page.looked_at = event.number;
                let deliveries = deliveries_of(snapshot, &event, query)?;
                if !(is_choosy && deliveries.is_empty()) {
                    page.events.push(LoggedEvent { event, deliveries });
                }
                if page.events.len() >= limit {
                    break;
                }
            }
        }
        page.has_more = !snapshot.events_before(query.merchant_id, page.looked_at, 1)?.is_empty();
        Ok(page)
    };
    context.read(look).await
}

/// Where an event goes, as far as that was asked for.
fn deliveries_of(snapshot: &mut dyn Snapshot, event: &Event, query: LogQuery) -> Result<Vec<Delivery>, StoreError> {
    let key = DispatchKey { merchant_id: event.merchant_id, order_id: event.order_id };
    let mut deliveries = snapshot.dispatch(key)?.map(|dispatch| dispatch.deliveries).unwrap_or_default();
    deliveries.retain(|delivery| {
        delivery.event == event.number
            && query.endpoint_id.is_none_or(|wanted| delivery.endpoint_id == wanted)
            && query.state.is_none_or(|wanted| delivery.state == wanted)
    });
    Ok(deliveries)
}

/// One event with every try to deliver it, by endpoint.
pub async fn read_tries(
    context: &Context,
    merchant_id: MerchantId,
    number: i64,
) -> Result<(LoggedEvent, Vec<DeliveryTry>), CallError> {
    let found = context
        .read(move |snapshot| {
            let Some(event) = snapshot.event(merchant_id, number)? else { return Ok(None) };
            let key = DispatchKey { merchant_id, order_id: event.order_id };
            let mut deliveries = snapshot.dispatch(key)?.map(|dispatch| dispatch.deliveries).unwrap_or_default();
            deliveries.retain(|delivery| delivery.event == number);
            let mut tries = Vec::new();
            for delivery in &deliveries {
                tries.extend(snapshot.delivery_tries(key, delivery.endpoint_id, number)?);
            }
            Ok(Some((LoggedEvent { event, deliveries }, tries)))
        })
        .await?;
    Ok(found.ok_or(Refusal::DeliveryNotFound)?)
}

/// Delivers an event to an endpoint once more, whether it ever arrived or not. An endpoint that is left alone is tried with it at once.
pub async fn resend(
    context: &Context,
    merchant_id: MerchantId,
    number: i64,
    endpoint_id: EndpointId,
) -> Result<Delivery, CallError> {
    let event = context.read(move |snapshot| snapshot.event(merchant_id, number)).await?;
    let event = event.ok_or(Refusal::DeliveryNotFound)?;
    let key = DispatchKey { merchant_id, order_id: event.order_id };
    let command = Redeliver { key, endpoint_id, event: number, unless_delivered: false };
    let delivery = context.engine.ask(command).await?;
    context.couriers.wake_for(context, endpoint_id, key.order_id);
    Ok(delivery)
}

/// Sends a made-up event to an endpoint, at once even to one that is left alone.
pub async fn send_test_event(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
    kind: EventKind,
) -> Result<Event, CallError> {
    let now = context.time.now();
    let order_id = OrderId(context.number()?);
    let body: Arc<[u8]> = test_body(kind, order_id, now);
    let command = AnnounceTest { key: DispatchKey { merchant_id, order_id }, endpoint_id, kind, body };
    let event = context.engine.ask(command).await?;
    context.couriers.wake_for(context, endpoint_id, order_id);
    Ok(event)
}
