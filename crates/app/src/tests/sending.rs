//! What happens to an order on its way to its suppliers.

use std::pin::pin;
use std::time::Duration;

use domain::answer::Answer;
use domain::attempt::{AttemptState, Deadlines};
use domain::command::SendAgain;
use domain::order::OrderStatus;
use domain::supplier::SupplierState;
use futures_util::future::{poll_immediate, select};

use super::house::{House, bill, confirmed, name, nothing_created, refused, unknown};
use crate::send::send_in_background;

#[tokio::test]
async fn a_purchase_goes_on_until_somebody_does_it() {
    let house = House::open().await;
    let suppliers = ["a", "b", "c", "d"].map(|name| house.add(name));
    house.sell_by(&["a", "b", "c", "d"]).await;
    suppliers[0].will_say(nothing_created());
    suppliers[1].will_say(Answer::NotReceived);
    let order = house.buy("T-1").await.unwrap();
    assert_eq!((order.status, order.attempts), (OrderStatus::Success, 3));
    let (_, attempts) = house.history("T-1").await;
    let route: Vec<_> = attempts.iter().map(|attempt| (attempt.route.supplier.as_str(), attempt.state)).collect();
    let expected = [("a", AttemptState::Refused), ("b", AttemptState::Refused), ("c", AttemptState::Succeeded)];
    assert_eq!(route, expected);
    assert_eq!(suppliers.map(|supplier| supplier.sent().len()), [1, 1, 1, 0]);
    let references: std::collections::BTreeSet<_> =
        attempts.iter().map(|attempt| attempt.supplier_ref.as_str()).collect();
    assert_eq!(references.len(), 3, "another supplier never meets the same reference");
    for name in ["a", "b", "c"] {
        assert_eq!(house.context.suppliers.find(&super::house::name(name)).unwrap().in_flight(), 0);
    }
}

#[tokio::test]
async fn when_nobody_is_left_the_last_word_counts() {
    for (last, status, state) in [
        (nothing_created(), OrderStatus::Failed, AttemptState::Refused),
        (Answer::NotReceived, OrderStatus::Pending, AttemptState::NotReceived),
        (unknown(), OrderStatus::Pending, AttemptState::Unknown),
    ] {
        let house = House::open().await;
        house.add("a").will_say(nothing_created());
        house.add("b").will_say(last);
        house.sell_by(&["a", "b"]).await;
        let order = house.buy("T-1").await.unwrap();
        assert_eq!((order.status, order.attempts), (status, 2));
        assert_eq!(house.stored("T-1").await.attempt.state, state);
    }
}

#[tokio::test]
async fn only_what_made_nothing_goes_on_unless_the_operator_lets_its_code() {
    for (answer, codes, second) in [
        (refused("53"), vec![], 0),
        (refused("53"), vec!["54"], 0),
        (refused("53"), vec!["54", "53"], 1),
        (unknown(), vec!["53"], 0),
        (confirmed(), vec!["53"], 0),
        (nothing_created(), vec![], 1),
    ] {
        let house = House::open().await;
        house.add("a").will_say(answer.clone());
        let other = house.add("b");
        house.change("a", |profile| profile.reroute_codes = codes.iter().copied().map(Into::into).collect());
        house.sell_by(&["a", "b"]).await;
        house.buy("T-1").await.unwrap();
        assert_eq!(other.sent().len(), second, "{answer:?} with {codes:?}");
    }
}

#[tokio::test]
async fn it_goes_on_only_to_who_can_take_it_now() {
    let house = House::open().await;
    house.add("a").will_say(nothing_created()).will_say(nothing_created());
    let other = house.add("b");
    house.sell_by(&["a", "b"]).await;
    house.switch("b", SupplierState::Draining);
    assert_eq!(house.buy("T-1").await.unwrap().status, OrderStatus::Failed);
    house.switch("b", SupplierState::On);
    assert_eq!(house.buy("T-2").await.unwrap().status, OrderStatus::Success);
    assert_eq!(other.sent().len(), 1);
}

#[tokio::test]
async fn a_bill_goes_nowhere_else() {
    for (answer, status) in [(nothing_created(), OrderStatus::Failed), (Answer::NotReceived, OrderStatus::Pending)] {
        let house = House::open().await;
        let first = house.add("a");
        let other = house.add("b");
        house.sell_by(&["a", "b"]).await;
        first.will_quote(bill(false));
        first.will_say(answer);
        assert_eq!(house.pay("B-1").await.unwrap().status, status);
        assert_eq!((first.sent().len(), other.sent().len()), (1, 0));
        assert_eq!(&*first.sent()[0].token, "77");
    }
}

#[tokio::test]
async fn an_adapter_that_panics_has_said_nothing() {
    let house = House::open().await;
    let first = house.add("a");
    let other = house.add("b");
    house.sell_by(&["a", "b"]).await;
    first.will_panic();
    let order = house.buy("T-1").await.unwrap();
    assert_eq!(order.status, OrderStatus::Pending);
    assert_eq!(house.stored("T-1").await.attempt.state, AttemptState::Unknown);
    assert_eq!(other.sent().len(), 0, "it may have been bought");
    assert_eq!(house.context.suppliers.find(&name("a")).unwrap().in_flight(), 0);
    assert_eq!(house.buy("T-2").await.unwrap().status, OrderStatus::Success, "and nobody else is harmed");
}

#[tokio::test]
async fn what_is_accepted_is_sent_and_settled_though_the_merchant_leaves() {
    for is_under_way in [false, true] {
        let house = House::open().await;
        let only = house.add("a");
        house.sell_by(&["a"]).await;
        only.hold_back();
        {
            let mut asking = pin!(house.buy("T-1"));
            assert!(poll_immediate(asking.as_mut()).await.is_none());
            if is_under_way {
                select(asking, pin!(only.arrivals(1))).await;
            }
        }
        only.let_go();
        house.context.tasks.finished().await;
        assert_eq!(house.stored("T-1").await.order.status, OrderStatus::Success, "under way: {is_under_way}");
        assert_eq!(only.sent().len(), 1);
    }
}

#[tokio::test]
async fn a_supplier_that_says_nothing_in_time_has_said_nothing() {
    let house = House::open().await;
    let first = house.add("a");
    let other = house.add("b");
    house.sell_by(&["a", "b"]).await;
    first.hold_back();
    let limit = house.context.policy.supplier_limit;
    let wait = async {
        house.clock.slept(limit, 1).await;
        house.clock.slept(house.context.policy.answer_within, 1).await;
        house.clock.advance(limit);
    };
    let (order, ()) = tokio::join!(house.buy("T-1"), wait);
    assert_eq!(order.unwrap().status, OrderStatus::Pending);
    house.context.tasks.finished().await;
    assert_eq!(house.stored("T-1").await.attempt.state, AttemptState::Unknown);
    assert_eq!((first.sent().len(), other.sent().len()), (1, 0));
}

#[tokio::test]
async fn nothing_is_sent_at_or_after_its_last_moment() {
    for (late, is_sent) in [(Duration::from_micros(9_999_999), true), (Duration::from_secs(10), false)] {
        let house = House::open().await;
        let only = house.add("a");
        house.sell_by(&["a"]).await;
        only.will_say(Answer::NotReceived);
        house.buy("T-1").await.unwrap();
        let stored = house.stored("T-1").await;
        let now = house.context.time.now();
        let deadlines =
            Deadlines { send_by: now.plus(Duration::from_secs(10)), lost_at: now.plus(Duration::from_mins(3)) };
        let again = SendAgain { key: stored.order.key.clone(), attempt: stored.attempt.key, deadlines };
        let again = house.context.engine.tell(again).await.unwrap();
        // The machine slept between the commit and the sending.
        house.clock.advance(late);
        let ticket = house.context.flights.join(&stored.order.key);
        ticket.depart();
        send_in_background(&house.context, ticket.clone(), stored.order, again, None);
        let landed = ticket.landed().await.unwrap();
        assert_eq!(only.sent().len(), 1 + usize::from(is_sent));
        let status = if is_sent { OrderStatus::Success } else { OrderStatus::Pending };
        assert_eq!(landed.status, status);
        let attempt = house.stored("T-1").await.attempt;
        assert_eq!(attempt.state == AttemptState::NotReceived, !is_sent);
        assert!(!attempt.may_have_arrived, "nothing has left");
    }
}

#[tokio::test]
async fn what_was_too_late_for_one_supplier_goes_to_the_next() {
    let house = House::open().await;
    let first = house.add("a");
    house.sell_by(&["a"]).await;
    first.will_say(Answer::NotReceived);
    house.buy("T-1").await.unwrap();
    let other = house.add("b");
    house.sell_by(&["a", "b"]).await;
    let stored = house.stored("T-1").await;
    let now = house.context.time.now();
    let deadlines = Deadlines { send_by: now, lost_at: now.plus(Duration::from_mins(3)) };
    let again = SendAgain { key: stored.order.key.clone(), attempt: stored.attempt.key, deadlines };
    let again = house.context.engine.tell(again).await.unwrap();
    let ticket = house.context.flights.join(&stored.order.key);
    ticket.depart();
    send_in_background(&house.context, ticket.clone(), stored.order, again, None);
    assert_eq!(ticket.landed().await.unwrap().status, OrderStatus::Success);
    assert_eq!((first.sent().len(), other.sent().len()), (1, 1));
}
