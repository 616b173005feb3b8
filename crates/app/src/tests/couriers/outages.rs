//! Receivers that are down: for a while, for too long, or for good.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::dispatch::DeliveryState;
use domain::endpoint::EndpointState;
use domain::event::EventKind;
use domain::refusal::Refusal;

use super::{HOUR, SECOND, URL};
use crate::tests::house::{confirmed, unknown};
use crate::tests::mailroom::Mailroom;
use crate::tests::post::{Manner, Received, answer};
use crate::{
    CallError, EndpointTerms, Posted, change_endpoint, read_events, read_tries, recover, resend, send_test_event,
};

const DAY: Duration = Duration::from_hours(24);
/// The longest pause in which a dead endpoint is left alone, with its jitter.
const LONGEST_PAUSE: Duration = Duration::from_mins(12);

/// What was acknowledged, in its order; nothing was twice.
fn arrived(letters: &[Received]) -> Vec<String> {
    let ids: Vec<String> =
        letters.iter().filter(|letter| letter.status == Some(200)).map(|letter| letter.id.clone()).collect();
    let different: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(different.len(), ids.len(), "what was acknowledged came again");
    ids
}

fn on() -> EndpointTerms {
    EndpointTerms { is_on: Some(true), ..EndpointTerms::default() }
}

#[tokio::test]
async fn one_that_was_down_for_71_hours_gets_everything_when_it_comes_back() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.says(URL, 502);
    let mut orders = Vec::new();
    for hour in 0..71 {
        let order = mail.order(merchant_id).await;
        mail.say(&order, unknown()).await;
        if hour % 2 == 0 {
            mail.say(&order, confirmed()).await;
        }
        orders.push(order);
        mail.pass_slowly(Duration::from_mins(10), 6).await;
    }
    // At most one try each pause, however many wait.
    assert!(mail.post.count() < 71 * 8, "{}", mail.post.count());
    assert_eq!(mail.state(merchant_id, endpoint_id).await, EndpointState::On);
    mail.post.says(URL, 200);
    mail.pass(LONGEST_PAUSE).await;
    assert_eq!(arrived(&mail.post.received()).len(), 71 + 36);
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 107);
    // A courier may look once more when something was due that has gone already.
    mail.pass(DAY).await;
    assert_eq!(mail.context.couriers.awake(), 0);
    // Each order's in their order.
    let mut latest: BTreeMap<String, String> = BTreeMap::new();
    for letter in mail.post.received().iter().filter(|letter| letter.status == Some(200)) {
        let body = String::from_utf8_lossy(&letter.body).into_owned();
        let order = body.split(r#""ref_id":""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
        let before = latest.insert(order, letter.event());
        assert!(before.is_none_or(|before| before == "order.pending"), "pending came after success");
    }
}

#[tokio::test]
async fn one_that_was_down_for_six_days_is_disabled_and_recovers_by_one_command() {
    let mut mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let since = mail.now();
    mail.post.set(URL, Manner::Answers(Posted::default()));
    let first = mail.order(merchant_id).await;
    mail.say(&first, unknown()).await;
    mail.pass(SECOND).await;
    let failing_since = mail.stored(merchant_id, endpoint_id).await.failing_since().unwrap();
    for quarter in 0..24 {
        let is_disabled = mail.state(merchant_id, endpoint_id).await == EndpointState::Failing;
        assert_eq!(is_disabled, mail.now().since(failing_since) >= 5 * DAY, "quarter {quarter}");
        assert_eq!(mail.context.couriers.figures().disabled(), u64::from(is_disabled));
        assert_eq!(mail.context.count_endpoints(), (1, usize::from(is_disabled)));
        mail.succeed(merchant_id, 2).await;
        mail.pass_slowly(Duration::from_mins(36), 10).await;
    }
    // The first order's second event comes when its first was given up.
    mail.say(&first, confirmed()).await;
    mail.settle().await;
    assert_eq!(mail.context.couriers.awake(), 0, "nobody waits for an endpoint that is disabled");
    let posted = mail.post.count();
    mail.reopen().await;
    mail.pass(DAY).await;
    assert_eq!(mail.post.count(), posted);
    assert!(mail.count(merchant_id, endpoint_id, DeliveryState::GivenUp).await > 10);

    mail.post.says(URL, 200);
    let seen = parking_lot::Mutex::new(Vec::new());
    let recovered = recover(&mail.context, merchant_id, endpoint_id, since, |far| seen.lock().push(far)).await.unwrap();
    assert_eq!(
        (recovered.looked_at, recovered.of, recovered.recovered),
        (51, 51, 50),
        "that it was disabled is an event too"
    );
    assert_eq!(seen.lock().last(), Some(&recovered));
    mail.settle().await;
    assert_eq!(mail.state(merchant_id, endpoint_id).await, EndpointState::On);
    assert_eq!(arrived(&mail.post.received()).len(), 50);
    let number = format!(r#""order_id":{},"#, first.order_id);
    let letters = mail.post.received();
    let of_first = letters[posted..].iter().filter(|letter| String::from_utf8_lossy(&letter.body).contains(&number));
    assert_eq!(of_first.map(Received::event).collect::<Vec<_>>(), ["order.pending", "order.success"]);
    // A second time there is nothing left to recover.
    let again = recover(&mail.context, merchant_id, endpoint_id, since, |_| {}).await.unwrap();
    assert_eq!((again.looked_at, again.recovered), (51, 0));
    mail.settle().await;
    assert_eq!((mail.post.count(), mail.context.couriers.awake()), (posted + 50, 0));
}

#[tokio::test]
async fn a_recovery_is_of_a_time_and_leaves_off_what_its_owner_switched_off() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.says(URL, 500);
    mail.succeed(merchant_id, 1).await;
    mail.pass(HOUR).await;
    let since = mail.now();
    mail.succeed(merchant_id, 2).await;
    mail.settle().await;
    let off = EndpointTerms { is_on: Some(false), ..EndpointTerms::default() };
    change_endpoint(&mail.context, merchant_id, endpoint_id, &off).await.unwrap();
    mail.settle().await;
    assert_eq!(mail.context.couriers.awake(), 0);
    mail.post.says(URL, 200);
    let posted = mail.post.count();
    let recovered = recover(&mail.context, merchant_id, endpoint_id, since, |_| {}).await.unwrap();
    assert_eq!((recovered.looked_at, recovered.recovered), (2, 2));
    mail.pass(HOUR).await;
    assert_eq!((mail.post.count(), mail.state(merchant_id, endpoint_id).await), (posted, EndpointState::Off));
    change_endpoint(&mail.context, merchant_id, endpoint_id, &on()).await.unwrap();
    mail.settle().await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 3);
    let nobody = domain::id::EndpointId(1);
    let unknown = recover(&mail.context, merchant_id, nobody, since, |_| {}).await.unwrap_err();
    assert_eq!(unknown, CallError::Refused(Refusal::EndpointNotFound));
}

#[tokio::test]
async fn one_that_says_410_wants_no_more_until_it_is_switched_on() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.will_answer([answer(410)]);
    mail.succeed(merchant_id, 3).await;
    mail.pass(DAY).await;
    assert_eq!((mail.post.count(), mail.context.couriers.awake()), (1, 0));
    assert_eq!(mail.state(merchant_id, endpoint_id).await, EndpointState::Gone);
    assert_eq!((mail.context.count_endpoints(), mail.context.couriers.figures().disabled()), ((1, 1), 1));
    mail.succeed(merchant_id, 1).await;
    mail.settle().await;
    assert_eq!((mail.post.count(), mail.context.couriers.awake()), (1, 0));
    change_endpoint(&mail.context, merchant_id, endpoint_id, &on()).await.unwrap();
    mail.settle().await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 3);
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::GivenUp).await, 1);
    resend(&mail.context, merchant_id, 1, endpoint_id).await.unwrap();
    mail.settle().await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 4);
    let (logged, tries) = read_tries(&mail.context, merchant_id, 1).await.unwrap();
    assert_eq!((logged.deliveries.len(), logged.deliveries[0].tries), (1, 2));
    let tries: Vec<_> = tries.iter().map(|made| (made.number, made.status)).collect();
    assert_eq!(tries, [(1, Some(410)), (2, Some(200))]);
}

#[tokio::test]
async fn a_dead_one_gets_one_try_a_pause_and_what_waited_goes_at_once_when_it_is_back() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.says(URL, 500);
    mail.succeed(merchant_id, 50).await;
    mail.settle().await;
    assert_eq!(mail.post.count(), 5, "five failures are enough");
    let (mut posted, mut since) = (5, Duration::ZERO);
    let mut pauses = Vec::new();
    while pauses.len() < 8 {
        mail.succeed(merchant_id, 1).await;
        mail.pass(SECOND).await;
        since += SECOND;
        if mail.post.count() > posted {
            assert_eq!(mail.post.count(), posted + 1);
            pauses.push(std::mem::take(&mut since).as_secs());
            posted += 1;
        }
    }
    for (pause, usual) in pauses.iter().zip([30_u64, 60, 120, 240, 480, 600, 600, 600]) {
        assert!((usual * 8 / 10..=usual * 12 / 10 + 1).contains(pause), "{pauses:?}");
    }
    // It is back, but fails at one event for good, and at another one once.
    let waiting = mail.count(merchant_id, endpoint_id, DeliveryState::Pending).await;
    mail.post.says(URL, 200);
    mail.post.will_answer([200, 200, 500, 200, 200, 500].map(answer));
    mail.pass(LONGEST_PAUSE).await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, waiting - 2);
    assert_eq!(mail.post.count(), posted + waiting, "what fails anew waits for its time");
    for left in mail.deliveries(merchant_id, endpoint_id).await {
        assert!(left.state == DeliveryState::Delivered || left.next_at.unwrap() > mail.now());
    }
    mail.pass(HOUR).await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, waiting);
}

#[tokio::test]
async fn who_says_that_it_works_now_does_not_wait() {
    type Cure = (Option<&'static str>, Option<bool>);
    let table: [(Cure, &str); 2] =
        [((Some("https://new.example/"), None), "https://new.example/"), ((None, Some(true)), URL)];
    for ((url, is_on), expected) in table {
        let mail = Mailroom::open();
        let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
        mail.post.says(URL, 500);
        mail.succeed(merchant_id, 20).await;
        mail.pass_slowly(Duration::from_mins(10), 30).await;
        let posted = mail.post.count();
        mail.post.says(URL, 200);
        mail.clock.advance(Duration::from_micros(1));
        // Another name for it says nothing about that.
        let renamed = EndpointTerms { description: Some("Toko".into()), ..EndpointTerms::default() };
        change_endpoint(&mail.context, merchant_id, endpoint_id, &renamed).await.unwrap();
        mail.settle().await;
        assert_eq!(mail.post.count(), posted);
        let terms = EndpointTerms { url: url.map(Into::into), is_on, ..EndpointTerms::default() };
        change_endpoint(&mail.context, merchant_id, endpoint_id, &terms).await.unwrap();
        mail.settle().await;
        assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 20);
        assert_eq!(mail.post.count(), posted + 20);
        assert!(mail.post.received()[posted..].iter().all(|letter| &*letter.url == expected));
        assert_eq!(mail.stored(merchant_id, endpoint_id).await.outage, None);
    }
}

#[tokio::test]
async fn what_a_person_sends_does_not_wait_for_a_pause_and_is_the_try_that_ends_it() {
    for is_resent in [true, false] {
        let mail = Mailroom::open();
        let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
        mail.post.says(URL, 500);
        mail.succeed(merchant_id, 20).await;
        mail.pass_slowly(Duration::from_mins(10), 12).await;
        let send = async || {
            if is_resent {
                // One in the middle: the others were due before it.
                resend(&mail.context, merchant_id, 13, endpoint_id).await.unwrap();
                return 13;
            }
            send_test_event(&mail.context, merchant_id, endpoint_id, EventKind::Failed).await.unwrap().number
        };
        let id_of = async |number| {
            let event = mail.context.read(move |snapshot| snapshot.event(merchant_id, number)).await.unwrap();
            event.unwrap().webhook_id()
        };
        // While it is dead each costs one try, that of the event, and the pause goes on.
        let mut posted = mail.post.count();
        for _ in 0..3 {
            let number = send().await;
            mail.settle().await;
            posted += 1;
            assert_eq!(mail.post.count(), posted);
            assert_eq!(mail.post.received()[posted - 1].id, id_of(number).await);
        }
        mail.pass(SECOND).await;
        assert_eq!(mail.post.count(), posted, "it is still left alone");
        // When it is back, everything follows.
        mail.post.says(URL, 200);
        let number = send().await;
        mail.settle().await;
        assert_eq!(mail.post.received()[posted].id, id_of(number).await, "it goes first");
        assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Pending).await, 0);
        assert_eq!(mail.post.count(), posted + 20 + if is_resent { 0 } else { 4 });
    }
}

#[tokio::test]
async fn what_a_person_sends_goes_behind_what_its_order_waits_for() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.says(URL, 500);
    let order = mail.order(merchant_id).await;
    mail.say(&order, unknown()).await;
    mail.say(&order, confirmed()).await;
    mail.pass_slowly(Duration::from_mins(10), 12).await;
    mail.post.says(URL, 200);
    let posted = mail.post.count();
    resend(&mail.context, merchant_id, 2, endpoint_id).await.unwrap();
    mail.settle().await;
    let events: Vec<String> = mail.post.received()[posted..].iter().map(Received::event).collect();
    assert_eq!(events, ["order.pending", "order.success"]);
}

#[tokio::test]
async fn a_merchant_is_told_by_its_other_endpoints_that_one_is_disabled() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let (usual, asking) = ("https://usual.example/", "https://asking.example/");
    mail.endpoint_on(merchant_id, usual, &EndpointTerms::default()).await;
    mail.endpoint(merchant_id, asking).await;
    mail.post.will_answer([answer(410)]);
    let test = send_test_event(&mail.context, merchant_id, endpoint_id, EventKind::Success).await.unwrap();
    mail.settle().await;
    assert_eq!(mail.state(merchant_id, endpoint_id).await, EndpointState::Gone);
    let letters = mail.post.received();
    let [_, letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!((&*letter.url, letter.event().as_str()), (asking, "webhook.disabled"));
    let body = String::from_utf8_lossy(&letter.body).into_owned();
    assert!(body.contains(&format!(r#""data":{{"id":"{endpoint_id}","url":"{URL}","#)), "{body}");
    // Whoever reads events finds it, and it is behind what disabled it.
    let page = read_events(&mail.context, merchant_id, Some(test.number), 10).await.unwrap();
    let [event] = page.events.as_slice() else { panic!("{page:?}") };
    assert_eq!(event.webhook_id(), letter.id);
    // It isn't told of its own end when it is back.
    change_endpoint(&mail.context, merchant_id, endpoint_id, &on()).await.unwrap();
    mail.pass(DAY).await;
    assert_eq!(mail.post.count(), 2);
}

#[tokio::test]
async fn a_recovery_of_one_that_is_on_does_not_wait_for_its_pause() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let since = mail.now();
    mail.post.says(URL, 500);
    mail.succeed(merchant_id, 8).await;
    mail.pass_slowly(Duration::from_mins(10), 12).await;
    mail.post.says(URL, 200);
    recover(&mail.context, merchant_id, endpoint_id, since, |_| {}).await.unwrap();
    mail.settle().await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 8);
}

#[tokio::test]
async fn what_was_off_is_not_made_up_for() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let off = EndpointTerms { is_on: Some(false), ..EndpointTerms::default() };
    change_endpoint(&mail.context, merchant_id, endpoint_id, &off).await.unwrap();
    mail.succeed(merchant_id, 3).await;
    // But what a person sends there waits.
    send_test_event(&mail.context, merchant_id, endpoint_id, EventKind::Failed).await.unwrap();
    mail.pass(DAY).await;
    assert_eq!((mail.post.count(), mail.context.couriers.awake()), (0, 0));
    change_endpoint(&mail.context, merchant_id, endpoint_id, &on()).await.unwrap();
    mail.settle().await;
    let events: Vec<String> = mail.post.received().iter().map(Received::event).collect();
    assert_eq!(events, ["order.failed"]);
}
