//! What may be said of an attempt, by whom and when.

use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::AttemptState;
use domain::command::{AcceptPurchase, Effect};
use domain::order::OrderStatus;
use domain::refusal::Refusal;

use crate::shop::{LOST_AFTER, PAUSE, Shop, confirmed, confirmed_without_sn, refused, unknown};

fn pending() -> Shop {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop
}

#[test]
fn while_it_is_sent_nobody_asks_and_nobody_resolves() {
    for answer in [confirmed(), refused(), unknown(), Answer::NotReceived] {
        let mut shop = pending();
        for wait in [Duration::ZERO, LOST_AFTER.saturating_sub(Duration::from_micros(1))] {
            shop.advance(wait);
            for source in [Source::Status, Source::Operator] {
                assert_eq!(shop.answer("INQ-1", source, answer.clone()).unwrap_err(), Refusal::AttemptInFlight);
            }
        }
        shop.advance(Duration::from_micros(1));
        for source in [Source::Status, Source::Operator] {
            let record = shop.answer_of("INQ-1", source, answer.clone());
            let mut other = Shop::open();
            other.now = shop.now.minus(LOST_AFTER);
            other.pend("INQ-1");
            other.now = shop.now;
            let key = other.key("INQ-1");
            let attempt = other.attempt_key("INQ-1");
            other.ask(domain::command::RecordAnswer { key, attempt, ..record }).unwrap();
        }
    }
}

#[test]
fn it_is_sent_again_only_after_it_was_not_received() {
    for (answer, is_sent) in [
        (None, false),
        (Some(unknown()), false),
        (Some(confirmed()), false),
        (Some(refused()), false),
        (Some(Answer::NotReceived), true),
    ] {
        let mut shop = pending();
        shop.advance(LOST_AFTER);
        if let Some(answer) = answer {
            shop.answer("INQ-1", Source::Status, answer).unwrap();
        }
        let before = shop.attempts.clone();
        match shop.send_again("INQ-1") {
            Ok(attempt) => {
                assert!(is_sent);
                assert_eq!(attempt.state, AttemptState::Sending);
                assert_eq!(attempt.supplier_ref, before[&attempt.key].supplier_ref);
                assert_eq!(shop.answer("INQ-1", Source::Operator, refused()).unwrap_err(), Refusal::AttemptInFlight);
                assert_eq!(shop.send_again("INQ-1").unwrap_err(), Refusal::AttemptState);
            }
            Err(refusal) => {
                assert!(!is_sent);
                assert!(matches!(refusal, Refusal::AttemptState | Refusal::OrderFinal));
                assert_eq!(shop.attempts, before);
            }
        }
    }
}

#[test]
fn not_received_releases_nothing_by_itself() {
    let mut shop = pending();
    shop.advance(LOST_AFTER);
    shop.answer("INQ-1", Source::Status, Answer::NotReceived).unwrap();
    assert_eq!(shop.money(), (974_800, 25_200));
    assert_eq!(shop.inquire("INQ-2").unwrap_err(), Refusal::PaymentInProgress);
    // A person may.
    shop.answer("INQ-1", Source::Operator, refused()).unwrap();
    assert_eq!(shop.money(), (1_000_000, 0));
}

#[test]
fn the_proof_may_come_later() {
    let mut shop = pending();
    let recorded = shop.answer("INQ-1", Source::Send, confirmed_without_sn()).unwrap();
    assert_eq!((recorded.effect, recorded.order.sn), (Effect::Succeeded, None));
    assert_eq!(recorded.attempt.check_at, Some(shop.now.plus(PAUSE)), "it is asked for");
    let recorded = shop.answer("INQ-1", Source::Status, confirmed()).unwrap();
    assert_eq!((recorded.effect, recorded.order.sn.as_deref()), (Effect::SnReceived, Some("SN1")));
    assert_eq!(recorded.attempt.check_at, None);
    let other = Answer::Confirmed { sn: Some("SN2".into()), cost: None, desc: None, ask_again: false };
    let recorded = shop.answer("INQ-1", Source::Callback, other).unwrap();
    assert_eq!((recorded.effect, recorded.order.sn.as_deref()), (Effect::Nothing, Some("SN1")));
}

#[test]
fn an_empty_proof_is_a_proof() {
    let mut shop = pending();
    let empty = Answer::Confirmed { sn: Some("".into()), cost: None, desc: None, ask_again: false };
    let recorded = shop.answer("INQ-1", Source::Send, empty).unwrap();
    assert_eq!((recorded.order.sn.as_deref(), recorded.attempt.check_at), (Some(""), None));
}

#[test]
fn status_checks_come_after_the_pause_that_the_supplier_wants() {
    let mut shop = pending();
    shop.answer("INQ-1", Source::Send, unknown()).unwrap();
    for (check, seconds) in (1..).zip([60, 120, 240]) {
        let pause = Duration::from_secs(seconds);
        let said = shop.answer_of("INQ-1", Source::Status, unknown());
        let recorded = shop.ask(domain::command::RecordAnswer { pause, ..said }).unwrap();
        assert_eq!(recorded.attempt.checks, check);
        assert_eq!(recorded.attempt.check_at, Some(shop.now.plus(pause)));
    }
}

#[test]
fn an_answer_for_another_order_or_attempt_settles_nothing() {
    let mut shop = pending();
    let other = AcceptPurchase { allow_duplicate: true, ..shop.purchase("TRX-1") };
    shop.ask(other).unwrap();
    let record = shop.answer_of("INQ-1", Source::Send, confirmed());
    for wrong in [
        domain::command::RecordAnswer { attempt: shop.attempt_key("TRX-1"), ..record.clone() },
        domain::command::RecordAnswer { claim: shop.order("TRX-1").claim.clone(), ..record.clone() },
        domain::command::RecordAnswer {
            attempt: domain::attempt::AttemptKey { number: 2, ..record.attempt },
            ..record.clone()
        },
        domain::command::RecordAnswer { key: shop.key("TRX-1"), ..record.clone() },
        domain::command::RecordAnswer { key: shop.key("nobody"), ..record },
    ] {
        assert!(shop.ask(wrong).is_err());
    }
    assert_eq!(shop.order("INQ-1").status, OrderStatus::Pending);
    assert_eq!(shop.order("TRX-1").status, OrderStatus::Pending);
}
