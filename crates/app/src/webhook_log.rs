//! What became of what merchants were told, and the cures: send again, recover, try out.

use std::sync::Arc;

use domain::command::{AnnounceTest, Redeliver};
use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Delivery, DeliveryState, DispatchKey};
use domain::event::{Event, EventKind, test_body};
use domain::id::{EndpointId, MerchantId, OrderId};
use domain::refusal::Refusal;
use domain::time::Timestamp;

use crate::context::Context;
use crate::endpoint_terms::EndpointTerms;
use crate::endpoints::{change_endpoint, list_endpoints};
use crate::error::CallError;

/// How many events are read at once.
const PAGE: u32 = 500;

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

/// A merchant's events with their deliveries, newest first. Events that nothing fits are left out only if something was asked for.
pub async fn read_log(context: &Context, query: LogQuery) -> Result<Vec<LoggedEvent>, CallError> {
    context
        .read(move |snapshot| {
            let mut log = Vec::new();
            let (mut before, limit) = (query.before, usize::try_from(query.limit).unwrap_or(usize::MAX));
            loop {
                let events = snapshot.events_before(query.merchant_id, before, PAGE)?;
                let Some(oldest) = events.last() else { return Ok(log) };
                before = oldest.number;
                for event in events {
                    let key = DispatchKey { merchant_id: event.merchant_id, order_id: event.order_id };
                    let dispatch = snapshot.dispatch(key)?;
                    let mut deliveries = dispatch.map(|dispatch| dispatch.deliveries).unwrap_or_default();
                    deliveries.retain(|delivery| {
                        delivery.event == event.number
                            && query.endpoint_id.is_none_or(|wanted| delivery.endpoint_id == wanted)
                            && query.state.is_none_or(|wanted| delivery.state == wanted)
                    });
                    let is_choosy = query.endpoint_id.is_some() || query.state.is_some();
                    if !(is_choosy && deliveries.is_empty()) {
                        log.push(LoggedEvent { event, deliveries });
                    }
                    if log.len() >= limit {
                        return Ok(log);
                    }
                }
            }
        })
        .await
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

/// A merchant's events with numbers above `after`, by number: for those who read instead of receiving.
pub async fn list_events(
    context: &Context,
    merchant_id: MerchantId,
    after: i64,
    limit: u32,
) -> Result<Vec<Event>, CallError> {
    context.read(move |snapshot| snapshot.events_after(merchant_id, after, Timestamp::default(), limit)).await
}

/// Delivers an event to an endpoint once more, whether it ever arrived or not.
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
    context.couriers.wake(context, &[endpoint_id]);
    Ok(delivery)
}

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

/// Delivers everything anew that was meant for an endpoint since a moment and never arrived. `progress` hears of each page.
///
/// An endpoint that was disabled is switched on by it, at last, so that nothing overtakes what is older; one that its owner switched off
/// stays off.
pub async fn recover(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
    since: Timestamp,
    progress: impl Fn(Recovery) + Send,
) -> Result<Recovery, CallError> {
    let endpoints = list_endpoints(context, merchant_id).await?;
    let endpoint = endpoints.into_iter().find(|endpoint| endpoint.endpoint_id == endpoint_id);
    let endpoint = endpoint.ok_or(Refusal::EndpointNotFound)?;
    let newest = context.read(move |snapshot| snapshot.book(merchant_id)).await?.map_or(0, |book| book.events);
    let mut recovery = Recovery::default();
    let mut after = 0;
    loop {
        let page = context.read(move |snapshot| snapshot.events_after(merchant_id, after, since, PAGE)).await?;
        let Some(last) = page.iter().map(|event| event.number).max().filter(|_| after < newest) else { break };
        if let (0, Some(first)) = (after, page.first()) {
            recovery.of = u64::try_from(newest.saturating_sub(first.number).saturating_add(1)).unwrap_or(0);
        }
        after = last;
        for event in page.into_iter().filter(|event| event.number <= newest) {
            recovery.looked_at = recovery.looked_at.saturating_add(1);
            recovery.recovered =
                recovery.recovered.saturating_add(u64::from(redeliver(context, &event, endpoint_id).await?));
        }
        // A long recovery begins to deliver before it is through.
        context.couriers.wake(context, &[endpoint_id]);
        progress(recovery);
    }
    if endpoint.state.is_disabled() {
        let on = EndpointTerms { is_on: Some(true), ..EndpointTerms::default() };
        change_endpoint(context, merchant_id, endpoint_id, &on).await?;
    } else {
        context.couriers.wake_anew(context, endpoint_id);
    }
    Ok(recovery)
}

/// Makes the delivery anew if it is meant for the endpoint and never arrived. What is still on its schedule goes now.
async fn redeliver(context: &Context, event: &Event, endpoint_id: EndpointId) -> Result<bool, CallError> {
    let (number, key) = (event.number, DispatchKey { merchant_id: event.merchant_id, order_id: event.order_id });
    let dispatch = context.read(move |snapshot| snapshot.dispatch(key)).await?;
    let is_missing = dispatch
        .and_then(|dispatch| dispatch.find(endpoint_id, number).copied())
        .is_some_and(|delivery| delivery.state != DeliveryState::Delivered);
    if is_missing {
        context.engine.ask(Redeliver { key, endpoint_id, event: number, unless_delivered: true }).await?;
    }
    Ok(is_missing)
}

/// Sends a made-up event to an endpoint.
pub async fn send_test_event(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
    kind: EventKind,
) -> Result<Event, CallError> {
    let now = context.time.now();
    let order_id = OrderId(context.ids.number(now));
    let body: Arc<[u8]> = test_body(kind, order_id, now);
    let command = AnnounceTest { key: DispatchKey { merchant_id, order_id }, endpoint_id, kind, body };
    let event = context.engine.ask(command).await?;
    context.couriers.wake(context, &[endpoint_id]);
    Ok(event)
}
