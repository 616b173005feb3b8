//! What nobody can be asked about any more lies on the operator's desk until somebody says what became of it.

use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::AttemptState;
use domain::command::{HandToDesk, OpenInquiry, RecordAnswer, SendAgain};
use domain::inquiry::Quote;
use domain::order::{DeskReason, OrderStatus};
use domain::refusal::Refusal;
use domain::time::Timestamp;

use crate::shop::{
    LOST_AFTER, Shop, confirmed, confirmed_at, confirmed_without_sn, nothing_created, quote, refunded, refused, unknown,
};

fn pending() -> Shop {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop
}

/// A pending order on the desk.
fn unresolved() -> Shop {
    let mut shop = pending();
    shop.answer("INQ-1", Source::Send, unknown()).unwrap();
    assert_eq!(shop.hand_to_desk("INQ-1").unwrap().desk, Some(DeskReason::Unresolved));
    shop
}

#[test]
fn what_is_being_sent_is_not_handed_over() {
    let mut shop = pending();
    for wait in [Duration::ZERO, LOST_AFTER.saturating_sub(Duration::from_micros(1))] {
        shop.advance(wait);
        assert_eq!(shop.hand_to_desk("INQ-1").unwrap_err(), Refusal::AttemptInFlight);
    }
    shop.advance(Duration::from_micros(1));
    shop.hand_to_desk("INQ-1").unwrap();
    let attempt = &shop.attempts[&shop.attempt_key("INQ-1")];
    assert_eq!((attempt.state, attempt.check_at), (AttemptState::Unknown, None));
    assert_eq!(shop.order("INQ-1").desk, Some(DeskReason::Unresolved));
}

#[test]
fn only_a_pending_order_is_put_on_the_desk_and_nobody_is_asked_any_more() {
    // What was said of it; the order and the attempt afterwards, and whether it then lies on the desk.
    let table = [
        (vec![unknown()], OrderStatus::Pending, AttemptState::Unknown, Some(DeskReason::Unresolved)),
        (vec![Answer::NotReceived], OrderStatus::Pending, AttemptState::NotReceived, Some(DeskReason::Unresolved)),
        (vec![confirmed()], OrderStatus::Success, AttemptState::Succeeded, None),
        (vec![confirmed_without_sn()], OrderStatus::Success, AttemptState::Succeeded, None),
        (vec![confirmed_at(1)], OrderStatus::Success, AttemptState::Succeeded, Some(DeskReason::CostDiffers)),
        (vec![confirmed_without_sn(), unknown()], OrderStatus::Success, AttemptState::Succeeded, None),
        (
            vec![confirmed(), refused()],
            OrderStatus::Success,
            AttemptState::Refused,
            Some(DeskReason::FailureAfterSuccess),
        ),
        (vec![refused()], OrderStatus::Failed, AttemptState::Refused, None),
        (
            vec![refused(), confirmed()],
            OrderStatus::Failed,
            AttemptState::Succeeded,
            Some(DeskReason::SuccessAfterFailure),
        ),
        (vec![confirmed(), refunded()], OrderStatus::Refunded, AttemptState::Refused, None),
    ];
    for (words, status, state, desk) in table {
        let mut shop = pending();
        for word in &words {
            shop.answer("INQ-1", Source::Send, word.clone()).unwrap();
        }
        let (ledger, bill) = (shop.ledger.clone(), shop.bill().clone());
        for _ in 0..2 {
            let order = shop.hand_to_desk("INQ-1").unwrap();
            assert_eq!((order.status, order.desk), (status, desk), "{words:?}");
            let attempt = &shop.attempts[&shop.attempt_key("INQ-1")];
            assert_eq!((attempt.state, attempt.check_at), (state, None), "{words:?}");
        }
        assert_eq!((&shop.ledger, shop.bill()), (&ledger, &bill), "nothing else changes");
    }
}

#[test]
fn an_attempt_after_which_another_supplier_was_asked_concerns_nobody() {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    let next = Some(shop.reroute("second", 20_500));
    shop.ask(RecordAnswer { next, ..shop.answer_of("TRX-1", Source::Send, nothing_created()) }).unwrap();
    let first = HandToDesk { key: shop.key("TRX-1"), attempt: shop.attempt_key("TRX-1") };
    assert_eq!(shop.ask(first).unwrap().desk, None);
    assert_eq!(shop.hand_to_desk("TRX-1").unwrap_err(), Refusal::AttemptInFlight);
    shop.advance(LOST_AFTER);
    assert_eq!(shop.hand_to_desk("TRX-1").unwrap().desk, Some(DeskReason::Unresolved));
}

#[test]
fn orders_and_attempts_that_do_not_belong_together_are_not_handed_over() {
    let mut shop = unresolved();
    shop.buy("TRX-1").unwrap();
    shop.advance(LOST_AFTER);
    let (key, attempt) = (shop.key("INQ-1"), shop.attempt_key("INQ-1"));
    for wrong in [
        HandToDesk { key: shop.key("nobody"), attempt },
        HandToDesk { key: shop.key("TRX-1"), attempt },
        HandToDesk { key: key.clone(), attempt: shop.attempt_key("TRX-1") },
        HandToDesk { key, attempt: shop.numbered_attempt("INQ-1", 2) },
    ] {
        assert_eq!(shop.ask(wrong).unwrap_err(), Refusal::OrderNotFound);
    }
}

#[test]
fn what_is_unresolved_leaves_the_desk_when_the_order_is_final_whoever_says_so() {
    for source in [Source::Send, Source::Callback, Source::Status, Source::Operator] {
        for (word, status, desk) in [
            (confirmed(), OrderStatus::Success, None),
            (confirmed_without_sn(), OrderStatus::Success, None),
            (refused(), OrderStatus::Failed, None),
            (nothing_created(), OrderStatus::Failed, None),
            (refunded(), OrderStatus::Failed, None),
            (unknown(), OrderStatus::Pending, Some(DeskReason::Unresolved)),
            (Answer::NotReceived, OrderStatus::Pending, Some(DeskReason::Unresolved)),
        ] {
            let mut shop = unresolved();
            let order = shop.answer("INQ-1", source, word.clone()).unwrap().order;
            assert_eq!((order.status, order.desk), (status, desk), "{source:?} says {word:?}");
            let is_decided = source == Source::Operator && status != OrderStatus::Pending;
            assert_eq!(order.decided, is_decided.then_some(DeskReason::Unresolved));
        }
    }
}

#[test]
fn another_cost_than_quoted_takes_the_place_of_what_is_unresolved() {
    let mut shop = unresolved();
    let order = shop.answer("INQ-1", Source::Callback, confirmed_at(24_000)).unwrap().order;
    assert_eq!((order.status, order.desk), (OrderStatus::Success, Some(DeskReason::CostDiffers)));
}

#[test]
fn an_unresolved_order_still_occupies_its_bill_and_its_money() {
    let mut shop = unresolved();
    assert_eq!(shop.inquire("INQ-2").unwrap_err(), Refusal::PaymentInProgress);
    assert_eq!(shop.money(), (974_800, 25_200));
    shop.answer("INQ-1", Source::Operator, refused()).unwrap();
    assert_eq!(shop.money(), (1_000_000, 0));
    shop.inquire("INQ-2").unwrap();
}

#[test]
fn an_operator_resolves_it_in_either_direction_and_once() {
    for (word, status, money) in
        [(confirmed(), OrderStatus::Success, (974_800, 0)), (refused(), OrderStatus::Failed, (1_000_000, 0))]
    {
        let mut shop = unresolved();
        assert_eq!(shop.answer("INQ-1", Source::Operator, word.clone()).unwrap().order.status, status);
        assert_eq!(shop.money(), money);
        assert_eq!(shop.answer("INQ-1", Source::Operator, word).unwrap_err(), Refusal::OrderFinal);
    }
}

// The day of a supplier that takes a payment only on the day of its inquiry.

/// A bill that was asked about and paid at this time of the day, and never received.
fn not_received(at: &str, same_day: bool) -> Shop {
    let mut shop = Shop::open();
    shop.now = Timestamp::parse_wib(at).unwrap();
    let opening = shop.inquiry("INQ-1");
    let quote = Quote { same_day, ..quote(22_500, 2_700, 0, 23_000) };
    shop.ask(OpenInquiry { quote, ..opening }).unwrap();
    shop.pay("INQ-1").unwrap();
    shop.answer("INQ-1", Source::Send, Answer::NotReceived).unwrap();
    shop
}

#[test]
fn a_bill_is_not_sent_again_after_its_day() {
    let over = Timestamp::parse_wib("2026-06-01 23:59:30").unwrap();
    let microsecond = Duration::from_micros(1);
    for (asked_at, same_day, sent_at, is_over) in [
        ("2026-06-01 23:55:00", true, over.minus(microsecond), false),
        ("2026-06-01 23:55:00", true, over, true),
        ("2026-06-01 23:55:00", true, over.plus(microsecond), true),
        ("2026-06-01 23:55:00", true, over.plus(Duration::from_secs(30)), true),
        ("2026-06-01 00:00:00", true, over.minus(microsecond), false),
        ("2026-06-01 00:00:00", true, over, true),
        ("2026-06-01 23:55:00", true, over.plus(Duration::from_hours(12)), true),
        ("2026-06-01 23:55:00", false, over, false),
        ("2026-06-01 23:55:00", false, over.plus(Duration::from_hours(24)), false),
        // The day is the inquiry's, not the clock's in Greenwich.
        ("2026-06-01 06:59:00", true, Timestamp::parse_wib("2026-06-01 07:01:00").unwrap(), false),
    ] {
        let mut shop = not_received(asked_at, same_day);
        shop.now = sent_at;
        let before = shop.attempts.clone();
        let again = shop.send_again("INQ-1");
        assert_eq!(again.as_ref().err(), is_over.then_some(&Refusal::DayOver), "{asked_at}, {sent_at:?}");
        assert_eq!(shop.attempts == before, is_over);
    }
}

#[test]
fn a_purchase_knows_no_day() {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    shop.answer("TRX-1", Source::Send, Answer::NotReceived).unwrap();
    shop.advance(Duration::from_hours(48));
    shop.send_again("TRX-1").unwrap();
}

#[test]
fn what_may_not_be_sent_again_is_handed_over_and_stays_unsent() {
    let mut shop = not_received("2026-06-01 23:58:00", true);
    shop.now = Timestamp::parse_wib("2026-06-02 00:00:00").unwrap();
    assert_eq!(shop.send_again("INQ-1").unwrap_err(), Refusal::DayOver);
    let order = shop.hand_to_desk("INQ-1").unwrap();
    assert_eq!((order.status, order.desk), (OrderStatus::Pending, Some(DeskReason::Unresolved)));
    assert_eq!(shop.send_again("INQ-1").unwrap_err(), Refusal::DayOver);
}

#[test]
fn sending_again_keeps_what_an_attempt_is() {
    let mut shop = pending();
    shop.advance(LOST_AFTER);
    shop.answer("INQ-1", Source::Status, Answer::NotReceived).unwrap();
    let before = shop.attempts[&shop.attempt_key("INQ-1")].clone();
    shop.advance(Duration::from_mins(10));
    let again = SendAgain { deadlines: shop.deadlines(), ..shop.sending_again("INQ-1") };
    let after = shop.ask(again.clone()).unwrap();
    assert_eq!((after.state, after.checks, after.updated_at), (AttemptState::Sending, 0, shop.now));
    assert_eq!((after.send_by, after.check_at), (again.deadlines.send_by, Some(again.deadlines.lost_at)));
    let kept = |attempt: &domain::attempt::Attempt| {
        (attempt.supplier_ref.clone(), attempt.token.clone(), attempt.route.clone(), attempt.created_at)
    };
    assert_eq!(kept(&after), kept(&before));
    assert!(after.may_have_arrived && before.may_have_arrived);
}
