//! A merchant is told of every change of an order once, in the commit that made it, and of nothing else.

use std::sync::Arc;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::command::{
    AnnounceTest, BeginTelling, ChangeEndpoints, Command, EndpointsChange, RecordAnswer, RecordDelivery, Redeliver,
    TryOutcome,
};
use domain::dispatch::DispatchKey;
use domain::endpoint::{Endpoint, EndpointChange, EndpointState, MOST_ENDPOINTS};
use domain::event::{EventBody, EventKind, EventKinds, test_body};
use domain::id::{EndpointId, MerchantId, Mode, OrderId, RefId};
use domain::merchant::Sealed;
use domain::order::{Order, OrderStatus};
use domain::refusal::Refusal;
use domain::time::Timestamp;

use crate::deliveries::{gone, recorded};
use crate::shop::{
    LOST_AFTER, Shop, confirmed, confirmed_without_sn, nothing_created, refunded, refused, registration, rupiah,
    unknown,
};

pub fn endpoint(number: i64, now: Timestamp) -> Endpoint {
    let url = format!("https://{number}.example/").into();
    Endpoint::new(EndpointId(number), url, Sealed(Arc::from([1_u8].as_slice())), now)
}

fn change(shop: &mut Shop, change: EndpointsChange) -> Result<(), Refusal> {
    let merchant_id = shop.merchant_id;
    shop.ask(ChangeEndpoints { merchant_id, change }).map(drop)
}

/// Adds an endpoint that wants these.
fn add(shop: &mut Shop, number: i64, kinds: EventKinds) {
    let added = Endpoint { kinds, ..endpoint(number, shop.now) };
    change(shop, EndpointsChange::Add(Box::new(added))).unwrap();
}

fn all() -> EventKinds {
    EventKinds::of(EventKind::ALL)
}

/// A shop with an endpoint that wants everything.
fn listening() -> Shop {
    let mut shop = Shop::open();
    add(&mut shop, 1, all());
    shop
}

/// What the caller was told, in order.
fn told(shop: &Shop) -> Vec<EventKind> {
    let of_caller = shop.events.iter().filter(|event| event.merchant_id == shop.merchant_id);
    of_caller.map(|event| event.kind).collect()
}

/// To which endpoints an event is meant.
fn meant(shop: &Shop, number: i64) -> Vec<i64> {
    let deliveries = shop.dispatches.values().flat_map(|dispatch| &dispatch.deliveries);
    let mut meant: Vec<i64> =
        deliveries.filter(|delivery| delivery.event == number).map(|delivery| delivery.endpoint_id.0).collect();
    meant.sort_unstable();
    meant
}

/// What is said of an order, and what its merchant is told of it.
type Story = (&'static [(Source, fn() -> Answer)], &'static [EventKind]);

const NOT_RECEIVED: fn() -> Answer = || Answer::NotReceived;
const STORIES: &[Story] = {
    use EventKind::{Failed, Pending, Refunded, SnReceived, Success};
    use Source::{Callback, Operator, Send, Status};
    &[
        (&[(Send, confirmed)], &[Success]),
        (&[(Callback, confirmed), (Send, confirmed)], &[Success]),
        (&[(Send, refused)], &[Failed]),
        (&[(Send, nothing_created)], &[Failed]),
        (&[(Callback, refunded)], &[Failed]),
        (&[(Send, unknown)], &[Pending]),
        (&[(Callback, unknown), (Send, unknown), (Status, unknown)], &[Pending]),
        (&[(Send, unknown), (Status, unknown), (Callback, unknown), (Status, confirmed)], &[Pending, Success]),
        (&[(Send, unknown), (Status, refused), (Callback, unknown)], &[Pending, Failed]),
        (&[(Send, unknown), (Status, NOT_RECEIVED), (Status, unknown), (Callback, refused)], &[Pending, Failed]),
        (&[(Send, NOT_RECEIVED)], &[]),
        (&[(Send, NOT_RECEIVED), (Callback, confirmed)], &[Success]),
        (&[(Send, unknown), (Operator, confirmed)], &[Pending, Success]),
        (&[(Send, unknown), (Operator, refused)], &[Pending, Failed]),
        (&[(Send, confirmed_without_sn)], &[Success]),
        (
            &[(Send, confirmed_without_sn), (Callback, confirmed_without_sn), (Callback, confirmed)],
            &[Success, SnReceived],
        ),
        (&[(Send, confirmed_without_sn), (Status, unknown), (Status, confirmed)], &[Success, SnReceived]),
        (&[(Send, confirmed_without_sn), (Callback, refunded)], &[Success, Refunded]),
        (&[(Send, confirmed_without_sn), (Status, confirmed), (Callback, refunded)], &[Success, SnReceived, Refunded]),
        (&[(Send, confirmed), (Callback, refunded), (Callback, refunded)], &[Success, Refunded]),
        // A contradiction moves no money, and nobody is told before a person has decided.
        (&[(Send, confirmed), (Callback, refused)], &[Success]),
        (&[(Send, confirmed), (Callback, refused), (Operator, refused)], &[Success, Refunded]),
        (&[(Send, confirmed), (Callback, refused), (Operator, confirmed)], &[Success]),
        (&[(Send, refused), (Callback, confirmed)], &[Failed]),
        // The house bears it: to the merchant it stays failed.
        (&[(Send, refused), (Callback, confirmed), (Operator, confirmed)], &[Failed]),
        (&[(Send, refused), (Callback, confirmed), (Operator, refused)], &[Failed]),
        (&[(Send, confirmed), (Callback, refunded), (Status, confirmed)], &[Success, Refunded]),
        (&[(Send, unknown), (Callback, confirmed), (Callback, refunded)], &[Pending, Success, Refunded]),
    ]
};

#[test]
fn every_change_is_told_once_and_nothing_else_however_often_it_is_said() {
    for (story, expected) in STORIES {
        for mode in [Mode::Production, Mode::Testing] {
            for is_bill in [true, false] {
                let mut shop = listening();
                shop.mode = mode;
                if is_bill {
                    shop.pend("R-1")
                } else {
                    drop(shop.buy("R-1").unwrap())
                }
                assert_eq!(told(&shop), [], "an acceptance is answered, not told");
                for (source, answer) in *story {
                    shop.advance(Duration::from_secs(3));
                    let said: Command = shop.answer_of("R-1", *source, answer()).into();
                    let (decided, step) = shop.apply(&said);
                    let Ok(domain::command::Outcome::RecordAnswer(recorded)) = decided else { panic!("{decided:?}") };
                    let to: Vec<i64> = recorded.told.iter().map(|endpoint_id| endpoint_id.0).collect();
                    assert_eq!(to, vec![1; step.events.len()], "who is woken is who is told");
                    assert!(step.events.len() <= 1 && step.events.iter().all(|event| event.created_at == shop.now));
                    for _ in 0..100 {
                        shop.advance(Duration::from_millis(17));
                        let (_, step) = shop.apply(&said);
                        assert!(step.events.is_empty() && step.dispatches.is_empty(), "{story:?}: a copy was told");
                    }
                }
                assert_eq!(
                    told(&shop),
                    *expected,
                    "{mode:?}, bill: {is_bill}, {:?}",
                    story.iter().map(|(source, answer)| (source, answer())).collect::<Vec<_>>()
                );
                for (number, event) in (1..).zip(&shop.events) {
                    assert_eq!((event.number, event.order_id), (number, shop.order("R-1").order_id));
                    assert_eq!(meant(&shop, number), [1]);
                }
                assert_eq!(shop.books[&shop.merchant_id].events, i64::try_from(expected.len()).unwrap());
                assert_eq!(shop.audit(), []);
            }
        }
    }
}

#[test]
fn going_on_to_another_supplier_tells_nothing_and_its_answer_does() {
    let mut shop = listening();
    shop.buy("R-1").unwrap();
    let next = Some(shop.reroute("second", 20_500));
    let said = RecordAnswer { next, ..shop.answer_of("R-1", Source::Send, nothing_created()) };
    let recorded = shop.ask(said).unwrap();
    assert!(recorded.next.is_some() && recorded.told.is_empty());
    assert_eq!(told(&shop), []);
    let second = |shop: &Shop, source, answer| {
        let attempt = shop.newest_attempt("R-1");
        RecordAnswer { attempt, ..shop.answer_of("R-1", source, answer) }
    };
    shop.ask(second(&shop, Source::Send, unknown())).unwrap();
    // The first supplier is heard again, late.
    for late in [unknown(), Answer::NotReceived, refused()] {
        shop.answer("R-1", Source::Callback, late).unwrap();
    }
    assert_eq!(told(&shop), [EventKind::Pending]);
    shop.ask(second(&shop, Source::Status, confirmed())).unwrap();
    shop.answer("R-1", Source::Callback, confirmed()).unwrap();
    assert_eq!(told(&shop), [EventKind::Pending, EventKind::Success]);
}

#[test]
fn what_is_sent_again_is_not_pending_twice() {
    let mut shop = listening();
    shop.buy("R-1").unwrap();
    shop.answer("R-1", Source::Send, unknown()).unwrap();
    for _ in 0..3 {
        shop.advance(LOST_AFTER);
        shop.answer("R-1", Source::Status, Answer::NotReceived).unwrap();
        shop.send_again("R-1").unwrap();
        shop.answer("R-1", Source::Send, unknown()).unwrap();
    }
    assert_eq!(told(&shop), [EventKind::Pending]);
    // The first sending never left; the second one was left open.
    let mut shop = listening();
    shop.buy("R-1").unwrap();
    shop.answer("R-1", Source::Send, Answer::NotReceived).unwrap();
    shop.advance(LOST_AFTER);
    shop.send_again("R-1").unwrap();
    shop.answer("R-1", Source::Send, unknown()).unwrap();
    assert_eq!(told(&shop), [EventKind::Pending]);
}

#[test]
fn what_is_refused_is_not_told() {
    let mut shop = listening();
    shop.pend("R-1");
    // While it is being sent, nobody else speaks of it.
    for source in [Source::Status, Source::Operator] {
        assert_eq!(shop.answer("R-1", source, confirmed()).unwrap_err(), Refusal::AttemptInFlight);
    }
    shop.answer("R-1", Source::Send, confirmed()).unwrap();
    assert_eq!(shop.answer("R-1", Source::Operator, refused()).unwrap_err(), Refusal::OrderFinal);
    let before = (shop.books.clone(), shop.events.len());
    let order_id = shop.order("R-1").order_id;
    let key = DispatchKey { merchant_id: shop.merchant_id, order_id };
    let body: Arc<[u8]> = Arc::from(*b"{}");
    let test = |merchant, endpoint| AnnounceTest {
        key: DispatchKey { merchant_id: MerchantId(merchant), order_id: OrderId(77) },
        endpoint_id: EndpointId(endpoint),
        kind: EventKind::Success,
        body: body.clone(),
    };
    assert_eq!(shop.ask(test(1, 2)).unwrap_err(), Refusal::EndpointNotFound);
    assert_eq!(shop.ask(test(2, 1)).unwrap_err(), Refusal::EndpointNotFound, "another merchant's");
    let wrong = recorded(key, 1, 9, 0, TryOutcome::Acknowledged);
    assert_eq!(shop.ask(wrong).unwrap_err(), Refusal::DeliveryNotFound);
    let stale = recorded(key, 1, 1, 1, TryOutcome::Acknowledged);
    assert_eq!(shop.ask(stale).unwrap_err(), Refusal::DeliveryTried);
    assert_eq!((shop.books, shop.events.len()), before);
}

#[test]
fn each_merchants_events_are_numbered_without_gaps() {
    let mut shop = Shop::open();
    for merchant in [1, 2] {
        shop.merchant_id = MerchantId(merchant);
        add(&mut shop, merchant, all());
    }
    for order in 0..12 {
        shop.merchant_id = MerchantId(order % 2 + 1);
        let ref_id = format!("R-{order}");
        let purchase = shop.purchase(&ref_id);
        shop.ask(domain::command::AcceptPurchase { allow_duplicate: true, ..purchase }).unwrap();
        for answer in [unknown(), unknown(), confirmed_without_sn(), confirmed()] {
            shop.answer(&ref_id, Source::Callback, answer).unwrap();
        }
    }
    for merchant in [1, 2] {
        let of_merchant = shop.events.iter().filter(|event| event.merchant_id.0 == merchant);
        let numbers: Vec<i64> = of_merchant.map(|event| event.number).collect();
        assert_eq!(numbers, (1..=18).collect::<Vec<_>>());
        assert_eq!(shop.books[&MerchantId(merchant)].events, 18);
    }
    let ids: std::collections::BTreeSet<String> = shop.events.iter().map(domain::event::Event::webhook_id).collect();
    assert_eq!(ids.len(), 36, "no two have the same id");
}

#[test]
fn pending_is_off_unless_it_is_wanted_and_so_is_everything_else() {
    let mut shop = Shop::open();
    add(&mut shop, 1, EventKinds::default());
    add(&mut shop, 2, EventKinds::of([EventKind::Pending]));
    add(&mut shop, 3, EventKinds::NONE);
    add(&mut shop, 4, EventKinds::of([EventKind::SnReceived, EventKind::Refunded]));
    shop.pend("R-1");
    for answer in [unknown(), confirmed_without_sn(), confirmed(), refunded()] {
        shop.answer("R-1", Source::Callback, answer).unwrap();
    }
    assert_eq!(told(&shop).len(), 4, "what nobody wants can still be read");
    let meant: Vec<Vec<i64>> = (1..=4).map(|number| meant(&shop, number)).collect();
    assert_eq!(meant, [vec![2], vec![1], vec![1, 4], vec![1, 4]]);
}

#[test]
fn an_event_is_meant_for_those_that_were_there_and_not_switched_off() {
    let mut shop = Shop::open();
    for number in 1..=5 {
        add(&mut shop, number, all());
    }
    // The second is off; the third wants no more, the fourth fails: what they miss waits for them.
    change(&mut shop, EndpointsChange::Change(EndpointId(2), vec![EndpointChange::SwitchOff])).unwrap();
    let test_of = |shop: &mut Shop, endpoint| {
        let key = DispatchKey { merchant_id: shop.merchant_id, order_id: OrderId(shop.next_id()) };
        let body = test_body(EventKind::Success, key.order_id, shop.now);
        let endpoint_id = EndpointId(endpoint);
        let event = shop.ask(AnnounceTest { key, endpoint_id, kind: EventKind::Success, body }).unwrap();
        (key, event)
    };
    let (key, event) = test_of(&mut shop, 3);
    assert_eq!(meant(&shop, event.number), [3], "a test is for one alone");
    gone(&mut shop, key, 3, event.number);
    let (key, event) = test_of(&mut shop, 4);
    for tries_before in 0..6 {
        shop.ask(Redeliver { key, endpoint_id: EndpointId(4), event: event.number, unless_delivered: true }).unwrap();
        shop.ask(recorded(key, 4, event.number, tries_before, TryOutcome::Failed { wish: None })).unwrap();
        shop.advance(Duration::from_hours(24));
    }
    let states: Vec<EndpointState> =
        shop.endpoints[&shop.merchant_id].list.iter().map(|endpoint| endpoint.state).collect();
    let (on, off) = (EndpointState::On, EndpointState::Off);
    assert_eq!(states, [on, off, EndpointState::Gone, EndpointState::Failing, on]);
    // Each time the others were told.
    assert_eq!((meant(&shop, 2), meant(&shop, 4)), (vec![1, 4, 5], vec![1, 3, 5]));

    change(&mut shop, EndpointsChange::Remove(EndpointId(5))).unwrap();
    shop.pend("R-1");
    let recorded = shop.answer("R-1", Source::Send, confirmed_without_sn()).unwrap();
    assert_eq!(recorded.told, [EndpointId(1), EndpointId(3), EndpointId(4)]);
    assert_eq!(meant(&shop, 5), [1, 3, 4]);
    // Another merchant's endpoint hears nothing, one that comes later hears what comes later.
    shop.merchant_id = MerchantId(2);
    add(&mut shop, 6, all());
    shop.merchant_id = MerchantId(1);
    add(&mut shop, 7, all());
    change(&mut shop, EndpointsChange::Change(EndpointId(2), vec![EndpointChange::SwitchOn])).unwrap();
    shop.answer("R-1", Source::Callback, confirmed()).unwrap();
    assert_eq!(meant(&shop, 5), [1, 3, 4]);
    assert_eq!(meant(&shop, 6), [1, 2, 3, 4, 7]);
}

#[test]
fn a_merchant_is_told_when_an_endpoint_is_disabled_if_it_wants_to_know() {
    let failed = TryOutcome::Failed { wish: None };
    // How the endpoint's tries end, a day apart; and what the merchant is told.
    let table = [
        (vec![TryOutcome::Gone], Some(r#""status":"gone","failing_since":null,"http_status":410,"#)),
        (vec![failed; 6], Some(r#""status":"failing","failing_since":"2026-05-31T10:40:00+07:00","http_status":503,"#)),
        (vec![failed; 5], None),
        (vec![TryOutcome::Acknowledged; 6], None),
    ];
    for (outcomes, expected) in table {
        let mut shop = Shop::open();
        shop.now = Timestamp::parse_wib("2026-05-31 10:40:00").unwrap();
        for (number, kinds) in [(1, all()), (2, EventKinds::default()), (3, all()), (4, all())] {
            add(&mut shop, number, kinds);
        }
        change(&mut shop, EndpointsChange::Change(EndpointId(4), vec![EndpointChange::SwitchOff])).unwrap();
        let key = DispatchKey { merchant_id: shop.merchant_id, order_id: OrderId(shop.next_id()) };
        let body = test_body(EventKind::Success, key.order_id, shop.now);
        let test = AnnounceTest { key, endpoint_id: EndpointId(1), kind: EventKind::Success, body };
        let number = shop.ask(test).unwrap().number;
        let mut tries = (0..).zip(outcomes.clone()).peekable();
        while let Some((tries_before, outcome)) = tries.next() {
            let again = Redeliver { key, endpoint_id: EndpointId(1), event: number, unless_delivered: false };
            shop.ask(again).unwrap();
            let status = Some(if outcome == TryOutcome::Gone { 410 } else { 503 });
            let made = RecordDelivery { status, ..recorded(key, 1, number, tries_before, outcome) };
            let notice = made.notice;
            let (decided, step) = shop.apply(&made.into());
            let Ok(domain::command::Outcome::RecordDelivery(recorded)) = decided else { panic!("{decided:?}") };
            let Some(expected) = expected.filter(|_| tries.peek().is_none()) else {
                assert!(!recorded.has_disabled && recorded.told.is_empty() && step.events.is_empty(), "{outcomes:?}");
                shop.advance(Duration::from_hours(24));
                continue;
            };
            assert!(recorded.has_disabled);
            // The second didn't ask for it by name, and the fourth is off.
            assert_eq!(recorded.told, [EndpointId(3)]);
            let [told] = step.events.as_slice() else { panic!("{:?}", step.events) };
            assert_eq!((told.kind, told.order_id, told.created_at), (EventKind::WebhookDisabled, notice, shop.now));
            assert_eq!(meant(&shop, told.number), [3]);
            let body = format!(
                r#"{{"event":"webhook.disabled","timestamp":"{}","data":{{"id":"1","url":"https://1.example/","description":"",{expected}"message":"{}"}}}}"#,
                shop.now.wib().rfc3339(),
                EventKind::WebhookDisabled.message()
            );
            assert_eq!(str::from_utf8(&told.body), Ok(&*body));
        }
    }
}

#[test]
fn without_an_endpoint_it_is_written_all_the_same() {
    let mut shop = Shop::open();
    shop.pend("R-1");
    let said: Command = shop.answer_of("R-1", Source::Send, confirmed()).into();
    let (_, step) = shop.apply(&said);
    assert_eq!((step.events.len(), step.dispatches.len()), (1, 0));
}

#[test]
fn a_merchant_has_ten_endpoints_with_ten_addresses_also_from_the_beginning() {
    let most = i64::try_from(MOST_ENDPOINTS).unwrap();
    let mut shop = Shop::open();
    for number in 1..=most {
        add(&mut shop, number, all());
    }
    let added = |number, now| EndpointsChange::Add(Box::new(endpoint(number, now)));
    let now = shop.now;
    assert_eq!(change(&mut shop, added(99, now)).unwrap_err(), Refusal::TooManyEndpoints);
    let same = EndpointChange::Url("https://1.example/".into());
    let twice = EndpointsChange::Change(EndpointId(2), vec![same]);
    assert_eq!(change(&mut shop, twice).unwrap_err(), Refusal::EndpointExists);
    change(&mut shop, EndpointsChange::Remove(EndpointId(1))).unwrap();
    assert_eq!(change(&mut shop, added(2, now)).unwrap_err(), Refusal::EndpointExists);

    let mut registered = |endpoints| {
        let mut registration = registration(3);
        registration.endpoints = endpoints;
        shop.ask(registration).map(drop)
    };
    let twice = Endpoint { endpoint_id: EndpointId(21), ..endpoint(20, now) };
    assert_eq!(registered(vec![endpoint(20, now), twice]).unwrap_err(), Refusal::EndpointExists);
    let many = (20..=20 + most).map(|number| endpoint(number, now)).collect();
    assert_eq!(registered(many).unwrap_err(), Refusal::TooManyEndpoints);
    registered(vec![endpoint(20, now)]).unwrap();
}

/// The contract's own example, to the byte; then all that is odd.
#[test]
fn a_body_is_the_contracts_to_the_byte() {
    let created = Timestamp::parse_wib("2025-01-15 14:29:55").unwrap();
    let now = Timestamp::parse_wib("2025-01-15 14:30:00").unwrap();
    let mut shop = Shop::open();
    shop.buy("R-1").unwrap();
    let purchase = Order {
        order_id: OrderId(12345),
        product_code: crate::shop::product("TSEL10"),
        product_name: "Telkomsel 10.000".into(),
        customer_no: crate::shop::number("081234567890"),
        amount: rupiah(11_500),
        status: OrderStatus::Success,
        sn: Some("1234567890123456".into()),
        created_at: created,
        updated_at: now,
        ..shop.order("R-1").clone()
    };
    let named =
        |ref_id: &str, mode| domain::id::RefKey { mode, ref_id: RefId::parse(ref_id).unwrap(), ..purchase.key.clone() };
    let purchase = Order { key: named("ORDER-2025-001", Mode::Production), ..purchase.clone() };
    let body = |kind, order: &Order, inquiry| {
        let bytes = EventBody { kind, order, inquiry, now }.bytes().unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    };
    let example = concat!(
        r#"{"event":"order.success","timestamp":"2025-01-15T14:30:00+07:00","data":{"order_id":12345,"#,
        r#""ref_id":"ORDER-2025-001","status":"Success","product_code":"TSEL10","product_name":"Telkomsel 10.000","#,
        r#""customer_number":"081234567890","price":11500,"sn":"1234567890123456","message":"Transaksi berhasil","#,
        r#""created_at":"2025-01-15T14:29:55+07:00","updated_at":"2025-01-15T14:30:00+07:00"}}"#
    );
    assert_eq!(body(EventKind::Success, &purchase, None), example);

    let without_sn = Order { sn: None, key: named("ORDER-2025-001", Mode::Testing), ..purchase.clone() };
    let testing = example.replace("1234567890123456", "").replace("}}", r#","testing":true}}"#);
    assert_eq!(body(EventKind::Success, &without_sn, None), testing);

    for (kind, status, name, message) in [
        (EventKind::Failed, OrderStatus::Failed, "Failed", "Transaksi gagal"),
        (EventKind::Pending, OrderStatus::Pending, "Pending", "Transaksi sedang diproses"),
        (EventKind::Refunded, OrderStatus::Refunded, "Failed", "Transaksi dibatalkan, dana sudah dikembalikan"),
        (EventKind::SnReceived, OrderStatus::Success, "Success", "Nomor seri (SN) sudah diterima"),
    ] {
        let expected = example.replace("order.success", kind.name()).replace("Transaksi berhasil", message);
        let expected = expected.replace(r#""status":"Success""#, &format!(r#""status":"{name}""#));
        assert_eq!(body(kind, &Order { status, ..purchase.clone() }, None), expected);
    }

    let odd = "a/b é 😀 \u{2028}\u{2029} \"q\" \\ \u{0}\u{1f}\u{8}\u{c}\n\r\t\u{7f} <&>' \u{feff}";
    let written = "a/b é 😀 \\u2028\\u2029 \\\"q\\\" \\\\ \\u0000\\u001f\\b\\f\\n\\r\\t\u{7f} <&>' \u{feff}";
    let named_oddly = Order { product_name: odd.into(), sn: Some(odd.into()), ..purchase.clone() };
    let expected = example.replace("Telkomsel 10.000", written).replace("1234567890123456", written);
    assert_eq!(body(EventKind::Success, &named_oddly, None), expected);

    shop.pend("INQ-1");
    let mut inquiry = shop.inquiries[&shop.key("INQ-1")].clone();
    inquiry.quote.customer_name = odd.into();
    inquiry.quote.desc = r#"{"tarif":"R1\/900","detail":[{"periode":"202501"}]}"#.into();
    let bill = Order { claim: shop.order("INQ-1").claim.clone(), ..purchase.clone() };
    let bill_of = |desc: &str| {
        let added =
            format!(r#","customer_name":"{written}","tagihan":22500,"admin":2700,"total":25200,"desc":{desc}}}}}"#);
        example.replace("}}", &added)
    };
    assert_eq!(body(EventKind::Success, &bill, Some(&inquiry)), bill_of(&inquiry.quote.desc));
    let paid = Order { desc: Some(r#"{"token":"1234"}"#.into()), key: named("ORDER-2025-001", Mode::Testing), ..bill };
    let with_desc = bill_of(r#"{"token":"1234"}"#);
    let with_desc = format!(r#"{},"testing":true}}}}"#, with_desc.strip_suffix("}}").unwrap());
    assert_eq!(body(EventKind::Success, &paid, Some(&inquiry)), with_desc, "the payment's own desc, and testing last");
}

#[test]
fn a_stored_body_tells_the_order_as_it_is_after_the_change() {
    let mut shop = listening();
    shop.pend("R-1");
    shop.advance(Duration::from_secs(5));
    let desc: Arc<str> = r#"{"no_ref":"1"}"#.into();
    let answer = Answer::Confirmed { sn: None, cost: None, desc: Some(desc), ask_again: false };
    shop.answer("R-1", Source::Send, answer).unwrap();
    shop.advance(Duration::from_secs(10));
    shop.answer("R-1", Source::Callback, confirmed()).unwrap();
    let inquiry = shop.inquiries[&shop.key("R-1")].clone();
    let order = shop.order("R-1").clone();
    let last = shop.events.last().unwrap();
    let expected = EventBody { kind: EventKind::SnReceived, order: &order, inquiry: Some(&inquiry), now: shop.now };
    assert_eq!(last.body, expected.bytes().unwrap());
    let first = String::from_utf8(shop.events[0].body.to_vec()).unwrap();
    assert!(first.contains(r#""sn":"","#) && first.contains(r#""price":25200,"#), "{first}");
    assert!(first.contains(r#""created_at":"2026-05-31T10:40:02+07:00","updated_at":"2026-05-31T10:40:07+07:00""#));
    assert!(first.ends_with(r#""desc":{"no_ref":"1"}}}"#), "{first}");
}

/// Buys, and the supplier does it.
fn succeed(shop: &mut Shop, ref_id: &str) {
    let mut purchase = shop.purchase(ref_id);
    purchase.allow_duplicate = true;
    shop.ask(purchase).unwrap();
    let answer = shop.answer_of(ref_id, Source::Send, confirmed());
    shop.ask(answer).unwrap();
}

#[test]
fn nothing_is_written_for_whom_nobody_tells() {
    let mut shop = Shop::open();
    let untold = MerchantId(7);
    shop.merchant_id = untold;
    shop.ask(registration(7)).unwrap();
    shop.deposit("opening", 1_000_000).unwrap();
    succeed(&mut shop, "before");
    assert_eq!((told(&shop), shop.books[&untold].events), (vec![], 0));
    // It begins to read, or enters an endpoint: from then on, also when that is gone again.
    add(&mut shop, 70, all());
    succeed(&mut shop, "since");
    change(&mut shop, EndpointsChange::Remove(EndpointId(70))).unwrap();
    succeed(&mut shop, "still");
    assert_eq!((told(&shop), shop.books[&untold].events), (vec![EventKind::Success; 2], 2));

    shop.merchant_id = MerchantId(8);
    shop.ask(registration(8)).unwrap();
    shop.deposit("opening", 1_000_000).unwrap();
    shop.ask(BeginTelling { merchant_id: MerchantId(8) }).unwrap();
    shop.ask(BeginTelling { merchant_id: MerchantId(8) }).unwrap();
    succeed(&mut shop, "read");
    assert_eq!(told(&shop), [EventKind::Success]);
}
