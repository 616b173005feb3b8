//! What merchants were told is forgotten after a while: the oldest first, with all that was said about it, and nothing else.

use std::sync::Arc;
use std::time::Duration;

use domain::command::{AnnounceTest, ChangeEndpoints, EndpointsChange, RecordDelivery, TryOutcome};
use domain::dispatch::{DispatchKey, Jitter};
use domain::endpoint::Endpoint;
use domain::event::EventKind;
use domain::id::{EndpointId, MerchantId, OrderId};
use domain::merchant::Sealed;
use domain::time::Timestamp;

use super::harness::Bench;
use super::samples::register;

on_every_store!(old_events_are_forgotten_with_all_that_was_said_of_them, what_is_forgotten_does_not_come_back);

const MERCHANT: MerchantId = MerchantId(1);
const ENDPOINT: EndpointId = EndpointId(50);

fn key(order: i64) -> DispatchKey {
    DispatchKey { merchant_id: MERCHANT, order_id: OrderId(order) }
}

/// A merchant with an endpoint, and ten events an hour apart, about orders 101 to 110; each was tried once.
fn ten_events(bench: &mut Bench) {
    bench.ask(register(1)).unwrap();
    let endpoint = Endpoint::new(ENDPOINT, "https://toko.example/hook".into(), Sealed(Arc::from([1])), bench.now);
    let change = EndpointsChange::Add(Box::new(endpoint));
    bench.ask(ChangeEndpoints { merchant_id: MERCHANT, change }).unwrap();
    for order in 101..=110 {
        let body: Arc<[u8]> = Arc::from(*b"{}");
        let test = AnnounceTest { key: key(order), endpoint_id: ENDPOINT, kind: EventKind::Success, body };
        let event = bench.ask(test).unwrap();
        bench.ask(failure(order, event.number, 0)).unwrap();
        bench.advance(Duration::from_hours(1));
    }
}

fn failure(order: i64, event: i64, tries_before: u32) -> RecordDelivery {
    RecordDelivery {
        key: key(order),
        endpoint_id: ENDPOINT,
        event,
        tries_before,
        outcome: TryOutcome::Failed { wish: None },
        began_at: Timestamp::from_seconds(1),
        took: Duration::from_millis(7),
        status: Some(500),
        answer: Arc::from(*b"no"),
        fault: None,
        jitter: Jitter::NONE,
        notice: OrderId(9_000 + event),
    }
}

fn numbers(bench: &Bench) -> Vec<i64> {
    let events = bench.snapshot().events_after(MERCHANT, 0, Timestamp::default(), 100).unwrap();
    events.iter().map(|event| event.number).collect()
}

fn old_events_are_forgotten_with_all_that_was_said_of_them(bench: &mut Bench) {
    ten_events(bench);
    let before = bench.now.minus(Duration::from_hours(4));
    assert_eq!(bench.forget_events(before, 4), 4, "no more than asked for");
    assert_eq!(numbers(bench), [5, 6, 7, 8, 9, 10]);
    assert_eq!(bench.forget_events(before, 4), 2, "those that are younger stay");
    assert_eq!(bench.forget_events(before, 4), 0);
    assert_eq!(numbers(bench), [7, 8, 9, 10]);
    let mut snapshot = bench.snapshot();
    for order in 101..=110 {
        let (number, is_kept) = (order - 100, order > 106);
        assert_eq!(snapshot.dispatch(key(order)).unwrap().is_some(), is_kept, "{order}");
        assert_eq!(snapshot.delivery_tries(key(order), ENDPOINT, number).unwrap().len(), usize::from(is_kept));
    }
    let due = snapshot.due_deliveries(ENDPOINT, bench.now, 100).unwrap();
    assert_eq!(due.len(), 4, "nothing is due that can't be read");
}

fn what_is_forgotten_does_not_come_back(bench: &mut Bench) {
    ten_events(bench);
    assert_eq!(bench.forget_events(bench.now, 100), 10);
    bench.ask(failure(110, 10, 1)).unwrap_err();
    assert_eq!(bench.snapshot().due_deliveries(ENDPOINT, bench.now, 100).unwrap(), []);
    let body: Arc<[u8]> = Arc::from(*b"{}");
    let test = AnnounceTest { key: key(111), endpoint_id: ENDPOINT, kind: EventKind::Success, body };
    assert_eq!(bench.ask(test).unwrap().number, 11, "numbers go on");
}
