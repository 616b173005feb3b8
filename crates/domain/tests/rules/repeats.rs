//! Every command may come again, a hundred times and late: it changes nothing more.

use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::command::{Command, MerchantChange, apply};
use domain::voucher::VoucherKind;
use domain::world::Reads;

use crate::shop::{Shop, confirmed, refunded, refused, rupiah, unknown};

/// Everything but the attempts, whose checks are counted.
fn settled(shop: &Shop) -> String {
    let mut orders: Vec<_> = shop.orders.values().collect();
    orders.sort_by_key(|order| order.order_id);
    format!("{orders:?} {:?} {:?} {:?} {:?}", shop.bills, shop.books, shop.ledger, shop.inquiries)
}

fn assert_repeats(shop: &mut Shop, command: &Command) {
    let before = settled(shop);
    for _ in 0..100 {
        shop.advance(Duration::from_millis(17));
        let _ = shop.apply(command);
        assert_eq!(settled(shop), before);
    }
    assert_eq!(shop.audit(), []);
}

#[test]
fn a_deposit_is_made_once() {
    let mut shop = Shop::open();
    let fund = shop.funding("D-1", VoucherKind::Deposit, rupiah(5));
    assert!(!shop.ask(fund.clone()).unwrap().is_repeat);
    let first = shop.vouchers[&fund.key].clone();
    assert_repeats(&mut shop, &fund.clone().into());
    let again = shop.deposit("D-1", 5).unwrap();
    assert!(again.is_repeat, "also under another cause");
    assert_eq!(again.voucher, first);
    assert_eq!(shop.money().0, 1_000_005);
}

#[test]
fn a_payment_and_a_purchase_are_made_once() {
    let mut shop = Shop::open();
    shop.inquire("INQ-1").unwrap();
    let payment = shop.payment("INQ-1");
    shop.ask(payment.clone()).unwrap();
    assert_repeats(&mut shop, &payment.into());
    let purchase = shop.purchase("TRX-1");
    shop.ask(purchase.clone()).unwrap();
    assert_repeats(&mut shop, &purchase.into());
    assert_eq!(shop.attempts.len(), 2);
}

#[test]
fn an_inquiry_is_stored_once_while_it_lives() {
    let mut shop = Shop::open();
    let inquiry = shop.inquiry("INQ-1");
    shop.ask(inquiry.clone()).unwrap();
    assert_repeats(&mut shop, &inquiry.into());
}

#[test]
fn every_answer_settles_once() {
    for answer in [confirmed(), refused(), refunded(), unknown(), Answer::NotReceived] {
        for source in [Source::Send, Source::Status, Source::Callback, Source::Operator] {
            let mut shop = Shop::open();
            shop.pend("INQ-1");
            shop.answer("INQ-1", Source::Send, unknown()).unwrap();
            let record = shop.answer_of("INQ-1", source, answer.clone());
            shop.ask(record.clone()).unwrap();
            assert_repeats(&mut shop, &record.into());
        }
    }
}

#[test]
fn a_settled_order_hears_stale_copies_of_its_own_story() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    let story = [unknown(), Answer::NotReceived, confirmed(), refunded()];
    let records: Vec<Command> =
        story.into_iter().map(|answer| shop.answer_of("INQ-1", Source::Callback, answer).into()).collect();
    for record in &records {
        let _ = shop.apply(record);
    }
    for record in &records {
        assert_repeats(&mut shop, record);
    }
}

#[test]
fn a_refused_command_disturbs_no_neighbour_in_its_batch() {
    let mut shop = Shop::open();
    shop.inquire("INQ-1").unwrap();
    shop.inquire("INQ-2").unwrap();
    let batch: Vec<Command> = vec![
        shop.funding("D-1", VoucherKind::Deposit, rupiah(5)).into(),
        shop.payment("INQ-1").into(),
        shop.payment("INQ-2").into(),
        shop.funding("A-1", VoucherKind::Adjustment, rupiah(-2_000_000)).into(),
        domain::command::ChangeMerchant {
            merchant_id: shop.merchant_id,
            changes: vec![MerchantChange::Suspend, MerchantChange::CreditLimit(rupiah(-1))],
        }
        .into(),
        shop.purchase("TRX-1").into(),
    ];
    let mut reads = Reads::default();
    for command in &batch {
        command.name_rows(&mut reads);
    }
    let mut world = shop.load(&reads);
    let decided: Vec<bool> = batch.iter().map(|command| apply(&mut world, command, shop.now).is_ok()).collect();
    assert_eq!(decided, [true, true, false, false, false, true]);
    shop.take(&world);
    assert_eq!(shop.audit(), []);
    assert_eq!(shop.money(), (1_000_005 - 25_200 - 21_425, 25_200 + 21_425));
}
