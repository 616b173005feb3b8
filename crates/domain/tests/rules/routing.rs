//! A purchase goes on to the next supplier when the one before made nothing of it, and never otherwise.

use domain::answer::{Answer, Source};
use domain::attempt::{Attempt, AttemptState};
use domain::command::{AcceptPurchase, Command, Effect, RecordAnswer, Recorded, Reroute};
use domain::ledger::{Account, Slot};
use domain::order::{Cost, DeskReason, OrderStatus};
use domain::refusal::Refusal;

use crate::shop::{LOST_AFTER, Shop, confirmed, confirmed_at, nothing_created, refunded, refused, rupiah, unknown};

/// What the merchant has, and what is held, while the purchase is pending.
const PENDING: (i64, i64) = (978_575, 21_425);

/// A purchase that is being sent to its first supplier.
fn bought() -> Shop {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    shop
}

/// What is said of the newest attempt, with another supplier to go on to.
fn said(shop: &Shop, source: Source, answer: Answer) -> RecordAnswer {
    RecordAnswer {
        attempt: shop.newest_attempt("TRX-1"),
        next: Some(shop.reroute("second", 20_500)),
        ..shop.answer_of("TRX-1", source, answer)
    }
}

/// One that went on to a second supplier, and is being sent there.
fn rerouted() -> Shop {
    let mut shop = bought();
    let recorded = shop.ask(said(&shop, Source::Send, nothing_created())).unwrap();
    assert_eq!(recorded.effect, Effect::Rerouted);
    shop
}

/// Says something of the newest attempt, with nowhere to go on to.
fn say_last(shop: &mut Shop, source: Source, answer: Answer) -> Result<Recorded, Refusal> {
    let attempt = shop.newest_attempt("TRX-1");
    shop.ask(RecordAnswer { attempt, ..shop.answer_of("TRX-1", source, answer) })
}

fn attempt(shop: &Shop, number: u16) -> &Attempt {
    &shop.attempts[&shop.numbered_attempt("TRX-1", number)]
}

#[test]
fn what_made_nothing_goes_on_in_one_step_and_moves_nothing() {
    for answer in [nothing_created(), Answer::NotReceived] {
        let mut shop = bought();
        shop.advance(std::time::Duration::from_secs(3));
        let command: Command = said(&shop, Source::Send, answer).into();
        let (decided, step) = shop.apply(&command);
        decided.unwrap();
        assert!(step.transfers.is_empty() && step.books.is_empty() && step.duplicates.is_empty());
        assert_eq!((step.orders.len(), step.attempts.len()), (1, 2));
        assert_eq!(shop.money(), PENDING);

        let order = shop.order("TRX-1");
        assert_eq!((order.status, order.attempts, order.desk), (OrderStatus::Pending, 2, None));
        assert_eq!((order.amount, order.quoted_cost), (rupiah(21_425), rupiah(20_500)));
        let (first, second) = (attempt(&shop, 1), attempt(&shop, 2));
        assert_eq!((first.state, first.check_at), (AttemptState::Refused, None), "nobody asks there any more");
        let next = shop.reroute("second", 20_500);
        let expected = Attempt::sending(
            shop.numbered_attempt("TRX-1", 2),
            next.route,
            next.supplier_ref,
            "".into(),
            shop.deadlines(),
            shop.now,
        );
        assert_eq!(*second, expected);
        assert_eq!(shop.audit(), []);
    }
}

#[test]
fn only_the_first_word_that_proves_that_nothing_was_made_lets_it_go_on() {
    type Prepare = fn(&mut Shop);
    let sent: Prepare = |_| {};
    let lost: Prepare = |shop| shop.advance(LOST_AFTER);
    let unknown_so_far: Prepare = |shop| drop(shop.answer("TRX-1", Source::Send, unknown()).unwrap());
    let heard_of: Prepare = |shop| drop(shop.answer("TRX-1", Source::Callback, unknown()).unwrap());
    let sent_again: Prepare = |shop| {
        shop.advance(LOST_AFTER);
        shop.answer("TRX-1", Source::Status, Answer::NotReceived).unwrap();
        shop.send_again("TRX-1").unwrap();
    };
    let not_yet_sent_again: Prepare = |shop| drop(shop.answer("TRX-1", Source::Send, Answer::NotReceived).unwrap());
    let failed: Prepare = |shop| drop(shop.answer("TRX-1", Source::Callback, refused()).unwrap());
    let succeeded: Prepare = |shop| drop(shop.answer("TRX-1", Source::Callback, confirmed()).unwrap());
    let refunded_already: Prepare = |shop| {
        shop.answer("TRX-1", Source::Callback, confirmed()).unwrap();
        shop.answer("TRX-1", Source::Callback, refunded()).unwrap();
    };
    let table: &[(Prepare, Source, Answer)] = &[
        (sent, Source::Send, refused()),
        (sent, Source::Send, unknown()),
        (sent, Source::Send, confirmed()),
        (sent, Source::Send, refunded()),
        (sent, Source::Callback, nothing_created()),
        (sent, Source::Callback, Answer::NotReceived),
        (lost, Source::Status, nothing_created()),
        (lost, Source::Status, Answer::NotReceived),
        (lost, Source::Operator, nothing_created()),
        (lost, Source::Operator, Answer::NotReceived),
        (unknown_so_far, Source::Send, nothing_created()),
        (unknown_so_far, Source::Send, Answer::NotReceived),
        (unknown_so_far, Source::Status, nothing_created()),
        (heard_of, Source::Send, nothing_created()),
        (heard_of, Source::Send, Answer::NotReceived),
        (sent_again, Source::Send, nothing_created()),
        (sent_again, Source::Send, Answer::NotReceived),
        (not_yet_sent_again, Source::Send, nothing_created()),
        (not_yet_sent_again, Source::Send, Answer::NotReceived),
        (failed, Source::Send, nothing_created()),
        (succeeded, Source::Send, nothing_created()),
        (succeeded, Source::Send, Answer::NotReceived),
        (refunded_already, Source::Send, nothing_created()),
    ];
    for (row, (prepare, source, answer)) in table.iter().enumerate() {
        let mut shop = bought();
        prepare(&mut shop);
        let recorded = shop.ask(said(&shop, *source, answer.clone())).unwrap();
        assert_ne!(recorded.effect, Effect::Rerouted, "row {row}");
        assert_eq!((recorded.next, recorded.order.attempts), (None, 1), "row {row}");
        assert_eq!(shop.attempts.len(), 1, "row {row}");
    }
}

#[test]
fn the_operator_may_let_other_refusals_go_on_but_nothing_else() {
    for (answer, goes_on) in [
        (refused(), true),
        (nothing_created(), true),
        (Answer::NotReceived, true),
        (unknown(), false),
        (confirmed(), false),
        (refunded(), false),
    ] {
        let mut shop = bought();
        let next = Some(Reroute { is_allowed_by_operator: true, ..shop.reroute("second", 20_500) });
        let recorded = shop.ask(RecordAnswer { next, ..said(&shop, Source::Send, answer.clone()) }).unwrap();
        assert_eq!(recorded.next.is_some(), goes_on, "{answer:?}");
    }
}

#[test]
fn an_accepted_bill_never_goes_to_another_supplier() {
    for (answer, status) in [(nothing_created(), OrderStatus::Failed), (Answer::NotReceived, OrderStatus::Pending)] {
        let mut shop = Shop::open();
        shop.pend("INQ-1");
        let next = Some(Reroute { is_allowed_by_operator: true, ..shop.reroute("second", 20_500) });
        let recorded = shop.ask(RecordAnswer { next, ..shop.answer_of("INQ-1", Source::Send, answer) }).unwrap();
        assert_eq!((recorded.next, recorded.order.attempts, recorded.order.status), (None, 1, status));
    }
}

#[test]
fn without_a_next_supplier_a_refusal_ends_it() {
    let mut shop = bought();
    let recorded = shop.answer("TRX-1", Source::Send, nothing_created()).unwrap();
    assert_eq!((recorded.effect, recorded.order.status), (Effect::Failed, OrderStatus::Failed));
    assert_eq!(shop.money(), (1_000_000, 0));
}

#[test]
fn the_same_answer_again_does_not_go_on_again() {
    for answer in [nothing_created(), Answer::NotReceived] {
        let mut shop = bought();
        let first = said(&shop, Source::Send, answer);
        shop.ask(first.clone()).unwrap();
        let before = (shop.orders.clone(), shop.attempts.clone());
        for _ in 0..3 {
            let recorded = shop.ask(first.clone()).unwrap();
            assert_eq!((recorded.effect, recorded.next), (Effect::Nothing, None));
        }
        assert_eq!((&shop.orders, &shop.attempts), (&before.0, &before.1));
    }
}

#[test]
fn it_may_go_on_more_than_once_and_its_money_is_released_once() {
    let mut shop = rerouted();
    let next = Some(shop.reroute("third", 20_700));
    shop.ask(RecordAnswer { next, ..said(&shop, Source::Send, Answer::NotReceived) }).unwrap();
    assert_eq!((shop.order("TRX-1").attempts, shop.order("TRX-1").quoted_cost), (3, rupiah(20_700)));
    assert_eq!(attempt(&shop, 3).route.supplier.as_str(), "third");
    assert_eq!(shop.money(), PENDING);
    assert_eq!(say_last(&mut shop, Source::Send, nothing_created()).unwrap().effect, Effect::Failed);
    assert_eq!(shop.money(), (1_000_000, 0));
    assert_eq!(shop.legs("TRX-1").len(), 2, "held once, released once");
}

#[test]
fn the_second_suppliers_success_is_captured_at_its_own_cost() {
    for (answer, taken, is_stated) in
        [(confirmed(), 20_500, false), (confirmed_at(20_500), 20_500, true), (confirmed_at(20_000), 20_000, true)]
    {
        let mut shop = rerouted();
        let recorded = say_last(&mut shop, Source::Send, answer).unwrap();
        assert_eq!(recorded.order.cost, Some(Cost { amount: rupiah(taken), is_stated }));
        let differs = (taken != 20_500).then_some(DeskReason::CostDiffers);
        assert_eq!(recorded.order.desk, differs, "it is compared with what the second supplier quoted");
        assert_eq!(
            shop.legs("TRX-1"),
            [
                (Slot::Hold, 0, Account::Available, Account::Held, 21_425),
                (Slot::Settle, 0, Account::Held, Account::SupplierCost, taken),
                (Slot::Settle, 1, Account::Held, Account::Revenue, 21_425 - taken),
            ]
        );
    }
}

#[test]
fn a_like_purchase_is_still_a_duplicate_while_it_goes_on() {
    let mut shop = rerouted();
    assert_eq!(shop.buy("TRX-2").unwrap_err(), Refusal::DuplicateOrder);
    say_last(&mut shop, Source::Send, nothing_created()).unwrap();
    shop.buy("TRX-2").unwrap();
}

#[test]
fn nothing_is_bought_at_a_negative_cost() {
    let mut shop = bought();
    let next = Some(shop.reroute("second", -1));
    let recorded = shop.ask(RecordAnswer { next, ..said(&shop, Source::Send, nothing_created()) }).unwrap();
    assert_eq!((recorded.effect, recorded.next), (Effect::Failed, None));
}

// Late words about an attempt after which another supplier was asked.

/// The order in each of its statuses, by what the second supplier says.
fn in_every_status() -> Vec<(OrderStatus, Shop)> {
    let mut shops = Vec::new();
    for (status, words) in [
        (OrderStatus::Pending, vec![]),
        (OrderStatus::Pending, vec![unknown()]),
        (OrderStatus::Success, vec![confirmed()]),
        (OrderStatus::Failed, vec![nothing_created()]),
        (OrderStatus::Refunded, vec![confirmed(), refunded()]),
    ] {
        let mut shop = rerouted();
        for word in words {
            say_last(&mut shop, Source::Send, word).unwrap();
        }
        assert_eq!(shop.order("TRX-1").status, status);
        shops.push((status, shop));
    }
    shops
}

#[test]
fn a_late_success_of_a_superseded_attempt_comes_to_the_desk_and_moves_no_money() {
    for source in [Source::Send, Source::Callback, Source::Status] {
        for (status, mut shop) in in_every_status() {
            let (ledger, money) = (shop.ledger.clone(), shop.money());
            for effect in [Effect::Contradicted, Effect::Nothing, Effect::Nothing] {
                let late = shop.answer_of("TRX-1", source, confirmed_at(20_000));
                let next = Some(shop.reroute("third", 20_700));
                let recorded = shop.ask(RecordAnswer { next, ..late }).unwrap();
                assert_eq!((recorded.effect, recorded.next), (effect, None), "{source:?}, {status:?}");
                assert_eq!((recorded.attempt.state, recorded.attempt.check_at), (AttemptState::Succeeded, None));
            }
            let order = shop.order("TRX-1");
            assert_eq!((order.status, order.desk), (status, Some(DeskReason::SuccessAfterFailure)));
            assert_eq!((&shop.ledger, shop.money()), (&ledger, money));
        }
    }
}

#[test]
fn a_late_failure_or_silence_of_a_superseded_attempt_does_nothing() {
    for source in [Source::Send, Source::Callback, Source::Status] {
        for answer in [refused(), nothing_created(), refunded(), unknown(), Answer::NotReceived] {
            for (status, mut shop) in in_every_status() {
                let before = (shop.order("TRX-1").clone(), shop.ledger.clone(), attempt(&shop, 2).clone());
                let late = shop.answer_of("TRX-1", source, answer.clone());
                let next = Some(shop.reroute("third", 20_700));
                let recorded = shop.ask(RecordAnswer { next, ..late }).unwrap();
                assert_eq!((recorded.effect, recorded.next), (Effect::Nothing, None), "{answer:?}, {status:?}");
                assert_eq!((recorded.attempt.state, recorded.attempt.check_at), (AttemptState::Refused, None));
                assert_eq!((shop.order("TRX-1"), &shop.ledger, attempt(&shop, 2)), (&before.0, &before.1, &before.2));
            }
        }
    }
}

#[test]
fn a_superseded_attempt_is_never_sent_again() {
    for answer in [nothing_created(), Answer::NotReceived] {
        let mut shop = bought();
        shop.ask(said(&shop, Source::Send, answer)).unwrap();
        shop.advance(LOST_AFTER);
        for late in [Answer::NotReceived, unknown(), confirmed()] {
            shop.answer("TRX-1", Source::Status, late).unwrap();
            assert_eq!(shop.send_again("TRX-1").unwrap_err(), Refusal::AttemptState);
        }
    }
}

#[test]
fn that_it_was_bought_twice_stays_on_the_desk_whatever_the_second_supplier_says() {
    for (word, status) in [
        (confirmed(), OrderStatus::Success),
        (confirmed_at(20_000), OrderStatus::Success),
        (refused(), OrderStatus::Failed),
        (unknown(), OrderStatus::Pending),
        (Answer::NotReceived, OrderStatus::Pending),
    ] {
        let mut shop = rerouted();
        shop.answer("TRX-1", Source::Callback, confirmed()).unwrap();
        let recorded = say_last(&mut shop, Source::Send, word.clone()).unwrap();
        assert_eq!(
            (recorded.order.status, recorded.order.desk),
            (status, Some(DeskReason::SuccessAfterFailure)),
            "{word:?}"
        );
    }
}

#[test]
fn what_an_earlier_supplier_turns_out_to_have_done_is_bought_nowhere_else() {
    let mut shop = rerouted();
    shop.answer("TRX-1", Source::Callback, confirmed()).unwrap();
    let next = Some(shop.reroute("third", 20_700));
    let recorded = shop.ask(RecordAnswer { next, ..said(&shop, Source::Send, nothing_created()) }).unwrap();
    assert_eq!((recorded.effect, recorded.next, recorded.order.attempts), (Effect::Failed, None, 2));

    let mut shop = rerouted();
    shop.answer("TRX-1", Source::Callback, confirmed()).unwrap();
    say_last(&mut shop, Source::Send, Answer::NotReceived).unwrap();
    let attempt = shop.newest_attempt("TRX-1");
    let again = domain::command::SendAgain { attempt, ..shop.sending_again("TRX-1") };
    assert_eq!(shop.ask(again).unwrap_err(), Refusal::AttemptState);
}

#[test]
fn a_person_ends_what_was_bought_twice_once() {
    for (word, status, money) in
        [(confirmed(), OrderStatus::Success, (978_575, 0)), (refused(), OrderStatus::Failed, (1_000_000, 0))]
    {
        let mut shop = rerouted();
        say_last(&mut shop, Source::Send, unknown()).unwrap();
        shop.answer("TRX-1", Source::Callback, confirmed()).unwrap();
        let order = say_last(&mut shop, Source::Operator, word.clone()).unwrap().order;
        assert_eq!((order.status, order.desk), (status, None));
        assert_eq!(order.decided, Some(DeskReason::SuccessAfterFailure));
        // Copies of what the person has overruled are not heard.
        assert_eq!(shop.answer("TRX-1", Source::Callback, confirmed()).unwrap().effect, Effect::Nothing);
        assert_eq!((shop.order("TRX-1").desk, shop.money()), (None, money));
        assert_eq!(say_last(&mut shop, Source::Operator, word).unwrap_err(), Refusal::OrderFinal);
    }
}

#[test]
fn a_purchase_that_was_allowed_as_a_duplicate_goes_on_like_any_other() {
    let mut shop = bought();
    let twin = AcceptPurchase { allow_duplicate: true, ..shop.purchase("TRX-2") };
    shop.ask(twin).unwrap();
    for ref_id in ["TRX-1", "TRX-2"] {
        let next = Some(shop.reroute("second", 20_500));
        shop.ask(RecordAnswer { next, ..shop.answer_of(ref_id, Source::Send, nothing_created()) }).unwrap();
    }
    assert_eq!(shop.duplicates.values().map(|guard| guard.pending).collect::<Vec<_>>(), [2]);
    say_last(&mut shop, Source::Send, refused()).unwrap();
    assert_eq!(shop.duplicates.values().map(|guard| guard.pending).collect::<Vec<_>>(), [1]);
}

// What an attempt remembers of earlier sendings.

#[test]
fn an_attempt_may_have_arrived_once_somebody_but_its_sender_spoke_of_it() {
    type Deed = fn(&mut Shop);
    let not_sent: Deed = |shop| drop(shop.answer("TRX-1", Source::Send, Answer::NotReceived).unwrap());
    let lost: Deed = |shop| drop(shop.answer("TRX-1", Source::Send, unknown()).unwrap());
    let heard_of: Deed = |shop| drop(shop.answer("TRX-1", Source::Callback, unknown()).unwrap());
    let later: Deed = |shop| shop.advance(LOST_AFTER);
    let not_found: Deed = |shop| drop(shop.answer("TRX-1", Source::Status, Answer::NotReceived).unwrap());
    let found: Deed = |shop| drop(shop.answer("TRX-1", Source::Status, unknown()).unwrap());
    let denied: Deed = |shop| drop(shop.answer("TRX-1", Source::Callback, Answer::NotReceived).unwrap());
    let again: Deed = |shop| drop(shop.send_again("TRX-1").unwrap());
    let table: &[(&[Deed], bool)] = &[
        (&[], false),
        (&[not_sent], false),
        (&[not_sent, not_sent], false),
        (&[not_sent, denied], false),
        (&[not_sent, again], false),
        (&[not_sent, again, not_sent], false),
        (&[not_sent, again, not_sent, again], false),
        (&[lost], false),
        (&[lost, later, found], false),
        (&[lost, later, not_found], true),
        (&[lost, later, not_found, again], true),
        (&[lost, later, not_found, again, not_sent], true),
        (&[lost, later, not_found, again, not_sent, again, lost], true),
        (&[later, not_found], true),
        (&[not_sent, again, later, not_found], true),
        (&[not_sent, later, not_found, again], true),
        // Its supplier has spoken of it, so something has left, whatever its sender says.
        (&[heard_of, not_sent], true),
        (&[heard_of, not_sent, again], true),
        (&[not_sent, again, heard_of, not_sent], true),
    ];
    for (row, (deeds, may_have_arrived)) in table.iter().enumerate() {
        let mut shop = bought();
        for deed in *deeds {
            deed(&mut shop);
        }
        assert_eq!(attempt(&shop, 1).may_have_arrived, *may_have_arrived, "row {row}");
    }
}

#[test]
fn another_suppliers_attempt_begins_afresh() {
    let mut shop = bought();
    shop.answer("TRX-1", Source::Send, Answer::NotReceived).unwrap();
    shop.send_again("TRX-1").unwrap();
    shop.ask(said(&shop, Source::Send, nothing_created())).unwrap();
    let second = attempt(&shop, 2);
    assert_eq!((second.may_have_arrived, second.checks, second.exchanges), (false, 0, 0));
    assert_ne!(second.supplier_ref, attempt(&shop, 1).supplier_ref);
}
