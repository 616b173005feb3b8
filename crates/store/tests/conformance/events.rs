//! What merchants are told, and where it goes: every row comes back whole, and what is due is found.

use std::sync::Arc;
use std::time::Duration;

use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Delivery, DeliveryState, Dispatch, DispatchKey};
use domain::endpoint::{CustomHeader, Endpoint, EndpointState, Endpoints, Outage, PreviousSecret};
use domain::event::{Event, EventKind, EventKinds};
use domain::id::{CauseId, EndpointId, MerchantId, OrderId};
use domain::ledger::Book;
use domain::merchant::Sealed;
use domain::time::Timestamp;
use domain::world::Reads;
use rusqlite::Connection;
use store::{Snapshot, SqliteStore, Store, StoreError};

use super::harness::Bench;
use super::rows::{FIRST, Kind, LAST, LONGEST, check};
use super::samples::{endpoint, register};

on_every_store!(
    endpoints_come_back,
    endpoints_of_many_merchants_are_told_apart,
    dispatches_come_back,
    events_come_back_and_are_read_in_pages,
    events_since_a_moment_are_found,
    tries_come_back,
    what_is_due_is_found_the_longest_due_first,
    what_was_added_is_never_added_again,
    what_is_numbered_next_comes_after_endpoints_and_test_events,
);

const ENDPOINTS: Kind<Endpoints> = Kind { keys: |reads| &mut reads.endpoints, rows: |world| &mut world.endpoints };
const DISPATCHES: Kind<Dispatch> = Kind { keys: |reads| &mut reads.dispatches, rows: |world| &mut world.dispatches };

fn odd(number: i64) -> Endpoint {
    Endpoint {
        endpoint_id: EndpointId(number),
        url: format!("https://toko.example/é?{number}='\";--").into(),
        description: "Toko \u{1f4a1}\n\0'".into(),
        kinds: EventKinds::of(EventKind::ALL),
        state: EndpointState::Failing,
        secret: Sealed(Arc::from((0..=255).collect::<Vec<u8>>())),
        previous_secret: Some(PreviousSecret { secret: Sealed(Arc::from([])), valid_until: LAST }),
        headers: vec![
            CustomHeader { name: "x-b".into(), value: Sealed(Arc::from([0, 255])) },
            CustomHeader { name: "x-a".into(), value: Sealed(Arc::from([])) },
            CustomHeader { name: "x-b".into(), value: Sealed(Arc::from([1])) },
        ],
        max_in_flight: u32::MAX,
        rate_per_second: Some(u32::MAX),
        outage: Some(Outage { since: LAST, counted: u32::MAX, counted_at: LAST }),
        created_at: FIRST,
        updated_at: LAST,
    }
}

fn endpoints_come_back(bench: &mut Bench) {
    let merchant_id = MerchantId(1);
    let bare = Endpoint {
        url: "".into(),
        kinds: EventKinds::NONE,
        secret: Sealed(Arc::from([])),
        max_in_flight: 0,
        rate_per_second: Some(0),
        outage: Some(Outage::begin(FIRST)),
        ..endpoint(1, FIRST)
    };
    let mut versions = vec![vec![bare.clone()], vec![bare.clone(), odd(2), odd(i64::MAX)]];
    for state in [EndpointState::On, EndpointState::Off, EndpointState::Gone, EndpointState::Failing] {
        for kind in EventKind::ALL {
            versions.push(vec![Endpoint { state, kinds: EventKinds::of([kind]), headers: vec![], ..odd(2) }]);
        }
    }
    versions.push(vec![endpoint(3, LAST), odd(4)]);
    let versions: Vec<Endpoints> = versions.into_iter().map(|list| Endpoints { merchant_id, list }).collect();
    check(bench, &ENDPOINTS, &versions);
    assert_eq!(bench.snapshot().endpoints(merchant_id).unwrap(), [endpoint(3, LAST), odd(4)]);

    // All are removed: as if there had never been any, and one that comes later has no old headers.
    let reads = Reads { endpoints: vec![merchant_id], ..Reads::default() };
    bench.transact(&reads, |world| world.endpoints.put(Endpoints::none(merchant_id)).unwrap()).unwrap();
    assert_eq!(bench.snapshot().endpoints(merchant_id).unwrap(), []);
    assert_eq!(bench.snapshot().all_endpoints().unwrap(), []);
    let again = Endpoints { merchant_id, list: vec![endpoint(4, FIRST)] };
    check(bench, &ENDPOINTS, std::slice::from_ref(&again));
    assert_eq!(bench.snapshot().all_endpoints().unwrap(), [again]);
}

fn endpoints_of_many_merchants_are_told_apart(bench: &mut Bench) {
    let of = |merchant, numbers: &[i64]| Endpoints {
        merchant_id: MerchantId(merchant),
        list: numbers.iter().map(|number| odd(*number)).collect(),
    };
    // Their numbers are mixed, since they came one after the other.
    let all = [of(1, &[2, 5]), of(2, &[1, 3]), of(i64::MAX, &[4])];
    for endpoints in all.iter().rev() {
        check(bench, &ENDPOINTS, std::slice::from_ref(endpoints));
    }
    assert_eq!(bench.snapshot().all_endpoints().unwrap(), all);
    check(bench, &ENDPOINTS, &[of(2, &[3])]);
    assert_eq!(bench.snapshot().endpoints(MerchantId(1)).unwrap(), all[0].list, "the others' stay");
    assert_eq!(bench.snapshot().endpoints(MerchantId(3)).unwrap(), []);
}

fn dispatches_come_back(bench: &mut Bench) {
    let key = DispatchKey { merchant_id: MerchantId(1), order_id: OrderId(7) };
    let fresh = Delivery::new(EndpointId(1), 1, FIRST);
    let tried = |state| Delivery {
        endpoint_id: EndpointId(i64::MAX),
        event: i64::MAX,
        state,
        tries: u32::MAX,
        tries_on_schedule: u32::MAX,
        first_tried_at: Some(LAST),
        next_at: (state == DeliveryState::Pending).then_some(LAST),
        updated_at: LAST,
    };
    let versions = [
        vec![fresh],
        vec![Delivery { next_at: Some(FIRST), ..fresh }, tried(DeliveryState::Pending)],
        vec![Delivery { first_tried_at: Some(FIRST), ..fresh }, tried(DeliveryState::GivenUp)],
        vec![fresh, tried(DeliveryState::Delivered)],
        vec![
            fresh,
            Delivery { event: 2, ..fresh },
            Delivery { endpoint_id: EndpointId(2), ..fresh },
            tried(DeliveryState::Delivered),
        ],
    ]
    .map(|deliveries| Dispatch { key, deliveries });
    check(bench, &DISPATCHES, &versions);
    let other = DispatchKey { order_id: OrderId(i64::MAX), ..key };
    let others = Dispatch { key: other, deliveries: vec![tried(DeliveryState::Pending)] };
    check(bench, &DISPATCHES, std::slice::from_ref(&others));
    assert_eq!(bench.snapshot().dispatch(key).unwrap().as_ref(), versions.last());
    assert_eq!(bench.snapshot().dispatch(other).unwrap(), Some(others));
    let strange = DispatchKey { merchant_id: MerchantId(2), ..key };
    assert_eq!(bench.snapshot().dispatch(strange).unwrap(), None, "another merchant's order");
}

/// Adds events behind `before` of a merchant.
fn append(bench: &mut Bench, merchant: i64, before: i64, events: &[(EventKind, i64, &[u8], Timestamp)]) -> Vec<Event> {
    let merchant_id = MerchantId(merchant);
    let reads = Reads { books: vec![merchant_id], ..Reads::default() };
    let mut appended = Vec::new();
    bench
        .transact(&reads, |world| {
            world.books.put(Book { events: before, ..Book::open(merchant_id, FIRST) }).unwrap();
            appended.clear();
            for (kind, order, body, now) in events {
                let event = world.append_event(merchant_id, OrderId(*order), *kind, Arc::from(*body), *now);
                appended.push(event.unwrap());
            }
        })
        .unwrap();
    appended
}

fn events_come_back_and_are_read_in_pages(bench: &mut Bench) {
    let bytes: Vec<u8> = (0..=255).collect();
    let moment = Timestamp::from_seconds(5);
    let first = append(
        bench,
        1,
        0,
        &[
            (EventKind::Success, 7, &bytes, FIRST),
            (EventKind::Failed, i64::MAX, b"", moment),
            (EventKind::SnReceived, 7, b"{}", moment),
        ],
    );
    let second = append(bench, 1, 3, &[(EventKind::Pending, 7, b"{}", moment), (EventKind::Refunded, 8, b"{}", LAST)]);
    let last = append(bench, 1, i64::MAX - 1, &[(EventKind::Success, 9, b"{}", LAST)]);
    append(bench, 2, 0, &[(EventKind::Success, 7, b"2", LAST)]);
    let all = [first, second, last].concat();

    let mut snapshot = bench.snapshot();
    for event in &all {
        assert_eq!(snapshot.event(MerchantId(1), event.number).unwrap().as_ref(), Some(event));
    }
    for (merchant, number) in [(1, 0), (1, 6), (1, -1), (2, 2), (3, 1)] {
        assert_eq!(snapshot.event(MerchantId(merchant), number).unwrap(), None);
    }
    let numbers = |events: Vec<Event>| events.iter().map(|event| event.number).collect::<Vec<_>>();
    let mut after = |after, since, limit| numbers(snapshot.events_after(MerchantId(1), after, since, limit).unwrap());
    assert_eq!(after(0, FIRST, 99), [1, 2, 3, 4, 5, i64::MAX]);
    assert_eq!(after(i64::MIN, FIRST, 2), [1, 2]);
    assert_eq!(after(2, FIRST, 2), [3, 4]);
    assert_eq!(after(5, FIRST, 0), [] as [i64; 0]);
    assert_eq!(after(i64::MAX, FIRST, 9), [] as [i64; 0]);
    let mut before = |before, limit| numbers(snapshot.events_before(MerchantId(1), before, limit).unwrap());
    assert_eq!(before(i64::MAX, 3), [5, 4, 3]);
    assert_eq!(before(2, 9), [1]);
    assert_eq!(before(1, 9), [] as [i64; 0]);
    assert_eq!(before(i64::MIN, 9), [] as [i64; 0]);
    assert_eq!(bench.snapshot().events_before(MerchantId(3), i64::MAX, 9).unwrap(), []);
}

fn events_since_a_moment_are_found(bench: &mut Bench) {
    // Three an hour; another merchant's stand beside them.
    let hour = |number: i64| Timestamp::from_seconds(3_600 * (number / 3 + 1));
    let events: Vec<_> = (1..=20).map(|number| (EventKind::Success, number, &b"{}"[..], hour(number))).collect();
    append(bench, 1, 0, &events);
    append(bench, 2, 0, &[(EventKind::Success, 21, b"{}", LAST)]);
    for is_forgotten in [false, true] {
        if is_forgotten {
            assert_eq!(bench.forget_events(hour(9), 100), 8);
        }
        let oldest = if is_forgotten { 9 } else { 1 };
        for after in -1..=21 {
            for since in [FIRST, hour(9), LAST].into_iter().chain((1..=20).flat_map(|number| {
                [
                    hour(number).minus(Duration::from_micros(1)),
                    hour(number),
                    hour(number).plus(Duration::from_micros(1)),
                ]
            })) {
                let found = bench.snapshot().events_after(MerchantId(1), after, since, 4).unwrap();
                let is_meant = |number: &i64| *number > after && hour(*number) >= since;
                let expected: Vec<i64> = (oldest..=20).filter(is_meant).take(4).collect();
                let found: Vec<i64> = found.iter().map(|event| event.number).collect();
                assert_eq!(found, expected, "after {after}, since {since:?}");
            }
        }
        assert_eq!(bench.snapshot().events_after(MerchantId(3), 0, hour(1), 4).unwrap(), []);
    }
}

fn tries_come_back(bench: &mut Bench) {
    let key = DispatchKey { merchant_id: MerchantId(1), order_id: OrderId(7) };
    let made = |endpoint, event, number| DeliveryTry {
        key,
        endpoint_id: EndpointId(endpoint),
        event,
        number,
        began_at: FIRST,
        took: Duration::ZERO,
        status: None,
        answer: Arc::from([]),
        fault: None,
        next_at: None,
    };
    let of_delivery = [
        made(1, 5, 1),
        DeliveryTry {
            began_at: LAST,
            took: LONGEST,
            status: Some(u16::MAX),
            answer: Arc::from((0..=255).collect::<Vec<u8>>()),
            fault: Some("é\n\0'".into()),
            next_at: Some(LAST),
            ..made(1, 5, 2)
        },
        DeliveryTry { status: Some(0), fault: Some("".into()), next_at: Some(FIRST), ..made(1, 5, u32::MAX) },
    ];
    let elsewhere = DispatchKey { order_id: OrderId(8), ..key };
    let others = [made(1, 4, 1), made(1, 6, 1), made(2, 5, 1), DeliveryTry { key: elsewhere, ..made(1, 5, 1) }];
    bench
        .transact(&Reads::default(), |world| {
            for made in of_delivery.iter().rev().chain(&others) {
                world.append_try(made.clone());
            }
        })
        .unwrap();
    let mut snapshot = bench.snapshot();
    let mut find = |key, endpoint, event| snapshot.delivery_tries(key, EndpointId(endpoint), event).unwrap();
    assert_eq!(find(key, 1, 5), of_delivery, "by number");
    assert_eq!(find(key, 2, 5), [others[2].clone()]);
    assert_eq!(find(elsewhere, 1, 5), [others[3].clone()]);
    assert_eq!(find(DispatchKey { merchant_id: MerchantId(2), ..key }, 1, 5), [], "another merchant's order");
    assert_eq!(find(key, 3, 5), []);
}

fn what_is_due_is_found_the_longest_due_first(bench: &mut Bench) {
    let at = |seconds| Some(Timestamp::from_seconds(seconds));
    let events: Vec<_> = (1..=9).map(|_| (EventKind::Success, 7, &b"{}"[..], FIRST)).collect();
    append(bench, 1, 0, &events);
    let of_order = |order, deliveries: &[(i64, i64, Option<Timestamp>)]| Dispatch {
        key: DispatchKey { merchant_id: MerchantId(1), order_id: OrderId(order) },
        deliveries: deliveries
            .iter()
            .map(|&(endpoint, event, next_at)| Delivery {
                next_at,
                ..Delivery::new(EndpointId(endpoint), event, FIRST)
            })
            .collect(),
    };
    let dispatches = [
        of_order(7, &[(1, 1, at(50)), (1, 2, None), (2, 1, at(1))]),
        of_order(8, &[(1, 3, at(10)), (2, 3, Some(LAST))]),
        // Not by the order's number alone: at the same moment, the older order.
        of_order(9, &[(1, 5, at(50)), (1, 6, Some(FIRST))]),
    ];
    for dispatch in dispatches.iter().rev() {
        check(bench, &DISPATCHES, std::slice::from_ref(dispatch));
    }
    let mut snapshot = bench.snapshot();
    let mut due = |endpoint, until: Timestamp, limit| {
        let due = snapshot.due_deliveries(EndpointId(endpoint), until, limit).unwrap();
        assert!(due.iter().all(|due| due.event.number == due.delivery.event && &*due.event.body == b"{}"));
        due.iter().map(|due| (due.key.order_id.0, due.delivery.event)).collect::<Vec<_>>()
    };
    assert_eq!(due(1, Timestamp::from_seconds(50), 9), [(9, 6), (8, 3), (7, 1), (9, 5)]);
    assert_eq!(due(1, Timestamp::from_micros(49_999_999), 9), [(9, 6), (8, 3)]);
    assert_eq!(due(1, Timestamp::from_seconds(50), 3), [(9, 6), (8, 3), (7, 1)]);
    assert_eq!(due(1, LAST, 0), []);
    assert_eq!(due(2, LAST, u32::MAX), [(7, 1), (8, 3)]);
    assert_eq!(due(3, LAST, 9), []);
    let mut next = |endpoint, now| snapshot.next_delivery_after(EndpointId(endpoint), now).unwrap();
    assert_eq!(next(1, FIRST), at(10));
    assert_eq!(next(1, Timestamp::from_seconds(10)), at(50));
    assert_eq!(next(1, Timestamp::from_seconds(50)), None);
    assert_eq!(next(2, Timestamp::from_seconds(50)), Some(LAST));
    assert_eq!((next(2, LAST), next(3, FIRST)), (None, None));
    let mut latest = |now| snapshot.latest_due(&[EndpointId(1), EndpointId(2), EndpointId(3)], now).unwrap();
    assert_eq!(latest(LAST), [(EndpointId(1), Timestamp::from_seconds(50)), (EndpointId(2), LAST)]);
    assert!(latest(Timestamp::from_seconds(49)).contains(&(EndpointId(1), Timestamp::from_seconds(10))));
    assert_eq!(snapshot.latest_due(&[], LAST).unwrap(), []);
    drop(snapshot);

    // What is over is no longer due.
    let mut over = dispatches[0].clone();
    over.deliveries[0] = Delivery { state: DeliveryState::Delivered, next_at: None, ..over.deliveries[0] };
    check(bench, &DISPATCHES, &[over]);
    let left = bench.snapshot().due_deliveries(EndpointId(1), LAST, 9).unwrap();
    assert_eq!(left.iter().map(|due| due.key.order_id.0).collect::<Vec<_>>(), [9, 8, 9]);
}

fn what_was_added_is_never_added_again(bench: &mut Bench) {
    append(bench, 1, 0, &[(EventKind::Success, 7, b"first", FIRST)]);
    let reads = Reads { books: vec![MerchantId(1)], ..Reads::default() };
    let again = bench.transact(&reads, |world| {
        world.books.put(Book::open(MerchantId(1), FIRST)).unwrap();
        world.append_event(MerchantId(1), OrderId(8), EventKind::Failed, Arc::from(*b"second"), LAST).unwrap();
    });
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    let key = DispatchKey { merchant_id: MerchantId(1), order_id: OrderId(7) };
    let made = |text: &str| DeliveryTry {
        key,
        endpoint_id: EndpointId(1),
        event: 1,
        number: 1,
        began_at: FIRST,
        took: Duration::ZERO,
        status: None,
        answer: Arc::from(text.as_bytes()),
        fault: None,
        next_at: None,
    };
    bench.transact(&Reads::default(), |world| world.append_try(made("first"))).unwrap();
    let again = bench.transact(&Reads::default(), |world| world.append_try(made("second")));
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    let twice = bench.transact(&Reads::default(), |world| {
        for _ in 0..2 {
            world.append_try(DeliveryTry { number: 2, ..made("twice") });
        }
    });
    assert!(matches!(twice, Err(StoreError::Conflict)), "{twice:?}");
    let mut snapshot = bench.snapshot();
    assert_eq!(&*snapshot.event(MerchantId(1), 1).unwrap().unwrap().body, b"first");
    assert_eq!(snapshot.delivery_tries(key, EndpointId(1), 1).unwrap(), [made("first")]);
    assert_eq!(snapshot.book(MerchantId(1)).unwrap().unwrap().events, 1, "nothing of the batch was written");
}

fn what_is_numbered_next_comes_after_endpoints_and_test_events(bench: &mut Bench) {
    let endpoints = Endpoints { merchant_id: MerchantId(1), list: vec![endpoint(40, FIRST), endpoint(50, FIRST)] };
    check(bench, &ENDPOINTS, &[endpoints]);
    assert_eq!(bench.snapshot().newest().unwrap().1, CauseId(50));
    let key = DispatchKey { merchant_id: MerchantId(1), order_id: OrderId(60) };
    let told = Dispatch { key, deliveries: vec![Delivery::new(EndpointId(40), 1, LAST)] };
    check(bench, &DISPATCHES, &[told]);
    assert_eq!(bench.snapshot().newest().unwrap(), (LAST, CauseId(60)));
}

#[test]
fn what_does_not_decode_is_named() {
    type Look = fn(&mut dyn Snapshot) -> Result<(), StoreError>;
    let all: Look = |snapshot| snapshot.all_endpoints().map(drop);
    let of_one: Look = |snapshot| snapshot.endpoints(MerchantId(1)).map(drop);
    let event: Look = |snapshot| snapshot.event(MerchantId(1), 1).map(drop);
    let due: Look = |snapshot| snapshot.due_deliveries(EndpointId(4), LAST, 9).map(drop);
    let dispatch: Look =
        |snapshot| snapshot.dispatch(DispatchKey { merchant_id: MerchantId(1), order_id: OrderId(7) }).map(drop);
    let tries: Look = |snapshot| {
        let key = DispatchKey { merchant_id: MerchantId(1), order_id: OrderId(7) };
        snapshot.delivery_tries(key, EndpointId(4), 1).map(drop)
    };
    let table = [
        (all, "endpoints SET kinds = 'order.success' || char(10) || 'order.lost' || char(10)", "endpoints.kinds", "4"),
        (of_one, "endpoints SET kinds = 'order.success'", "endpoints.kinds", "4"),
        (all, "endpoints SET kinds = char(10)", "endpoints.kinds", "4"),
        (of_one, "endpoints SET state = 4", "endpoints.state", "4"),
        (all, "endpoints SET url = CAST(x'ff' AS TEXT)", "endpoints.url", "4"),
        (all, "endpoints SET previous_secret = NULL", "endpoints.previous_valid_until", "4"),
        (all, "endpoints SET previous_valid_until = NULL", "endpoints.previous_valid_until", "4"),
        (all, "endpoints SET max_in_flight = -1", "endpoints.max_in_flight", "4"),
        (all, "endpoints SET rate_per_second = 4294967296", "endpoints.rate_per_second", "4"),
        (all, "endpoints SET failing_since = -1", "endpoints.failing_since", "4"),
        (all, "endpoints SET failures_counted = -1", "endpoints.failures_counted", "4"),
        (all, "endpoints SET failures_counted = NULL", "endpoints.failure_counted_at", "4"),
        (all, "endpoints SET failure_counted_at = NULL", "endpoints.failure_counted_at", "4"),
        (all, "endpoint_headers SET name = CAST(x'ff' AS TEXT)", "endpoint_headers.name", "1/4/0"),
        (event, "events SET kind = 6", "events.kind", "1/1"),
        (event, "events SET created_at = -1", "events.created_at", "1/1"),
        (due, "events SET number = 2", "deliveries.event", "7/4/1"),
        (due, "deliveries SET state = 3", "deliveries.state", "7/4/1"),
        (dispatch, "deliveries SET tries = -1", "deliveries.tries", "7/4/1"),
        (dispatch, "deliveries SET tries_on_schedule = 4294967296", "deliveries.tries_on_schedule", "7/4/1"),
        (dispatch, "deliveries SET next_at = -1", "deliveries.next_at", "7/4/1"),
        (dispatch, "deliveries SET first_tried_at = -1", "deliveries.first_tried_at", "7/4/1"),
        (tries, "delivery_tries SET status = 65536", "delivery_tries.status", "7/4/1/1"),
        (tries, "delivery_tries SET took_us = -1", "delivery_tries.took_us", "7/4/1/1"),
        (tries, "delivery_tries SET fault = CAST(x'ff' AS TEXT)", "delivery_tries.fault", "7/4/1/1"),
    ];
    let whole = told();
    for (look, sql, place, id) in table {
        let copy = tempfile::tempdir().unwrap();
        std::fs::copy(whole.path().join("loket.db"), copy.path().join("loket.db")).unwrap();
        look(&mut *SqliteStore::open(copy.path()).unwrap().snapshot().unwrap()).unwrap();
        let other = Connection::open(copy.path().join("loket.db")).unwrap();
        other.execute_batch(&format!("UPDATE {sql}")).unwrap();
        drop(other);
        let store = SqliteStore::open(copy.path()).unwrap();
        let found = look(&mut *store.snapshot().unwrap());
        let Err(StoreError::Corrupt { table, column, id: of }) = found else { panic!("{sql}: {found:?}") };
        assert_eq!((format!("{table}.{column}").as_str(), of.as_str()), (place, id), "{sql}");
    }
}

/// A closed file with one row in each of the tables.
fn told() -> tempfile::TempDir {
    let mut bench = Bench::sqlite();
    bench.ask(register(1)).unwrap();
    append(&mut bench, 1, 0, &[(EventKind::Success, 7, b"{}", FIRST)]);
    let list = vec![Endpoint { headers: odd(4).headers[..1].to_vec(), ..odd(4) }];
    check(&mut bench, &ENDPOINTS, &[Endpoints { merchant_id: MerchantId(1), list }]);
    let key = DispatchKey { merchant_id: MerchantId(1), order_id: OrderId(7) };
    let due = Delivery { next_at: Some(FIRST), ..Delivery::new(EndpointId(4), 1, FIRST) };
    check(&mut bench, &DISPATCHES, &[Dispatch { key, deliveries: vec![due] }]);
    let made = DeliveryTry {
        key,
        endpoint_id: EndpointId(4),
        event: 1,
        number: 1,
        began_at: FIRST,
        took: Duration::ZERO,
        status: None,
        answer: Arc::from([]),
        fault: None,
        next_at: None,
    };
    bench.transact(&Reads::default(), |world| world.append_try(made.clone())).unwrap();
    bench.close()
}
