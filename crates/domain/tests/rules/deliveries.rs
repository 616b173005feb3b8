//! Where events go: in the order of each order, tried until they are acknowledged or given up, and never twice without need.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::command::{
    AcceptPurchase, AnnounceTest, ChangeEndpoints, Command, EndpointsChange, Outcome, RecordDelivery, Redeliver,
    TryOutcome,
};
use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Delivery, DeliveryState, DispatchKey, Jitter};
use domain::endpoint::{Endpoint, EndpointChange, EndpointState};
use domain::event::{EventKind, EventKinds};
use domain::id::{EndpointId, OrderId};
use domain::refusal::{Fault, Refusal};
use domain::time::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::events::endpoint;
use crate::shop::{Shop, Step, confirmed, confirmed_without_sn, refunded, refused, unknown};

const FAILED: TryOutcome = TryOutcome::Failed { wish: None };
const HOUR: Duration = Duration::from_hours(1);

/// A try of one of the caller's events that came to this.
pub fn recorded(key: DispatchKey, endpoint: i64, event: i64, tries_before: u32, outcome: TryOutcome) -> RecordDelivery {
    RecordDelivery {
        key,
        endpoint_id: EndpointId(endpoint),
        event,
        tries_before,
        outcome,
        began_at: Timestamp::default(),
        took: Duration::from_millis(80),
        status: (outcome == TryOutcome::Acknowledged).then_some(200),
        answer: Arc::from(*b"ok"),
        fault: None,
        jitter: Jitter::NONE,
        notice: OrderId((1 << 40) + (event << 16) + (endpoint << 8) + i64::from(tries_before)),
    }
}

/// The endpoint answers 410 to the first try.
pub fn gone(shop: &mut Shop, key: DispatchKey, endpoint: i64, event: i64) {
    shop.ask(recorded(key, endpoint, event, 0, TryOutcome::Gone)).unwrap();
}

/// A shop with endpoint 1, and an order with so many of: pending, success, its sn, its refund.
fn told_of(events: usize) -> (Shop, DispatchKey) {
    let mut shop = Shop::open();
    let wanted = Endpoint { kinds: EventKinds::of(EventKind::ALL), ..endpoint(1, shop.now) };
    let merchant_id = shop.merchant_id;
    shop.ask(ChangeEndpoints { merchant_id, change: EndpointsChange::Add(Box::new(wanted)) }).unwrap();
    shop.buy("R-1").unwrap();
    for answer in [unknown(), confirmed_without_sn(), confirmed(), refunded()].into_iter().take(events) {
        shop.answer("R-1", Source::Callback, answer).unwrap();
    }
    let key = DispatchKey { merchant_id, order_id: shop.order("R-1").order_id };
    (shop, key)
}

/// For each event: how far it has come, and in how many seconds it is due.
fn lined_up(shop: &Shop, key: DispatchKey) -> Vec<(DeliveryState, Option<u64>)> {
    let deliveries = &shop.dispatches[&key].deliveries;
    deliveries.iter().map(|one| (one.state, one.next_at.map(|at| at.since(shop.now).as_secs()))).collect()
}

const WAITING: (DeliveryState, Option<u64>) = (DeliveryState::Pending, None);
const DUE: (DeliveryState, Option<u64>) = (DeliveryState::Pending, Some(0));
const DELIVERED: (DeliveryState, Option<u64>) = (DeliveryState::Delivered, None);
const GIVEN_UP: (DeliveryState, Option<u64>) = (DeliveryState::GivenUp, None);

#[test]
fn the_next_goes_once_its_predecessor_is_acknowledged_or_given_up() {
    let (mut shop, key) = told_of(4);
    assert_eq!(lined_up(&shop, key), [DUE, WAITING, WAITING, WAITING]);
    let failed = shop.ask(recorded(key, 1, 1, 0, FAILED)).unwrap();
    assert!(!failed.is_followed && !failed.has_disabled);
    assert_eq!(lined_up(&shop, key), [(DeliveryState::Pending, Some(5)), WAITING, WAITING, WAITING]);
    let arrived = shop.ask(recorded(key, 1, 1, 1, TryOutcome::Acknowledged)).unwrap();
    assert!(arrived.is_followed);
    assert_eq!(lined_up(&shop, key), [DELIVERED, DUE, WAITING, WAITING]);
    // 410 gives up this one; the next is first in line when the endpoint is switched on again.
    let gone = shop.ask(recorded(key, 1, 2, 0, TryOutcome::Gone)).unwrap();
    assert!(gone.has_disabled && gone.endpoint.unwrap().state == EndpointState::Gone);
    assert_eq!(lined_up(&shop, key), [DELIVERED, GIVEN_UP, DUE, WAITING]);
    shop.ask(recorded(key, 1, 3, 0, FAILED)).unwrap();
    shop.advance(72 * HOUR);
    let last = shop.ask(recorded(key, 1, 3, 1, FAILED)).unwrap();
    assert!(last.is_followed);
    assert_eq!(lined_up(&shop, key), [DELIVERED, GIVEN_UP, GIVEN_UP, DUE]);
    shop.ask(recorded(key, 1, 4, 0, TryOutcome::Acknowledged)).unwrap();
    let numbers: Vec<(i64, u32)> = shop.tries.iter().map(|made| (made.event, made.number)).collect();
    assert_eq!(numbers, [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2), (4, 1)]);
}

#[test]
fn what_is_redelivered_goes_before_what_came_after_it() {
    let (mut shop, key) = told_of(3);
    shop.ask(recorded(key, 1, 1, 0, TryOutcome::Acknowledged)).unwrap();
    shop.ask(recorded(key, 1, 2, 0, FAILED)).unwrap();
    let again = |unless_delivered| Redeliver { key, endpoint_id: EndpointId(1), event: 1, unless_delivered };
    assert_eq!(shop.ask(again(true)).unwrap().state, DeliveryState::Delivered, "it did arrive");
    assert_eq!(lined_up(&shop, key)[0], DELIVERED);
    let redelivered = shop.ask(again(false)).unwrap();
    assert_eq!((redelivered.tries, redelivered.tries_on_schedule, redelivered.first_tried_at), (1, 0, None));
    assert_eq!(lined_up(&shop, key), [DUE, WAITING, WAITING]);
    // The second was under way: what came of it is told as it stands, not as it would have been alone.
    let late = shop.ask(recorded(key, 1, 2, 1, FAILED)).unwrap();
    assert_eq!(late.delivery, *shop.dispatches[&key].find(EndpointId(1), 2).unwrap());
    assert_eq!(shop.tries.last().unwrap().next_at, None);
    assert_eq!(lined_up(&shop, key), [DUE, WAITING, WAITING]);
}

#[test]
fn an_endpoint_that_is_sent_an_older_event_gets_it_first() {
    let (mut shop, key) = told_of(1);
    let later = Box::new(endpoint(2, shop.now));
    shop.ask(ChangeEndpoints { merchant_id: key.merchant_id, change: EndpointsChange::Add(later) }).unwrap();
    shop.answer("R-1", Source::Callback, confirmed()).unwrap();
    let unmeant = Redeliver { key, endpoint_id: EndpointId(2), event: 1, unless_delivered: false };
    shop.ask(unmeant).unwrap();
    assert_eq!(lined_up(&shop, key), [DUE, WAITING, DUE, WAITING]);
}

/// Tries, each that long after the one before; what its owner changes after the first; and whether it is disabled by the last.
type Failing = (Vec<(Duration, TryOutcome)>, Option<EndpointChange>, bool);

#[test]
fn an_endpoint_is_disabled_after_five_days_without_a_success_and_not_before() {
    let day = 24 * HOUR;
    let url = || Some(EndpointChange::Url("https://new.example/".into()));
    // Fails every day, and then once more after this.
    let daily = |days: usize, last: (Duration, TryOutcome)| {
        let days = std::iter::repeat_n((day, FAILED), days);
        std::iter::once((Duration::ZERO, FAILED)).chain(days).chain([last]).collect::<Vec<_>>()
    };
    let table: Vec<Failing> = vec![
        (daily(4, (day, FAILED)), None, true),
        (daily(4, (day.saturating_sub(Duration::from_micros(1)), FAILED)), None, false),
        (daily(4, (day, TryOutcome::Acknowledged)), None, false),
        // It was not tried throughout.
        (daily(0, (9 * day, FAILED)), None, false),
        (daily(2, (9 * day, FAILED)), None, false),
        (daily(3, (9 * day, FAILED)), None, true),
        (vec![(Duration::ZERO, TryOutcome::Acknowledged), (9 * day, FAILED)], None, false),
        ([daily(3, (day, TryOutcome::Acknowledged)), daily(3, (day, FAILED))].concat(), None, false),
        (daily(4, (day, FAILED)), url(), false),
        (daily(4, (day, FAILED)), Some(EndpointChange::SwitchOn), false),
        (daily(4, (day, FAILED)), Some(EndpointChange::Description("new".into())), true),
    ];
    for (tries, change, is_disabled) in table {
        let (mut shop, key) = told_of(1);
        let merchant_id = key.merchant_id;
        for (number, (pause, outcome)) in (0..).zip(tries.clone()) {
            shop.advance(pause);
            let again = Redeliver { key, endpoint_id: EndpointId(1), event: 1, unless_delivered: false };
            shop.ask(again).unwrap();
            let recorded = shop.ask(recorded(key, 1, 1, number, outcome)).unwrap();
            let state = shop.endpoints[&merchant_id].list[0].state;
            assert_eq!(recorded.has_disabled, state == EndpointState::Failing);
            if number == 0
                && let Some(change) = &change
            {
                let change = EndpointsChange::Change(EndpointId(1), vec![change.clone()]);
                shop.ask(ChangeEndpoints { merchant_id, change }).unwrap();
            }
        }
        let state = shop.endpoints[&merchant_id].list[0].state;
        assert_eq!(state == EndpointState::Failing, is_disabled, "{tries:?} {change:?}");
    }
}

/// What a step of a sequence is made from.
type Draw = (u8, u8, u8, u8);

/// A random game with one merchant, a few orders and endpoints, and a courier that may be slow.
struct Game {
    shop: Shop,
    /// Tries that were begun.
    under_way: Vec<(DispatchKey, Delivery)>,
    /// All that was ever meant.
    meant: BTreeSet<(OrderId, EndpointId, i64)>,
    tries: BTreeMap<(OrderId, EndpointId, i64), u32>,
    tally: BTreeMap<&'static str, u32>,
}

impl Game {
    fn new() -> Self {
        let mut shop = Shop::open();
        shop.audits_always = false;
        for order in 0..4 {
            let purchase = shop.purchase(&format!("R-{order}"));
            shop.ask(AcceptPurchase { allow_duplicate: true, ..purchase }).unwrap();
        }
        let mut game = Self {
            shop,
            under_way: Vec::new(),
            meant: BTreeSet::new(),
            tries: BTreeMap::new(),
            tally: BTreeMap::new(),
        };
        for number in [1, 2] {
            let change = EndpointsChange::Add(Box::new(game.endpoint(number)));
            game.perform(&game.change(change)).unwrap();
        }
        game
    }

    fn endpoint(&self, number: i64) -> Endpoint {
        Endpoint { kinds: EventKinds::of(EventKind::ALL), ..endpoint(number, self.shop.now) }
    }

    fn change(&self, change: EndpointsChange) -> Command {
        ChangeEndpoints { merchant_id: self.shop.merchant_id, change }.into()
    }

    fn run(&mut self, draws: &[Draw]) -> Result<(), String> {
        for (place, draw) in draws.iter().enumerate() {
            let Some(command) = self.command(*draw) else { continue };
            self.perform(&command).map_err(|why| format!("{why}, at step {place}: {command:?}"))?;
        }
        Ok(())
    }

    fn command(&mut self, (verb, which, how, twist): Draw) -> Option<Command> {
        let endpoint_id = EndpointId(i64::from(which % 4) + 1);
        Some(match verb % 32 {
            0..6 => {
                let answers: [fn() -> Answer; 5] = [unknown, confirmed_without_sn, confirmed, refunded, refused];
                let answer = answers[usize::from(how) % answers.len()]();
                self.shop.answer_of(&format!("R-{}", which % 4), Source::Callback, answer).into()
            }
            6..13 => {
                self.begin_a_try(which);
                return None;
            }
            13..22 => {
                let place = usize::from(which).checked_rem(self.under_way.len())?;
                let (key, delivery) = self.under_way.swap_remove(place);
                let outcome = match how % 16 {
                    0..6 => TryOutcome::Acknowledged,
                    6 => TryOutcome::Gone,
                    7 => TryOutcome::Failed { wish: Some(Duration::from_secs(u64::from(twist) * 900)) },
                    _ => FAILED,
                };
                let jitter = Jitter::from_random(u32::from(twist));
                let tried = recorded(key, delivery.endpoint_id.0, delivery.event, delivery.tries, outcome);
                RecordDelivery { jitter, ..tried }.into()
            }
            22..25 => {
                let event = self.shop.events.get(usize::from(how).checked_rem(self.shop.events.len())?)?;
                let key = DispatchKey { merchant_id: event.merchant_id, order_id: event.order_id };
                Redeliver { key, endpoint_id, event: event.number, unless_delivered: twist % 2 == 0 }.into()
            }
            25 | 26 => self.change(match how % 8 {
                0 => EndpointsChange::Remove(endpoint_id),
                1 | 2 => EndpointsChange::Add(Box::new(self.endpoint(endpoint_id.0))),
                3 => EndpointsChange::Change(endpoint_id, vec![EndpointChange::SwitchOff]),
                4 => EndpointsChange::Change(endpoint_id, vec![EndpointChange::Kinds(EventKinds::default())]),
                _ => EndpointsChange::Change(endpoint_id, vec![EndpointChange::SwitchOn]),
            }),
            27 if how < 60 => {
                let order_id = OrderId(self.shop.next_id());
                let key = DispatchKey { merchant_id: self.shop.merchant_id, order_id };
                AnnounceTest { key, endpoint_id, kind: EventKind::Success, body: Arc::from(*b"{}") }.into()
            }
            _ => {
                let span = [Duration::ZERO, Duration::from_secs(6), Duration::from_mins(40), 13 * HOUR, 30 * HOUR];
                self.shop.advance(span[usize::from(how) % span.len()]);
                return None;
            }
        })
    }

    /// Somebody takes what is due, as a courier would: one try of an event at a time.
    fn begin_a_try(&mut self, which: u8) {
        let now = self.shop.now;
        let is_on = |endpoint_id| {
            let endpoints = self.shop.endpoints.get(&self.shop.merchant_id);
            let found = endpoints.and_then(|endpoints| endpoints.find(endpoint_id));
            found.is_some_and(|endpoint| endpoint.state == EndpointState::On)
        };
        let is_free = |key: DispatchKey, delivery: &Delivery| {
            let of = |(its, other): &(DispatchKey, Delivery)| (*its, other.endpoint_id, other.event);
            !self.under_way.iter().any(|other| of(other) == (key, delivery.endpoint_id, delivery.event))
        };
        let due: Vec<(DispatchKey, Delivery)> = self
            .shop
            .dispatches
            .values()
            .flat_map(|dispatch| dispatch.deliveries.iter().map(|delivery| (dispatch.key, *delivery)))
            .filter(|(key, delivery)| {
                delivery.next_at.is_some_and(|at| at <= now) && is_on(delivery.endpoint_id) && is_free(*key, delivery)
            })
            .collect();
        if let Some(place) = usize::from(which).checked_rem(due.len()) {
            self.under_way.push(due[place]);
        }
    }

    fn perform(&mut self, command: &Command) -> Result<(), String> {
        let endpoints = self.shop.endpoints.get(&self.shop.merchant_id).cloned();
        let (decided, step) = self.shop.apply(command);
        match &decided {
            Err(Refusal::Fault(Fault::Overflow)) | Ok(_) => {}
            Err(Refusal::Fault(fault)) => return Err(format!("{fault:?}")),
            Err(_) if !step.is_nothing() => return Err("a refused command changed something".into()),
            Err(_) => {}
        }
        self.note(&step, command)?;
        self.look_at_lines()?;
        if let (Command::RecordDelivery(tried), Ok(Outcome::RecordDelivery(recorded))) = (command, &decided) {
            let dispatch = &self.shop.dispatches[&tried.key];
            if dispatch.find(tried.endpoint_id, tried.event) != Some(&recorded.delivery) {
                return Err("the decision is not what is stored".into());
            }
            let tried_before = endpoints.as_ref().and_then(|all| all.find(tried.endpoint_id));
            let must = tried_before.is_some_and(|endpoint| {
                let is_failure = matches!(tried.outcome, TryOutcome::Failed { .. });
                let is_over = endpoint.outage.is_some_and(|mut outage| {
                    outage.note_failure(self.shop.now);
                    outage.counted >= 5 && self.shop.now.since(outage.since) >= 120 * HOUR
                });
                endpoint.state == EndpointState::On && (is_failure && is_over || tried.outcome == TryOutcome::Gone)
            });
            if recorded.has_disabled != must {
                return Err(format!("disabled: {}, must be: {must}", recorded.has_disabled));
            }
            self.note_try(tried, &recorded.delivery, step.tries.last())?;
        } else if !step.tries.is_empty() {
            return Err("something else was logged as a try".into());
        }
        Ok(())
    }

    /// What was announced stays announced, and what was acknowledged stays so unless somebody asks for it again.
    fn note(&mut self, step: &Step, command: &Command) -> Result<(), String> {
        let is_redelivery = matches!(command, Command::Redeliver(_));
        for shift in &step.dispatches {
            for after in &shift.after.deliveries {
                let before = shift.before.as_ref().and_then(|before| before.find(after.endpoint_id, after.event));
                if before.is_some_and(|before| before.state != DeliveryState::Pending)
                    && after.state == DeliveryState::Pending
                    && !is_redelivery
                {
                    return Err(format!("{before:?} came back as {after:?}"));
                }
                if before.is_some_and(|before| before.tries > after.tries) {
                    return Err("tries were forgotten".into());
                }
                self.meant.insert((shift.after.key.order_id, after.endpoint_id, after.event));
            }
        }
        for event in &step.events {
            let endpoints = self.shop.endpoints.get(&event.merchant_id);
            let wanted = endpoints
                .into_iter()
                .flat_map(|endpoints| &endpoints.list)
                .filter(|endpoint| endpoint.state != EndpointState::Off && endpoint.kinds.contains(event.kind))
                .filter(|endpoint| !is_disabled_by(command, endpoint.endpoint_id));
            let is_test = matches!(command, Command::AnnounceTest(_));
            for endpoint in wanted.filter(|_| !is_test) {
                if !self.meant.contains(&(event.order_id, endpoint.endpoint_id, event.number)) {
                    return Err(format!("{} was not told of event {}", endpoint.endpoint_id, event.number));
                }
            }
        }
        Ok(())
    }

    /// The rules that hold after every step.
    fn look_at_lines(&self) -> Result<(), String> {
        let mut found = BTreeSet::new();
        for dispatch in self.shop.dispatches.values() {
            let mut lines: BTreeMap<EndpointId, Vec<&Delivery>> = BTreeMap::new();
            for delivery in &dispatch.deliveries {
                found.insert((dispatch.key.order_id, delivery.endpoint_id, delivery.event));
                lines.entry(delivery.endpoint_id).or_default().push(delivery);
                if delivery.state != DeliveryState::Pending && delivery.next_at.is_some() {
                    return Err(format!("over, and due: {delivery:?}"));
                }
            }
            for (endpoint_id, line) in lines {
                if !line.is_sorted_by_key(|delivery| delivery.event) {
                    return Err(format!("the line of {endpoint_id} is not in order"));
                }
                let mut waiting = line.iter().filter(|delivery| delivery.state == DeliveryState::Pending);
                let is_first_due = waiting.next().is_none_or(|first| first.next_at.is_some());
                if !is_first_due || waiting.any(|later| later.next_at.is_some()) {
                    return Err(format!("not the first of {endpoint_id}, and it alone, is due: {line:#?}"));
                }
            }
        }
        if found == self.meant { Ok(()) } else { Err("what was announced is forgotten".into()) }
    }

    fn note_try(&mut self, tried: &RecordDelivery, after: &Delivery, made: Option<&DeliveryTry>) -> Result<(), String> {
        let count = self.tries.entry((tried.key.order_id, tried.endpoint_id, tried.event)).or_default();
        *count += 1;
        let made = made.ok_or("a try was not logged")?;
        if (*count, *count, after.next_at) != (after.tries, made.number, made.next_at) {
            return Err(format!("{made:?} is not what {after:?} says"));
        }
        let first = after.first_tried_at.ok_or("it was never tried")?;
        let is_late = self.shop.now >= first.plus(72 * HOUR);
        let expected = match tried.outcome {
            TryOutcome::Acknowledged => DeliveryState::Delivered,
            TryOutcome::Gone => DeliveryState::GivenUp,
            TryOutcome::Failed { .. } if is_late => DeliveryState::GivenUp,
            TryOutcome::Failed { .. } => DeliveryState::Pending,
        };
        *self.tally.entry(if is_late { "late" } else { "in time" }).or_default() += 1;
        let latest = first.plus(72 * HOUR).max(self.shop.now.plus(24 * HOUR));
        if after.state != expected || after.next_at.is_some_and(|at| at > latest || at <= self.shop.now) {
            return Err(format!("{:?} led to {after:?}", tried.outcome));
        }
        Ok(())
    }
}

/// Whether it is what this try was for: of its own end an endpoint is not told.
fn is_disabled_by(command: &Command, endpoint_id: EndpointId) -> bool {
    matches!(command, Command::RecordDelivery(tried) if tried.endpoint_id == endpoint_id)
}

#[test]
fn whatever_happens_each_line_is_kept() {
    let config = Config { cases: 1_500, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let draws = vec((any::<u8>(), any::<u8>(), any::<u8>(), any::<u8>()), 1..250);
    let tally = std::cell::RefCell::new(BTreeMap::<&str, u32>::new());
    TestRunner::new(config)
        .run(&draws, |draws| {
            let mut game = Game::new();
            let played = game.run(&draws);
            for (name, times) in game.tally {
                *tally.borrow_mut().entry(name).or_default() += times;
            }
            played.map_err(TestCaseError::fail)
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    let tally = tally.into_inner();
    assert!(tally.values().filter(|&&times| times > 200).count() == 2, "too little happened: {tally:?}");
}
