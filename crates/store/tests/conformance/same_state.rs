//! Whatever commands come, in whatever batches: all stores answer every command and every question alike.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::AttemptKey;
use domain::callback::CallbackVerdict;
use domain::command::{
    AnnounceTest, ChangeEndpoints, ChangeMerchant, Command, EndpointsChange, HandToDesk, JudgeCallback, KeepCallback,
    MerchantChange, ObservePrices, ObservedPrice, Outcome, PutSupplier, RecordAnswer, RecordDelivery, Redeliver,
    SendAgain, TryOutcome, apply,
};
use domain::dispatch::{DispatchKey, Jitter};
use domain::endpoint::{CustomHeader, Endpoint, EndpointChange};
use domain::event::{EventKind, EventKinds};
use domain::exchange::Exchange;
use domain::id::{CauseId, EndpointId, MerchantId, Mode, OrderId, ProductCode, SupplierName};
use domain::merchant::Sealed;
use domain::money::Rupiah;
use domain::order::OrderStatus;
use domain::product::CutOff;
use domain::refusal::Refusal;
use domain::supplier::{SupplierProfile, SupplierState};
use domain::time::Timestamp;
use domain::world::Reads;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::{OrderFilter, Snapshot, StoreError};

use super::harness::Bench;
use super::samples::{
    bill_claim, bill_of, buy, callback, confirmed, deadlines, endpoint, fund, inquire, pay, purchase_claim,
    put_products, record, reference, refused, register, reroute, supplier, supplier_ref, unknown, words,
};

const MERCHANTS: std::ops::Range<i64> = 1..4;
/// Even ones are bills, which merchants and references share in pairs; odd ones are purchases.
const REFERENCES: std::ops::Range<i64> = 0..6;

/// The reference of an order of which its merchant was told in the beginning.
const TOLD: i64 = 90;

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    Register,
    Fund(i64),
    Suspend(bool),
    PutProducts,
    Inquire,
    Order,
    /// What was said, by whom, and of which attempt.
    Answer(u8, Source, u16),
    SendAgain,
    HandToDesk,
    PutSupplier(bool),
    Callback(u8),
    Observe(i64),
    /// What is changed about the merchant's endpoint.
    Endpoint(u8),
    /// Of which event, how often it had been tried, and what it came to.
    Try(i64, u32, u8),
    Redeliver(i64, bool),
    TestEvent,
}

/// A step, and for whom: merchant, reference, mode.
pub type Deed = (Step, i64, i64, Mode);

fn steps() -> impl Strategy<Value = Step> {
    let sources = [Source::Send, Source::Status, Source::Callback, Source::Operator];
    let sources = prop::sample::select(sources.to_vec());
    prop_oneof![
        1 => Just(Step::Register),
        2 => (-200_000..400_000_i64).prop_map(Step::Fund),
        1 => prop::bool::weighted(0.3).prop_map(Step::Suspend),
        1 => Just(Step::PutProducts),
        8 => Just(Step::Inquire),
        16 => Just(Step::Order),
        32 => (0..=6_u8, sources, prop_oneof![8 => Just(1_u16), 1 => 2..4_u16])
            .prop_map(|(answer, source, number)| Step::Answer(answer, source, number)),
        2 => Just(Step::SendAgain),
        1 => Just(Step::HandToDesk),
        2 => any::<bool>().prop_map(Step::PutSupplier),
        8 => (0..8_u8).prop_map(Step::Callback),
        2 => (-1..4_i64).prop_map(Step::Observe),
        4 => (0..8_u8).prop_map(Step::Endpoint),
        16 => (1..5_i64, prop_oneof![4 => Just(0_u32), 1 => 1..4_u32], 0..5_u8)
            .prop_map(|(event, tries, outcome)| Step::Try(event, tries, outcome)),
        2 => (1..5_i64, any::<bool>()).prop_map(|(event, unless)| Step::Redeliver(event, unless)),
        1 => Just(Step::TestEvent),
    ]
}

/// Batches with the seconds that pass after each.
pub fn batches() -> impl Strategy<Value = Vec<(Vec<Deed>, u64)>> {
    let mode = prop_oneof![3 => Just(Mode::Production), 1 => Just(Mode::Testing)];
    vec((vec((steps(), MERCHANTS, REFERENCES, mode), 1..6), 0..90_u64), 1..30)
}

fn order_number(merchant: i64, number: i64, mode: Mode) -> i64 {
    1_000 + number * 10 + merchant * 2 + i64::from(mode == Mode::Testing)
}

fn command(&(step, merchant, number, mode): &Deed, cause: i64, now: Timestamp) -> Command {
    let key = reference(merchant, mode, number);
    let order = order_number(merchant, number, mode);
    let attempt = AttemptKey { merchant_id: MerchantId(merchant), order_id: OrderId(order), number: 1 };
    let is_bill = number % 2 == 0;
    let bill = number / 4;
    match step {
        Step::Register => register(merchant).into(),
        Step::Fund(amount) => fund(merchant, cause, amount).into(),
        Step::Suspend(is_on) => {
            let change = if is_on { MerchantChange::Suspend } else { MerchantChange::Resume };
            let limit = MerchantChange::CreditLimit(Rupiah::whole(10_000));
            ChangeMerchant { merchant_id: MerchantId(merchant), changes: vec![change, limit] }.into()
        }
        Step::PutProducts => put_products(if is_bill { &["MPBPJS", "TSEL21"] } else { &["TSEL21"] }).into(),
        Step::Inquire => inquire(&key, bill).into(),
        Step::Order if is_bill => pay(&key, bill, order, now).into(),
        Step::Order => buy(&key, number, order, now).into(),
        Step::SendAgain => SendAgain { key, attempt, deadlines: deadlines(now) }.into(),
        Step::HandToDesk => HandToDesk { key, attempt }.into(),
        Step::PutSupplier(is_new) => {
            let state = if is_bill { SupplierState::On } else { SupplierState::Draining };
            let name = ["digi", "iak", "second"][usize::try_from(number % 3).unwrap()];
            PutSupplier { profile: SupplierProfile { state, updated_at: now, ..supplier(name) }, is_new }.into()
        }
        Step::Endpoint(what) => change_endpoints(merchant, number, what, now).into(),
        Step::Try(event, tries_before, outcome) => {
            let outcome = match outcome {
                0 => TryOutcome::Acknowledged,
                1 => TryOutcome::Gone,
                2 => TryOutcome::Failed { wish: Some(Duration::from_hours(1)) },
                _ => TryOutcome::Failed { wish: None },
            };
            RecordDelivery {
                key: told_of(merchant, event, order),
                endpoint_id: endpoint_of(merchant, 0),
                event,
                tries_before,
                outcome,
                began_at: now,
                took: Duration::from_millis(80),
                status: (tries_before > 0).then_some(500),
                answer: std::sync::Arc::from(*b"no"),
                fault: (tries_before == 0).then(|| "silence".into()),
                jitter: Jitter::NONE,
                notice: OrderId(7_000 + cause),
            }
            .into()
        }
        Step::Redeliver(event, unless_delivered) => {
            let key = told_of(merchant, event, order);
            Redeliver { key, endpoint_id: endpoint_of(merchant, number), event, unless_delivered }.into()
        }
        Step::TestEvent => {
            let key = DispatchKey { merchant_id: MerchantId(merchant), order_id: OrderId(5_000 + cause) };
            let body = std::sync::Arc::from(*b"{}");
            let endpoint_id = endpoint_of(merchant, number);
            AnnounceTest { key, endpoint_id, kind: EventKind::SnReceived, body }.into()
        }
        Step::Callback(0..3) => KeepCallback { callback: callback(number) }.into(),
        Step::Callback(what) => {
            let verdict = if what % 2 == 0 { CallbackVerdict::Recorded } else { CallbackVerdict::Forged };
            let order_id = (what % 2 == 0).then_some(OrderId(order));
            JudgeCallback { callback_id: number, verdict, order_id }.into()
        }
        Step::Observe(what) => {
            let code = ProductCode::parse(if is_bill { "MPBPJS" } else { "TSEL21" }).unwrap();
            let price = (what > 0).then(|| ObservedPrice {
                sku: "bpjs1".into(),
                cost: Rupiah::whole(150_000 + u32::try_from(what).unwrap()),
                is_available: what > 1,
                cut_off: (what > 2).then_some(CutOff { start: 1_425, end: 15 }),
            });
            let supplier = SupplierName::parse(if what < 0 { "iak" } else { "sandbox" }).unwrap();
            ObservePrices { supplier, observed: vec![(code, price)] }.into()
        }
        Step::Answer(answer, source, attempt_number) => {
            let answer = match answer {
                0 => confirmed(151_000),
                1 => confirmed(160_000),
                2 => refused(),
                3 => unknown(),
                4 => Answer::NotReceived,
                5 => nothing_created(),
                _ => Answer::Refunded { code: "50".into() },
            };
            let claim = if is_bill { bill_claim(&key, bill) } else { purchase_claim(&key, number) };
            let next = (answer == nothing_created() || answer == Answer::NotReceived).then(|| reroute(order, now));
            let words = (source != Source::Operator).then(|| words("{}"));
            let attempt = AttemptKey { number: attempt_number, ..attempt };
            RecordAnswer { words, next, attempt, ..record(&key, claim, order, answer, source) }.into()
        }
    }
}

/// The order that an event is about, as far as that is known.
fn told_of(merchant: i64, event: i64, otherwise: i64) -> DispatchKey {
    let first = order_number(merchant, TOLD, Mode::Production);
    DispatchKey { merchant_id: MerchantId(merchant), order_id: OrderId(if event < 3 { first } else { otherwise }) }
}

/// A merchant has one or two.
fn endpoint_of(merchant: i64, number: i64) -> EndpointId {
    EndpointId(100 * merchant + number % 2)
}

fn change_endpoints(merchant: i64, number: i64, what: u8, now: Timestamp) -> ChangeEndpoints {
    let endpoint_id = endpoint_of(merchant, number);
    let headers = vec![CustomHeader { name: "x-shop".into(), value: Sealed(std::sync::Arc::from(*b"1")) }];
    let until = now.plus(Duration::from_hours(24));
    let change = |change| EndpointsChange::Change(endpoint_id, vec![change]);
    let change = match what {
        0..3 => {
            let kinds = EventKinds::of(EventKind::ALL);
            EndpointsChange::Add(Box::new(Endpoint { kinds, ..endpoint(endpoint_id.0, now) }))
        }
        3 => EndpointsChange::Remove(endpoint_id),
        4 => change(EndpointChange::Headers(headers)),
        5 => change(EndpointChange::Secret(Sealed(std::sync::Arc::from(*b"new")), until)),
        6 => change(EndpointChange::SwitchOff),
        _ => change(EndpointChange::SwitchOn),
    };
    ChangeEndpoints { merchant_id: MerchantId(merchant), change }
}

fn nothing_created() -> Answer {
    Answer::Refused { code: "20".into(), nothing_created: true }
}

/// Two merchants with money, and an order of which they are told twice; the third comes when it comes.
fn opening() -> Vec<Command> {
    let mut commands: Vec<Command> =
        vec![register(1).into(), register(2).into(), fund(1, 1, 900_000).into(), fund(2, 2, 300_000).into()];
    let then = Timestamp::from_seconds(1);
    for merchant in [1, 2] {
        let key = reference(merchant, Mode::Production, TOLD);
        let order = order_number(merchant, TOLD, Mode::Production);
        let say = |answer| record(&key, purchase_claim(&key, TOLD), order, answer, Source::Send);
        commands.push(change_endpoints(merchant, 0, 0, then).into());
        commands.push(buy(&key, TOLD, order, then).into());
        commands.push(say(unknown()).into());
        commands.push(say(confirmed(20_100)).into());
    }
    commands
}

/// The batches as commands, with the vouchers numbered on from the opening's.
pub fn run(bench: &mut Bench, batches: &[(Vec<Deed>, u64)]) -> Vec<String> {
    let mut causes = 3..;
    let mut answers = vec![format!("{:?}", bench.batch(&opening()))];
    for (deeds, pause) in batches {
        let commands: Vec<Command> =
            deeds.iter().zip(&mut causes).map(|(deed, cause)| command(deed, cause, bench.now)).collect();
        answers.push(format!("{:?}", bench.batch(&commands)));
        bench.advance(Duration::from_secs(*pause));
    }
    answers
}

/// Endpoints get increasing numbers in life, but not here: the databases order them by number, memory as they came.
fn in_order(endpoints: &mut [Endpoint]) {
    endpoints.sort_unstable_by_key(|endpoint| endpoint.endpoint_id);
}

/// Every answer to every question.
pub fn dump(snapshot: &mut dyn Snapshot, now: Timestamp) -> String {
    let mut text = String::new();
    let mut note = |question: &str, answer: &dyn std::fmt::Debug| writeln!(text, "{question}: {answer:?}").unwrap();
    note("merchants", &snapshot.merchants().unwrap());
    note("products", &snapshot.products().unwrap());
    note("books", &snapshot.books().unwrap());
    note("newest", &snapshot.newest().unwrap());
    note("suppliers", &snapshot.suppliers().unwrap());
    note("newest callbacks", &snapshot.newest_callbacks(3).unwrap());
    for status in [None, Some(OrderStatus::Pending), Some(OrderStatus::Success), Some(OrderStatus::Refunded)] {
        for on_desk in [false, true] {
            let filter = OrderFilter { merchant_id: None, status, on_desk };
            note("orders", &snapshot.orders(&filter, 100).unwrap());
            let of_one = OrderFilter { merchant_id: Some(MerchantId(1)), ..filter };
            note("merchant 1's orders", &snapshot.orders(&of_one, 5).unwrap());
        }
    }
    for later in [0, 5, 100] {
        note("due", &snapshot.due_attempts(now.plus(Duration::from_secs(later)), 5).unwrap());
    }
    let mut endpoints = snapshot.all_endpoints().unwrap();
    for of_one in &mut endpoints {
        in_order(&mut of_one.list);
    }
    note("endpoints", &endpoints);
    note("audited orders", &snapshot.orders_after(OrderId(1_020), 5).unwrap());
    note("audited vouchers", &snapshot.vouchers_after(CauseId(3), 5).unwrap());
    note("audited transfers", &snapshot.transfers_between(CauseId(2), CauseId(i64::MAX)).unwrap());
    for merchant in MERCHANTS {
        let id = MerchantId(merchant);
        note("book", &snapshot.book(id).unwrap());
        note("audited mutations", &snapshot.mutations_after(id, 2, 100).unwrap());
        dump_events(snapshot, merchant, now, &mut note);
        for page in 1..4 {
            let from = Some(now.minus(Duration::from_mins(9)));
            let to = Some(now.minus(Duration::from_mins(1)));
            note("mutations", &snapshot.mutations(id, None, None, page, 3).unwrap());
            note("mutations of a time", &snapshot.mutations(id, from, to, page, 2).unwrap());
        }
        for mode in [Mode::Production, Mode::Testing] {
            for number in REFERENCES {
                let key = reference(merchant, mode, number);
                note("inquiry", &snapshot.inquiry(&key).unwrap());
                note("order", &snapshot.order(&key).unwrap());
                note("bill", &snapshot.bill(&bill_of(&key, number / 4)).unwrap());
                note("by reference", &snapshot.orders_by_ref(&key.ref_id).unwrap());
                let order_id = OrderId(order_number(merchant, number, mode));
                note("by number", &snapshot.order_by_id(order_id).unwrap());
                note("attempts", &snapshot.attempts(id, order_id).unwrap());
                note("exchanges", &snapshot.exchanges(id, order_id).unwrap());
                note("callbacks", &snapshot.callbacks(order_id).unwrap());
                for (supplier, reference) in [("sandbox", order_id.0), ("second", order_id.0 + 1_000_000)] {
                    let (name, reference) = (SupplierName::parse(supplier).unwrap(), supplier_ref(reference));
                    note("by supplier's reference", &snapshot.attempt_by_supplier_ref(&name, &reference).unwrap());
                }
            }
        }
    }
    snapshot.each_bill(&mut |bill, orders| note("audited bill", &(bill, orders))).unwrap();
    text
}

/// Every answer to every question about a merchant's events.
fn dump_events(
    snapshot: &mut dyn Snapshot,
    merchant: i64,
    now: Timestamp,
    note: &mut dyn FnMut(&str, &dyn std::fmt::Debug),
) {
    let id = MerchantId(merchant);
    let mut endpoints = snapshot.endpoints(id).unwrap();
    in_order(&mut endpoints);
    note("endpoints", &endpoints);
    note("event", &snapshot.event(id, 3).unwrap());
    let events = snapshot.events_after(id, 0, Timestamp::default(), 100).unwrap();
    note("newer events", &snapshot.events_after(id, 2, now.minus(Duration::from_mins(2)), 3).unwrap());
    note("older events", &snapshot.events_before(id, 4, 2).unwrap());
    for number in [0, 1] {
        let endpoint_id = endpoint_of(merchant, number);
        for later in [0, 60, 100_000] {
            let until = now.plus(Duration::from_secs(later));
            // What is due without its event is corrupt in both.
            let due = snapshot.due_deliveries(endpoint_id, until, 3);
            note("due", &due.map_err(|error| error.to_string()));
            note("next", &snapshot.next_delivery_after(endpoint_id, until).unwrap());
        }
        for event in &events {
            let key = DispatchKey { merchant_id: id, order_id: event.order_id };
            note("dispatch", &snapshot.dispatch(key).unwrap());
            note("tries", &snapshot.delivery_tries(key, endpoint_id, event.number).unwrap());
        }
    }
    note("events", &events);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_store_remembers_the_same(batches in batches()) {
        let mut memory = Bench::memory();
        let answers = run(&mut memory, &batches);
        for mut bench in [Bench::sqlite(), Bench::postgres()] {
            prop_assert_eq!(&answers, &run(&mut bench, &batches));
            let now = memory.now;
            prop_assert_eq!(dump(&mut *memory.snapshot(), now), dump(&mut *bench.snapshot(), now));
        }
    }
}

/// What a batch meets.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    Nothing,
    /// It adds what stands already, after its commands.
    Conflict,
    /// It panics after its commands.
    Panic,
    /// A database can't write to this table.
    Table(&'static str),
}

fn troubles() -> impl Strategy<Value = Trouble> {
    let tables = [
        "books",
        "inquiries",
        "orders",
        "attempts",
        "bills",
        "duplicate_guards",
        "transfers",
        "exchanges",
        "endpoints",
        "endpoint_headers",
        "events",
        "deliveries",
        "delivery_tries",
    ];
    prop_oneof![
        6 => Just(Trouble::Nothing),
        2 => Just(Trouble::Conflict),
        1 => Just(Trouble::Panic),
        4 => prop::sample::select(tables.to_vec()).prop_map(Trouble::Table),
    ]
}

type Answered = Result<Vec<Result<Outcome, Refusal>>, StoreError>;

/// Runs a batch that ends in a conflict or a panic.
fn run_into(bench: &mut Bench, commands: &[Command], trouble: Trouble) -> Result<(), StoreError> {
    let mut reads = Reads::default();
    for command in commands {
        command.name_rows(&mut reads);
    }
    let now = bench.now;
    let twice = Exchange {
        attempt: AttemptKey { merchant_id: MerchantId(1), order_id: OrderId(1), number: 1 },
        number: 1,
        source: Source::Send,
        words: words("twice"),
        recorded_at: now,
    };
    bench.transact(&reads, |world| {
        for command in commands {
            let _ = apply(world, command, now.max(world.newest()));
        }
        match trouble {
            Trouble::Panic => panic!("a bug"),
            Trouble::Nothing | Trouble::Conflict | Trouble::Table(_) => {}
        }
        world.append_exchange(twice.clone());
        world.append_exchange(twice.clone());
    })
}

/// Runs a batch while a database, unlike memory, may fail in the middle of writing it.
fn run_without(table: &str, bench: &mut Bench, commands: &[Command]) -> Answered {
    bench.close_table(table);
    let failed = bench.batch(commands);
    bench.open_table(table);
    // As the engine does once the store works again.
    failed.or_else(|_| bench.batch(commands))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_fails_in_between_leaves_no_trace_anywhere(batches in vec((batches(), troubles()), 1..12)) {
        let mut benches = [Bench::memory(), Bench::sqlite(), Bench::postgres()];
        let mut causes = 3..;
        let opened: Vec<String> = benches.iter_mut().map(|bench| format!("{:?}", bench.batch(&opening()))).collect();
        prop_assert!(opened.iter().all(|answer| *answer == opened[0]), "{opened:?}");
        for (batches, trouble) in batches {
            for (deeds, pause) in batches.into_iter().take(4) {
                let now = benches[0].now;
                let commands: Vec<Command> =
                    deeds.iter().zip(&mut causes).map(|(deed, cause)| command(deed, cause, now)).collect();
                let mut answers = Vec::new();
                for bench in &mut benches {
                    match trouble {
                        Trouble::Nothing | Trouble::Table(_) => {}
                        Trouble::Conflict => {
                            prop_assert!(matches!(run_into(bench, &commands, trouble), Err(StoreError::Conflict)));
                        }
                        Trouble::Panic => {
                            let panicked = catch_unwind(AssertUnwindSafe(|| run_into(bench, &commands, trouble)));
                            prop_assert!(panicked.is_err());
                        }
                    }
                    let answered = match trouble {
                        Trouble::Table(table) => run_without(table, bench, &commands),
                        Trouble::Nothing | Trouble::Conflict | Trouble::Panic => bench.batch(&commands),
                    };
                    answers.push(format!("{answered:?}"));
                    bench.advance(Duration::from_secs(pause));
                }
                prop_assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
            }
        }
        let now = benches[0].now;
        let memory = dump(&mut *benches[0].snapshot(), now);
        for bench in &benches[1..] {
            prop_assert_eq!(&memory, &dump(&mut *bench.snapshot(), now));
        }
    }
}

#[test]
fn the_random_commands_get_somewhere() {
    let mut runner = TestRunner::deterministic();
    let mut statuses = BTreeMap::new();
    let (mut desk, mut rerouted, mut exchanges, mut callbacks) = (0, 0, 0, 0);
    let (mut events, mut tries, mut states) = (0, 0, BTreeMap::new());
    for _ in 0..256 {
        let mut bench = Bench::memory();
        run(&mut bench, &batches().new_tree(&mut runner).unwrap().current());
        for order in bench.snapshot().orders(&OrderFilter::default(), 100).unwrap() {
            *statuses.entry(order.status).or_insert(0) += 1;
            desk += i32::from(order.desk.is_some());
            rerouted += i32::from(order.attempts > 1);
            exchanges += bench.snapshot().exchanges(order.key.merchant_id, order.order_id).unwrap().len();
            callbacks += bench.snapshot().callbacks(order.order_id).unwrap().len();
            let key = DispatchKey { merchant_id: order.key.merchant_id, order_id: order.order_id };
            for delivery in bench.snapshot().dispatch(key).unwrap().into_iter().flat_map(|told| told.deliveries) {
                *states.entry(delivery.state).or_insert(0) += 1;
                tries += delivery.tries;
            }
        }
        for merchant in MERCHANTS {
            events += bench.snapshot().events_before(MerchantId(merchant), i64::MAX, 100).unwrap().len();
        }
    }
    assert!(statuses.len() == 4 && desk > 0, "{statuses:?}, {desk} on the desk");
    assert!(rerouted > 0 && exchanges > 0 && callbacks > 0, "{rerouted}, {exchanges}, {callbacks}");
    assert!(events > 1_000 && tries > 50 && states.len() == 3, "{events} events, {tries} tries, {states:?}");
}
