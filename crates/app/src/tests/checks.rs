//! The status worker: who is asked when, who is sent again, and what goes to the desk.

use std::time::Duration;

use domain::answer::Answer;
use domain::attempt::AttemptState;
use domain::order::{DeskReason, OrderStatus};
use domain::supplier::SupplierState;
use outbound::Manners;
use store::OrderWithAttempt;

use super::house::{House, bill, confirmed, nothing_created, unknown};
use super::supplier::MANNERS;

/// Longer than the pause until a status check, jitter and all.
const SOON: Duration = Duration::from_secs(3);

/// A house whose supplier `a` left an order hanging.
async fn hanging(answer: Answer) -> (House, std::sync::Arc<super::supplier::ToldSupplier>) {
    let house = House::open().await;
    let only = house.add("a");
    house.sell_by(&["a"]).await;
    only.will_say(answer);
    assert_eq!(house.buy("T-1").await.unwrap().status, OrderStatus::Pending);
    house.start_workers().await;
    (house, only)
}

#[tokio::test]
async fn what_is_unknown_is_asked_about_until_it_is_known() {
    let (house, only) = hanging(unknown()).await;
    house.pass(Duration::from_secs(1)).await;
    assert_eq!(only.asked().len(), 0, "not before its pause");
    for count in 1..4 {
        house.pass(SOON).await;
        assert_eq!(only.asked().len(), count);
        assert_eq!(house.stored("T-1").await.attempt.checks, u16::try_from(count).unwrap());
    }
    only.will_know(confirmed());
    house.pass(SOON).await;
    assert_eq!(house.stored("T-1").await.order.status, OrderStatus::Success);
    house.pass(Duration::from_hours(1)).await;
    assert_eq!((only.asked().len(), only.sent().len()), (4, 1));
}

#[tokio::test]
async fn a_slow_supplier_holds_nobody_else_up() {
    let house = House::open().await;
    let (slow, quick) = (house.add("slow"), house.add("quick"));
    for (supplier, name) in [(&slow, "slow"), (&quick, "quick")] {
        house.sell_by(&[name]).await;
        supplier.will_say(unknown());
        house.buy(name).await.unwrap();
    }
    slow.hold_back();
    quick.will_know(confirmed());
    house.start_workers().await;
    house.pass_and_look(SOON).await;
    slow.arrivals(2).await;
    quick.arrivals(2).await;
    // The quick one's answer is written while the slow one's is waited for.
    house.context.asking.is_over(house.stored("quick").await.attempt.key).await;
    assert_eq!(house.stored("quick").await.order.status, OrderStatus::Success);
    assert_eq!(house.stored("slow").await.order.status, OrderStatus::Pending);
    // And the slow one is asked once, however often the worker looks.
    for _ in 0..3 {
        house.pass_and_look(SOON).await;
    }
    assert_eq!(slow.asked().len(), 1);
    slow.let_go();
    house.context.asking.is_quiet().await;
    house.pass(SOON).await;
    assert_eq!(slow.asked().len(), 2, "it still knows nothing");
}

#[tokio::test]
async fn a_status_check_that_is_not_answered_in_time_or_panics_is_made_again() {
    let (house, only) = hanging(unknown()).await;
    only.hold_back();
    house.pass_and_look(SOON).await;
    only.arrivals(2).await;
    house.clock.slept(house.context.policy.supplier_limit, 2).await;
    house.pass(house.context.policy.supplier_limit).await;
    assert_eq!(house.stored("T-1").await.attempt.checks, 1);
    only.let_go();
    only.will_panic_when_asked();
    house.pass(SOON).await;
    assert_eq!(house.stored("T-1").await.attempt.note.as_deref(), Some("the adapter panicked"));
    only.will_know(confirmed());
    house.pass(SOON).await;
    assert_eq!(house.stored("T-1").await.order.status, OrderStatus::Success);
    assert_eq!(only.sent().len(), 1);
}

#[tokio::test]
async fn what_was_asked_about_for_long_enough_goes_to_the_desk() {
    for answer in [unknown(), Answer::NotReceived] {
        let (house, only) = hanging(answer).await;
        let OrderWithAttempt { attempt, .. } = house.stored("T-1").await;
        let end = attempt.created_at.plus(house.context.policy.ask_for).since(house.context.time.now());
        house.pass(end).await;
        let OrderWithAttempt { order, attempt } = house.stored("T-1").await;
        assert_eq!((order.status, order.desk), (OrderStatus::Pending, Some(DeskReason::Unresolved)));
        assert_eq!((attempt.check_at, only.asked().len(), only.sent().len()), (None, 0, 1));
        house.pass(Duration::from_hours(100)).await;
        assert_eq!((only.asked().len(), only.sent().len()), (0, 1), "nobody is asked any more");
    }
}

#[tokio::test]
async fn what_its_supplier_no_longer_remembers_goes_to_the_desk() {
    let horizon = Duration::from_hours(1);
    for (waited, is_asked) in [(horizon.saturating_sub(Duration::from_micros(1)), true), (horizon, false)] {
        let house = House::open().await;
        let only = house.add_with("a", Manners { remembers_for: Some(horizon), ..MANNERS });
        house.sell_by(&["a"]).await;
        only.will_say(unknown());
        house.buy("T-1").await.unwrap();
        house.start_workers().await;
        house.pass(waited).await;
        assert_eq!(only.asked().len(), usize::from(is_asked));
        let desk = house.stored("T-1").await.order.desk;
        assert_eq!(desk, (!is_asked).then_some(DeskReason::Unresolved));
    }
}

#[tokio::test]
async fn a_supplier_that_cannot_be_asked_is_not_asked() {
    for by_operator in [false, true] {
        let house = House::open().await;
        let only = house.add_with("a", Manners { can_be_asked: by_operator, ..MANNERS });
        house.change("a", |profile| profile.can_be_asked = !by_operator);
        house.sell_by(&["a"]).await;
        only.will_say(unknown());
        house.buy("T-1").await.unwrap();
        house.start_workers().await;
        house.pass(SOON).await;
        assert_eq!(house.stored("T-1").await.order.desk, Some(DeskReason::Unresolved));
        assert_eq!(only.asked().len(), 0);
        // Its callback resolves it all the same.
        house.tell(&house.stored("T-1").await, confirmed()).await;
        let order = house.stored("T-1").await.order;
        assert_eq!((order.status, order.desk), (OrderStatus::Success, None));
    }
}

#[tokio::test]
async fn what_was_never_received_is_sent_again_under_the_same_reference() {
    // Whether the supplier says so or its sender; then, whether "duplicate" may be about ourselves.
    for (first, may_have_arrived) in [(unknown(), true), (Answer::NotReceived, false)] {
        let (house, only) = hanging(first).await;
        if may_have_arrived {
            only.will_know(Answer::NotReceived);
            house.pass(SOON).await;
        }
        house.pass(SOON).await;
        only.arrivals(2 + usize::from(may_have_arrived)).await;
        let sent = only.sent();
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[0].supplier_ref, sent[1].supplier_ref);
        assert_eq!((sent[0].is_repeat, sent[1].is_repeat), (false, may_have_arrived));
    }
}

#[tokio::test]
async fn nothing_is_sent_again_to_a_supplier_that_is_off_until_it_is_on() {
    let (house, only) = hanging(Answer::NotReceived).await;
    house.switch("a", SupplierState::Off);
    for _ in 0..3 {
        house.pass(SOON).await;
    }
    let OrderWithAttempt { order, attempt } = house.stored("T-1").await;
    assert_eq!((order.desk, attempt.state, only.sent().len()), (None, AttemptState::NotReceived, 1));
    // What it quoted or was promised is still paid while it drains.
    house.switch("a", SupplierState::Draining);
    house.pass(SOON).await;
    only.arrivals(2).await;
    assert_eq!(only.sent().len(), 2);
}

#[tokio::test]
async fn a_supplier_that_is_off_is_still_asked() {
    let (house, only) = hanging(unknown()).await;
    house.switch("a", SupplierState::Off);
    only.will_know(confirmed());
    house.pass(SOON).await;
    assert_eq!(house.stored("T-1").await.order.status, OrderStatus::Success);
}

#[tokio::test]
async fn a_bill_whose_day_is_over_goes_to_the_desk() {
    let house = House::open_at("23:58:00").await;
    let only = house.add("a");
    house.sell_by(&["a"]).await;
    only.will_quote(bill(true));
    only.will_say(Answer::NotReceived);
    assert_eq!(house.pay("B-1").await.unwrap().status, OrderStatus::Pending);
    house.switch("a", SupplierState::Off);
    house.start_workers().await;
    house.pass(Duration::from_secs(90)).await;
    house.switch("a", SupplierState::On);
    house.pass(SOON).await;
    let OrderWithAttempt { order, attempt } = house.stored("B-1").await;
    assert_eq!((order.status, order.desk), (OrderStatus::Pending, Some(DeskReason::Unresolved)));
    assert_eq!((attempt.check_at, only.sent().len()), (None, 1));
}

#[tokio::test]
async fn what_an_earlier_supplier_did_after_all_is_not_sent_again_to_the_next() {
    let house = House::open().await;
    house.add("a").will_say(nothing_created());
    let second = house.add("b");
    house.sell_by(&["a", "b"]).await;
    second.will_say(Answer::NotReceived);
    house.buy("T-1").await.unwrap();
    let (order, attempts) = house.history("T-1").await;
    house.tell(&OrderWithAttempt { order, attempt: attempts[0].clone() }, confirmed()).await;
    house.start_workers().await;
    for _ in 0..3 {
        house.pass(SOON).await;
    }
    let OrderWithAttempt { order, attempt } = house.stored("T-1").await;
    assert_eq!((order.status, order.desk), (OrderStatus::Pending, Some(DeskReason::SuccessAfterFailure)));
    assert_eq!((attempt.key.number, attempt.check_at, second.sent().len()), (2, None, 1));
}
