//! What workers and the desk look for: orders by filter and reference, attempts that are due or were being sent.

use std::time::Duration;

use domain::answer::Source;
use domain::id::{MerchantId, Mode, RefId};
use domain::order::{DeskReason, OrderStatus};
use store::{OrderFilter, OrderWithAttempt};

use super::harness::Bench;
use super::samples::{bill_claim, confirmed, fund, inquire, pay, record, reference, refused, register, unknown};

on_every_store!(
    orders_are_filtered_newest_first,
    orders_are_found_by_reference_across_merchants_and_modes,
    attempts_are_due_the_longest_first,
);

/// Two merchants, and orders 11 to 16: two stay pending, then a success, a failure, one on the desk, and merchant 2's success.
fn six_orders(bench: &mut Bench) {
    bench.batch(&[register(1).into(), register(2).into()]).unwrap();
    bench.batch(&[fund(1, 1, 9_000_000).into(), fund(2, 2, 9_000_000).into()]).unwrap();
    for number in 11..=16 {
        let key = reference(if number == 16 { 2 } else { 1 }, Mode::Production, number);
        bench.ask(inquire(&key, number)).unwrap();
        bench.ask(pay(&key, number, number, bench.now)).unwrap();
        let answer = match number {
            11 | 12 => continue,
            13 | 16 => confirmed(151_000),
            14 => refused(),
            _ => confirmed(151_001),
        };
        bench.ask(record(&key, bill_claim(&key, number), number, answer, Source::Send)).unwrap();
        bench.advance(Duration::from_secs(1));
    }
}

fn orders_are_filtered_newest_first(bench: &mut Bench) {
    six_orders(bench);
    let mut snapshot = bench.snapshot();
    let mut numbers = |merchant: Option<i64>, status, on_desk, limit| {
        let filter = OrderFilter { merchant_id: merchant.map(MerchantId), status, on_desk };
        let orders = snapshot.orders(&filter, limit).unwrap();
        orders.iter().map(|order| order.order_id.0).collect::<Vec<_>>()
    };
    assert_eq!(numbers(None, None, false, 100), [16, 15, 14, 13, 12, 11]);
    assert_eq!(numbers(None, None, false, 2), [16, 15]);
    assert_eq!(numbers(None, None, false, 0), []);
    assert_eq!(numbers(Some(1), None, false, 3), [15, 14, 13]);
    assert_eq!(numbers(Some(2), None, false, 3), [16]);
    assert_eq!(numbers(Some(3), None, false, 3), []);
    assert_eq!(numbers(None, Some(OrderStatus::Pending), false, 100), [12, 11]);
    assert_eq!(numbers(Some(2), Some(OrderStatus::Pending), false, 100), []);
    assert_eq!(numbers(Some(1), Some(OrderStatus::Pending), false, 1), [12]);
    assert_eq!(numbers(None, Some(OrderStatus::Success), false, 100), [16, 15, 13]);
    assert_eq!(numbers(Some(1), Some(OrderStatus::Success), false, 100), [15, 13]);
    assert_eq!(numbers(None, Some(OrderStatus::Failed), false, 100), [14]);
    assert_eq!(numbers(None, None, true, 100), [15]);
    assert_eq!(numbers(Some(1), Some(OrderStatus::Success), true, 100), [15]);
    assert_eq!(numbers(Some(2), None, true, 100), []);
    assert_eq!(numbers(None, Some(OrderStatus::Pending), true, 100), []);
    let on_desk = snapshot.orders(&OrderFilter { on_desk: true, ..OrderFilter::default() }, 1).unwrap();
    assert_eq!(on_desk[0].desk, Some(DeskReason::CostDiffers));
}

fn orders_are_found_by_reference_across_merchants_and_modes(bench: &mut Bench) {
    bench.batch(&[register(1).into(), register(2).into(), register(3).into()]).unwrap();
    bench.batch(&[fund(1, 1, 9_000_000).into(), fund(2, 2, 9_000_000).into()]).unwrap();
    for (order, merchant, mode) in [(11, 2, Mode::Production), (12, 1, Mode::Testing), (13, 1, Mode::Production)] {
        let key = reference(merchant, mode, 5);
        bench.ask(inquire(&key, order)).unwrap();
        bench.ask(pay(&key, order, order, bench.now)).unwrap();
    }
    let mut snapshot = bench.snapshot();
    let found = snapshot.orders_by_ref(&RefId::parse("INQ-00000005").unwrap()).unwrap();
    assert_eq!(found.iter().map(|order| order.order_id.0).collect::<Vec<_>>(), [11, 12, 13]);
    assert_eq!(snapshot.orders_by_ref(&RefId::parse("INQ-00000006").unwrap()).unwrap(), []);
}

fn numbers(found: &[OrderWithAttempt]) -> Vec<i64> {
    assert!(found.iter().all(|found| found.order.order_id == found.attempt.key.order_id));
    found.iter().map(|found| found.order.order_id.0).collect()
}

fn attempts_are_due_the_longest_first(bench: &mut Bench) {
    six_orders(bench);
    // 12 was answered, and is to be asked about before 11, which counts as lost much later.
    let key = reference(1, Mode::Production, 12);
    bench.ask(record(&key, bill_claim(&key, 12), 12, unknown(), Source::Send)).unwrap();
    let soon = bench.now.plus(Duration::from_secs(2));
    let lost = bench.now.plus(Duration::from_secs(200));
    let mut snapshot = bench.snapshot();
    assert_eq!(numbers(&snapshot.due_attempts(bench.now, 10).unwrap()), []);
    assert_eq!(numbers(&snapshot.due_attempts(soon.minus(Duration::from_micros(1)), 10).unwrap()), []);
    assert_eq!(numbers(&snapshot.due_attempts(soon, 10).unwrap()), [12], "due at this very moment");
    assert_eq!(numbers(&snapshot.due_attempts(lost, 10).unwrap()), [12, 11]);
    assert_eq!(numbers(&snapshot.due_attempts(lost, 1).unwrap()), [12]);
}
