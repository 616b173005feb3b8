//! A supplier that contradicts what is settled moves no merchant's money: a person decides, and until then the bill is occupied.

use domain::answer::{Answer, Source};
use domain::command::{AcceptPurchase, Effect};
use domain::order::{DeskReason, OrderStatus};
use domain::refusal::Refusal;

use crate::shop::{Shop, confirmed, refunded, refused, unknown};

/// An order that was settled by the first answer and contradicted by the second.
fn contradicted(first: Answer, second: &Answer) -> Shop {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, first).unwrap();
    let (ledger, money) = (shop.ledger.clone(), shop.money());
    for source in [Source::Callback, Source::Status, Source::Send, Source::Callback] {
        let recorded = shop.answer("INQ-1", source, second.clone()).unwrap();
        assert!(recorded.order.desk.is_some_and(DeskReason::is_contradiction));
    }
    assert_eq!((&shop.ledger, shop.money()), (&ledger, money));
    assert_eq!(shop.inquire("INQ-2").unwrap_err(), Refusal::PaymentInProgress);
    shop
}

#[test]
fn the_first_contradiction_is_news_and_its_copies_are_not() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, refused()).unwrap();
    assert_eq!(shop.answer("INQ-1", Source::Callback, confirmed()).unwrap().effect, Effect::Contradicted);
    for _ in 0..100 {
        assert_eq!(shop.answer("INQ-1", Source::Callback, confirmed()).unwrap().effect, Effect::Nothing);
    }
}

#[test]
fn a_person_resolves_it_in_either_direction() {
    // First answer, contradiction, the person's word; status, `available`, successes and whether the same bill is free at the end.
    let table = [
        (confirmed(), refused(), confirmed(), OrderStatus::Success, 974_800, 1, false),
        (confirmed(), refused(), refused(), OrderStatus::Refunded, 1_000_000, 1, true),
        (confirmed(), refused(), refunded(), OrderStatus::Refunded, 1_000_000, 1, true),
        (refused(), confirmed(), refused(), OrderStatus::Failed, 1_000_000, 0, true),
        (refused(), confirmed(), refunded(), OrderStatus::Failed, 1_000_000, 0, true),
        (refused(), confirmed(), confirmed(), OrderStatus::Failed, 1_000_000, 1, false),
    ];
    for (first, second, word, status, available, successes, is_free) in table {
        let mut shop = contradicted(first, &second);
        shop.answer("INQ-1", Source::Operator, word.clone()).unwrap();
        assert_eq!((shop.order("INQ-1").status, shop.order("INQ-1").desk), (status, None));
        assert_eq!(shop.money(), (available, 0));
        assert_eq!((shop.bill().pending, shop.bill().successes), (None, successes));
        assert_eq!(shop.inquire("INQ-2").is_ok(), is_free, "{word:?}");
        assert_eq!(shop.answer("INQ-1", Source::Operator, word).unwrap_err(), Refusal::OrderFinal);
    }
}

#[test]
fn not_knowing_resolves_nothing() {
    for word in [unknown(), Answer::NotReceived] {
        let mut shop = contradicted(refused(), &confirmed());
        shop.answer("INQ-1", Source::Operator, word).unwrap();
        assert_eq!(shop.order("INQ-1").desk, Some(DeskReason::SuccessAfterFailure));
        assert_eq!(shop.inquire("INQ-2").unwrap_err(), Refusal::PaymentInProgress);
    }
}

#[test]
fn a_refund_is_no_contradiction() {
    let mut shop = contradicted(confirmed(), &refused());
    assert_eq!(shop.answer("INQ-1", Source::Callback, refunded()).unwrap().effect, Effect::Refunded);
    assert_eq!((shop.order("INQ-1").desk, shop.bill().pending), (None, None));
    assert_eq!(shop.money(), (1_000_000, 0));
}

#[test]
fn a_refund_is_paid_once_whoever_says_it() {
    let mut shop = contradicted(confirmed(), &refused());
    shop.answer("INQ-1", Source::Operator, refused()).unwrap();
    for source in [Source::Send, Source::Callback, Source::Status] {
        for answer in [refunded(), refused(), confirmed(), unknown(), Answer::NotReceived] {
            let effect = shop.answer("INQ-1", source, answer.clone()).unwrap().effect;
            // A status check is new: what was refunded is paid after all.
            let is_news = source == Source::Status && answer == confirmed();
            assert_eq!(effect, if is_news { Effect::Contradicted } else { Effect::Nothing });
        }
    }
    assert_eq!(shop.money(), (1_000_000, 0));
    assert_eq!(shop.order("INQ-1").status, OrderStatus::Refunded);
}

#[test]
fn a_borne_success_is_borne_once() {
    let mut shop = contradicted(refused(), &confirmed());
    shop.answer("INQ-1", Source::Operator, confirmed()).unwrap();
    let ledger = shop.ledger.clone();
    for answer in [confirmed(), refused(), refunded(), confirmed(), refused()] {
        shop.answer("INQ-1", Source::Callback, answer).unwrap();
        let _ = shop.answer("INQ-1", Source::Operator, confirmed());
    }
    assert_eq!(shop.ledger, ledger);
}

#[test]
fn a_contradicted_purchase_lies_on_the_desk_too() {
    let mut shop = Shop::open();
    let purchase = AcceptPurchase { allow_duplicate: true, ..shop.purchase("TRX-1") };
    shop.ask(purchase).unwrap();
    shop.answer("TRX-1", Source::Send, refused()).unwrap();
    assert_eq!(shop.answer("TRX-1", Source::Status, confirmed()).unwrap().effect, Effect::Contradicted);
    assert_eq!(shop.money(), (1_000_000, 0));
    shop.answer("TRX-1", Source::Operator, refused()).unwrap();
    assert_eq!(shop.order("TRX-1").desk, None);
}

#[test]
fn what_is_final_and_uncontradicted_is_no_business_of_a_person() {
    for answer in [confirmed(), refused()] {
        let mut shop = Shop::open();
        shop.pend("INQ-1");
        shop.answer("INQ-1", Source::Send, answer).unwrap();
        for word in [confirmed(), refused(), refunded(), unknown()] {
            assert_eq!(shop.answer("INQ-1", Source::Operator, word).unwrap_err(), Refusal::OrderFinal);
        }
    }
}
