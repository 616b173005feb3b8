//! Whatever commands come, in whatever batches: SQLite and memory answer every command and every question alike.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::AttemptKey;
use domain::command::{ChangeMerchant, Command, MerchantChange, SendAgain};
use domain::id::{CauseId, MerchantId, Mode, OrderId};
use domain::money::Rupiah;
use domain::order::OrderStatus;
use domain::time::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::{OrderFilter, Snapshot};

use super::harness::Bench;
use super::samples::{
    bill_claim, bill_of, buy, confirmed, deadlines, fund, inquire, pay, purchase_claim, put_products, record,
    reference, refused, register, unknown,
};

const MERCHANTS: std::ops::Range<i64> = 1..4;
/// Even ones are bills, which merchants and references share in pairs; odd ones are purchases.
const REFERENCES: std::ops::Range<i64> = 0..6;

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
enum Step {
    Register,
    Fund(i64),
    Suspend(bool),
    PutProducts,
    Inquire,
    Order,
    Answer(u8, Source),
    SendAgain,
}

/// A step, and for whom: merchant, reference, mode.
type Deed = (Step, i64, i64, Mode);

fn steps() -> impl Strategy<Value = Step> {
    let sources = [Source::Send, Source::Status, Source::Callback, Source::Operator];
    let sources = prop::sample::select(sources.to_vec());
    prop_oneof![
        1 => Just(Step::Register),
        2 => (-200_000..400_000_i64).prop_map(Step::Fund),
        1 => prop::bool::weighted(0.3).prop_map(Step::Suspend),
        1 => Just(Step::PutProducts),
        6 => Just(Step::Inquire),
        12 => Just(Step::Order),
        16 => (0..=5_u8, sources).prop_map(|(answer, source)| Step::Answer(answer, source)),
        2 => Just(Step::SendAgain),
    ]
}

/// Batches with the seconds that pass after each.
fn batches() -> impl Strategy<Value = Vec<(Vec<Deed>, u64)>> {
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
        Step::Answer(answer, source) => {
            let answer = match answer {
                0 => confirmed(151_000),
                1 => confirmed(160_000),
                2 => refused(),
                3 => unknown(),
                4 => Answer::NotReceived,
                _ => Answer::Refunded { code: "50".into() },
            };
            let claim = if is_bill { bill_claim(&key, bill) } else { purchase_claim(&key, number) };
            record(&key, claim, order, answer, source).into()
        }
    }
}

/// Two merchants with money; the third comes when it comes.
fn opening() -> Vec<Command> {
    vec![register(1).into(), register(2).into(), fund(1, 1, 900_000).into(), fund(2, 2, 300_000).into()]
}

/// The batches as commands, with the vouchers numbered on from the opening's.
fn run(bench: &mut Bench, batches: &[(Vec<Deed>, u64)]) -> Vec<String> {
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

/// Every answer to every question.
fn dump(snapshot: &mut dyn Snapshot, now: Timestamp) -> String {
    let mut text = String::new();
    let mut note = |question: &str, answer: &dyn std::fmt::Debug| writeln!(text, "{question}: {answer:?}").unwrap();
    note("merchants", &snapshot.merchants().unwrap());
    note("products", &snapshot.products().unwrap());
    note("books", &snapshot.books().unwrap());
    note("newest", &snapshot.newest().unwrap());
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
    note("audited orders", &snapshot.orders_after(OrderId(1_020), 5).unwrap());
    note("audited vouchers", &snapshot.vouchers_after(CauseId(3), 5).unwrap());
    note("audited transfers", &snapshot.transfers_between(CauseId(2), CauseId(i64::MAX)).unwrap());
    for merchant in MERCHANTS {
        let id = MerchantId(merchant);
        note("book", &snapshot.book(id).unwrap());
        note("audited mutations", &snapshot.mutations_after(id, 2, 100).unwrap());
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
            }
        }
    }
    snapshot.each_bill(&mut |bill, orders| note("audited bill", &(bill, orders))).unwrap();
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sqlite_and_memory_remember_the_same(batches in batches()) {
        let mut memory = Bench::memory();
        let mut sqlite = Bench::sqlite();
        prop_assert_eq!(run(&mut memory, &batches), run(&mut sqlite, &batches));
        let now = memory.now;
        prop_assert_eq!(dump(&mut *memory.snapshot(), now), dump(&mut *sqlite.snapshot(), now));
    }
}

#[test]
fn the_random_commands_get_somewhere() {
    let mut runner = TestRunner::deterministic();
    let mut statuses = BTreeMap::new();
    let mut desk = 0;
    for _ in 0..64 {
        let mut bench = Bench::memory();
        run(&mut bench, &batches().new_tree(&mut runner).unwrap().current());
        for order in bench.snapshot().orders(&OrderFilter::default(), 100).unwrap() {
            *statuses.entry(order.status).or_insert(0) += 1;
            desk += i32::from(order.desk.is_some());
        }
    }
    assert!(statuses.len() == 4 && desk > 0, "{statuses:?}, {desk} on the desk");
}
