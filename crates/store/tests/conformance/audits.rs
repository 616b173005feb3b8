//! What an audit reads, in the order in which it reads it, and that it finds nothing.

use domain::answer::Source;
use domain::audit::{BookAudit, Cause, Finding, audit_bill};
use domain::bill::Bill;
use domain::id::{CauseId, MerchantId, Mode, OrderId};
use domain::order::Order;
use domain::world::Reads;
use store::Snapshot;

use super::harness::Bench;
use super::samples::{
    bill_claim, bill_of, buy, confirmed, fund, inquire, pay, purchase_claim, record, reference, refused, register,
};

on_every_store!(
    an_audit_of_what_commands_did_finds_nothing,
    audit_reads_come_in_pages,
    bills_come_in_order_with_their_orders,
    a_claimed_bill_without_a_row_is_shown,
);

/// Merchant 1: orders 11 to 14, one pending, one captured, one released, one refunded purchase; a rehearsal; merchant 2: one order.
fn busy_day(bench: &mut Bench) {
    bench.batch(&[register(1).into(), register(2).into()]).unwrap();
    bench.batch(&[fund(1, 1, 9_000_000).into(), fund(2, 2, 9_000_000).into(), fund(1, 3, -500).into()]).unwrap();
    for (order, merchant, mode) in [
        (11, 1, Mode::Production),
        (12, 1, Mode::Production),
        (13, 1, Mode::Production),
        (15, 1, Mode::Testing),
        (16, 2, Mode::Production),
    ] {
        let key = reference(merchant, mode, order);
        bench.ask(inquire(&key, order)).unwrap();
        bench.ask(pay(&key, order, order, bench.now)).unwrap();
        let answer = match order {
            11 => continue,
            13 => refused(),
            _ => confirmed(151_000),
        };
        bench.ask(record(&key, bill_claim(&key, order), order, answer, Source::Send)).unwrap();
    }
    let key = reference(1, Mode::Production, 14);
    bench.ask(buy(&key, 14, 14, bench.now)).unwrap();
    bench.ask(record(&key, purchase_claim(&key, 14), 14, confirmed(20_100), Source::Send)).unwrap();
    let refunded = domain::answer::Answer::Refunded { code: "50".into() };
    bench.ask(record(&key, purchase_claim(&key, 14), 14, refunded, Source::Callback)).unwrap();
}

/// Audits the book of a merchant the way `loket verify` does, in pages of two.
fn audit(snapshot: &mut dyn Snapshot, merchant_id: MerchantId) -> Vec<Finding> {
    let mut audit = BookAudit::new(merchant_id);
    let mut after = OrderId(0);
    loop {
        let orders = snapshot.orders_after(after, 2).unwrap();
        let Some(last) = orders.last() else { break };
        after = last.order_id;
        for order in orders.iter().filter(|order| order.key.merchant_id == merchant_id) {
            let cause_id = CauseId::from(order.order_id);
            let transfers = snapshot.transfers_between(CauseId(cause_id.0 - 1), cause_id).unwrap();
            audit.cause(Cause::Order(order), &transfers);
        }
    }
    for voucher in snapshot.vouchers_after(CauseId(0), 100).unwrap() {
        if voucher.key.merchant_id != merchant_id {
            continue;
        }
        let before = CauseId(voucher.cause_id.0 - 1);
        let transfers = snapshot.transfers_between(before, voucher.cause_id).unwrap();
        audit.cause(Cause::Voucher(&voucher), &transfers);
    }
    let mut number = 0;
    loop {
        let transfers = snapshot.mutations_after(merchant_id, number, 2).unwrap();
        let Some(last) = transfers.last() else { break };
        number = last.mutation.unwrap().number;
        for transfer in &transfers {
            audit.mutation(transfer);
        }
    }
    audit.finish(&snapshot.book(merchant_id).unwrap().unwrap())
}

fn bills(snapshot: &mut dyn Snapshot) -> Vec<(Bill, Vec<Order>)> {
    let mut bills = Vec::new();
    snapshot.each_bill(&mut |bill, orders| bills.push((bill.clone(), orders.to_vec()))).unwrap();
    bills
}

fn an_audit_of_what_commands_did_finds_nothing(bench: &mut Bench) {
    busy_day(bench);
    let mut snapshot = bench.snapshot();
    assert_eq!(audit(&mut *snapshot, MerchantId(1)), []);
    assert_eq!(audit(&mut *snapshot, MerchantId(2)), []);
    let findings: Vec<Finding> =
        bills(&mut *snapshot).iter().flat_map(|(bill, orders)| audit_bill(bill, orders)).collect();
    assert_eq!(findings, []);
}

fn audit_reads_come_in_pages(bench: &mut Bench) {
    busy_day(bench);
    let mut snapshot = bench.snapshot();
    let merchant_id = MerchantId(1);
    let mut orders = |after, limit| {
        let orders = snapshot.orders_after(OrderId(after), limit).unwrap();
        orders.iter().map(|order| order.order_id.0).collect::<Vec<_>>()
    };
    assert_eq!(orders(0, 100), [11, 12, 13, 14, 15, 16]);
    assert_eq!(orders(11, 2), [12, 13]);
    assert_eq!(orders(16, 2), [0_i64; 0]);
    let mut vouchers = |after, limit| {
        let vouchers = snapshot.vouchers_after(CauseId(after), limit).unwrap();
        vouchers.iter().map(|voucher| voucher.cause_id.0).collect::<Vec<_>>()
    };
    assert_eq!(vouchers(0, 1), [1]);
    assert_eq!(vouchers(1, 100), [2, 3]);
    let mut transfers = |after, until| {
        let transfers = snapshot.transfers_between(CauseId(after), CauseId(until)).unwrap();
        transfers.iter().map(|transfer| transfer.cause_id.0).collect::<Vec<_>>()
    };
    assert_eq!(transfers(0, 12), [1, 2, 3, 11, 12, 12, 12]);
    assert_eq!(transfers(11, 13), [12, 12, 12, 13, 13]);
    assert_eq!(transfers(12, 12), [0_i64; 0]);
    assert_eq!(transfers(12, 11), [0_i64; 0]);
    let mut mutations = |after, limit| {
        let transfers = snapshot.mutations_after(merchant_id, after, limit).unwrap();
        transfers.iter().map(|transfer| transfer.mutation.unwrap().number).collect::<Vec<_>>()
    };
    assert_eq!(mutations(0, 3), [1, 2, 3]);
    assert_eq!(mutations(3, 100), [4, 5, 6, 7, 8, 9]);
    assert_eq!(mutations(9, 100), [0_i64; 0]);
}

fn bills_come_in_order_with_their_orders(bench: &mut Bench) {
    busy_day(bench);
    // The bill of the failed order 13 is paid after all, by merchant 2.
    let key = reference(2, Mode::Production, 17);
    bench.ask(inquire(&key, 13)).unwrap();
    bench.ask(pay(&key, 13, 17, bench.now)).unwrap();
    let bills = bills(&mut *bench.snapshot());
    let numbers: Vec<Vec<i64>> =
        bills.iter().map(|(_, orders)| orders.iter().map(|order| order.order_id.0).collect()).collect();
    assert_eq!(numbers, [vec![11], vec![12], vec![13, 17], vec![16], vec![15]], "by scope, group, number");
    assert!(bills.is_sorted_by(|(one, _), (next, _)| one.key < next.key));
}

fn a_claimed_bill_without_a_row_is_shown(bench: &mut Bench) {
    busy_day(bench);
    let key = reference(1, Mode::Production, 11);
    let stray = Order { order_id: OrderId(99), ..bench.snapshot().order(&key).unwrap().unwrap() };
    let key = reference(1, Mode::Production, 99);
    let claim = bill_claim(&key, 99);
    let reads = Reads { orders: vec![key.clone()], ..Reads::default() };
    bench
        .transact(&reads, |world| {
            world.orders.put(Order { key: key.clone(), claim: claim.clone(), ..stray.clone() }).unwrap();
        })
        .unwrap();
    let bills = bills(&mut *bench.snapshot());
    let (bill, orders) = bills.iter().find(|(bill, _)| bill.key == bill_of(&key, 99)).unwrap();
    assert_eq!((bill, orders.len()), (&Bill::untouched(bill_of(&key, 99)), 1));
    assert_eq!(audit_bill(bill, orders).len(), 1);
}
