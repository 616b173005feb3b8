//! The history of an order: word for word, densely numbered, written with what the words did.

use domain::answer::Source;
use domain::command::{Command, RecordAnswer};
use domain::refusal::Refusal;

use crate::shop::{LOST_AFTER, Shop, confirmed, nothing_created, refused, unknown, words};

/// What is said of an order's newest attempt, in these words.
fn said(shop: &Shop, source: Source, answer: domain::answer::Answer, text: &str) -> RecordAnswer {
    RecordAnswer {
        words: Some(words(text)),
        attempt: shop.newest_attempt("TRX-1"),
        ..shop.answer_of("TRX-1", source, answer)
    }
}

#[test]
fn words_are_numbered_densely_for_each_attempt() {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    let next = Some(shop.reroute("second", 20_500));
    let steps = [
        (Source::Callback, unknown(), "a"),
        (Source::Send, unknown(), "b"),
        (Source::Status, unknown(), "c"),
        (Source::Status, unknown(), "c"),
    ];
    for (source, answer, text) in steps {
        shop.ask(said(&shop, source, answer, text)).unwrap();
    }
    // Without words nothing is counted.
    shop.answer("TRX-1", Source::Callback, unknown()).unwrap();
    shop.ask(said(&shop, Source::Status, confirmed(), "d")).unwrap();
    // A second order counts from 1, and so does its second attempt.
    let twin = domain::command::AcceptPurchase { allow_duplicate: true, ..shop.purchase("TRX-2") };
    shop.ask(twin).unwrap();
    let told =
        RecordAnswer { words: Some(words("e")), next, ..shop.answer_of("TRX-2", Source::Send, nothing_created()) };
    shop.ask(told.clone()).unwrap();
    let second = shop.numbered_attempt("TRX-2", 2);
    shop.ask(RecordAnswer { attempt: second, answer: refused(), words: Some(words("f")), ..told.clone() }).unwrap();
    shop.ask(RecordAnswer { answer: confirmed(), words: Some(words("g")), ..told }).unwrap();

    let (one, two) = (shop.attempt_key("TRX-1"), shop.attempt_key("TRX-2"));
    let found: Vec<_> =
        shop.exchanges.iter().map(|exchange| (exchange.attempt, exchange.number, &*exchange.words.answer)).collect();
    assert_eq!(
        found,
        [
            (one, 1, "a"),
            (one, 2, "b"),
            (one, 3, "c"),
            (one, 4, "c"),
            (one, 5, "d"),
            (two, 1, "e"),
            (second, 1, "f"),
            (two, 2, "g"),
        ]
    );
    assert_eq!(
        (shop.attempts[&one].exchanges, shop.attempts[&two].exchanges, shop.attempts[&second].exchanges),
        (5, 2, 1)
    );
}

#[test]
fn words_are_written_with_what_they_did_and_when() {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    shop.advance(std::time::Duration::from_secs(2));
    let command: Command = said(&shop, Source::Send, confirmed(), "done").into();
    let (decided, step) = shop.apply(&command);
    decided.unwrap();
    assert_eq!((step.exchanges.len(), step.orders.len(), step.transfers.len()), (1, 1, 2));
    let exchange = &step.exchanges[0];
    assert_eq!((exchange.source, exchange.recorded_at, &exchange.words), (Source::Send, shop.now, &words("done")));
    assert_eq!(step.attempts[0].after.exchanges, 1);
}

#[test]
fn copies_are_kept_too_and_their_attempt_says_when_it_changed() {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    shop.ask(said(&shop, Source::Send, refused(), "no")).unwrap();
    for copy in 2..5 {
        shop.advance(std::time::Duration::from_secs(1));
        let command: Command = said(&shop, Source::Callback, refused(), "no").into();
        let (decided, step) = shop.apply(&command);
        decided.unwrap();
        assert!(step.orders.is_empty() && step.transfers.is_empty());
        assert_eq!(step.exchanges[0].number, copy);
        assert_eq!(step.attempts[0].after.updated_at, shop.now);
    }
}

#[test]
fn a_refused_command_leaves_no_words() {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    // The bench looks at every refused command's world.
    let early = said(&shop, Source::Status, confirmed(), "x");
    assert_eq!(shop.ask(early).unwrap_err(), Refusal::AttemptInFlight);
    shop.advance(LOST_AFTER);
    let elsewhere = domain::order::Claim::Bill(shop.bill_key("1"));
    let astray = RecordAnswer { claim: elsewhere, ..said(&shop, Source::Send, confirmed(), "x") };
    assert!(shop.ask(astray).is_err());
    shop.ask(said(&shop, Source::Send, confirmed(), "yes")).unwrap();
    let late = said(&shop, Source::Operator, refused(), "x");
    assert_eq!(shop.ask(late).unwrap_err(), Refusal::OrderFinal);
    assert_eq!(shop.exchanges.len(), 1);
}
