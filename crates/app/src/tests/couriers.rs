//! Every event arrives, in its order and signed; what is not acknowledged comes again as the contract says.

mod interruptions;
mod limits;
mod outages;
mod whatever;

use std::net::IpAddr;
use std::time::Duration;

use domain::dispatch::{DeliveryState, DispatchKey};
use domain::event::EventKind;
use domain::id::{EndpointId, MerchantId};
use domain::json::Object;
use domain::signature::webhook::{WebhookHeaders, WebhookSecret, check_webhook, x_signature_holds};
use domain::signature::{SignedRequest, SigningKey, compose};
use domain::time::Timestamp;
use zeroize::Zeroizing;

use super::house::{confirmed, unknown};
use super::mailroom::Mailroom;
use super::post::{Received, answer, asks_for};
use crate::{
    AuthenticationError, EndpointTerms, authenticate, change_merchant, reveal_endpoint_secret, rotate_endpoint_secret,
    rotate_keys, send_test_event,
};

pub const URL: &str = "https://toko.example/hook";
pub const SECOND: Duration = Duration::from_secs(1);
pub const HOUR: Duration = Duration::from_hours(1);

/// Whether a letter is signed with an endpoint's secret.
fn holds(letter: &Received, secret: &str, now: Timestamp) -> bool {
    let headers = WebhookHeaders {
        id: letter.header("webhook-id"),
        timestamp: letter.header("webhook-timestamp"),
        signature: letter.header("webhook-signature"),
    };
    check_webhook(&WebhookSecret::parse(secret).unwrap(), &headers, &letter.body, now).is_ok()
}

fn is_x_signed(letter: &Received, secret_key: &str) -> bool {
    x_signature_holds(secret_key, &letter.body, letter.header("x-signature"))
}

async fn secret_of(mail: &Mailroom, merchant_id: MerchantId, endpoint_id: EndpointId) -> Zeroizing<String> {
    reveal_endpoint_secret(&mail.context, &mail.stored(merchant_id, endpoint_id).await).unwrap()
}

#[tokio::test]
async fn an_event_arrives_once_with_every_signature() {
    let mail = Mailroom::open();
    let new = mail.merchant("toko").await;
    let merchant_id = new.merchant.merchant_id;
    let headers = vec![("x-shop".to_owned(), Zeroizing::new("é 1".to_owned()))];
    let terms = EndpointTerms { headers: Some(headers), ..EndpointTerms::default() };
    let endpoint_id = mail.endpoint_on(merchant_id, URL, &terms).await;
    let order = mail.order(merchant_id).await;
    mail.say(&order, unknown()).await;
    mail.settle().await;
    assert_eq!(mail.post.count(), 0, "pending is off unless it is wanted");
    mail.say(&order, confirmed()).await;
    mail.settle().await;

    let [letter] = mail.post.received().try_into().unwrap();
    let read = move |snapshot: &mut dyn store::Snapshot| snapshot.event(merchant_id, 2);
    let event = mail.context.read(read).await.unwrap().unwrap();
    assert_eq!((&*letter.url, letter.event().as_str()), (URL, "order.success"));
    assert_eq!((letter.id.clone(), &letter.body[..]), (event.webhook_id(), &event.body[..]));
    assert_eq!(letter.header("x-type-transaction"), "ppob");
    assert_eq!(letter.header("x-shop"), "é 1");
    assert_eq!(letter.header("webhook-timestamp"), mail.now().seconds().to_string());
    assert!(is_x_signed(&letter, &new.secret_key) && !is_x_signed(&letter, "another"));
    assert!(holds(&letter, &secret_of(&mail, merchant_id, endpoint_id).await, mail.now()));
    // The courier has left, and nothing comes again, not even after a restart.
    assert_eq!(mail.context.couriers.awake(), 0);
    mail.context.tasks.finished().await;
    let mut mail = mail;
    mail.pass(100 * HOUR).await;
    mail.reopen().await;
    mail.settle().await;
    assert_eq!((mail.post.count(), mail.context.couriers.awake()), (1, 0));
    // It is woken again by what comes next.
    mail.succeed(merchant_id, 1).await;
    mail.settle().await;
    assert_eq!((mail.post.count(), mail.context.couriers.awake()), (2, 0));
}

#[tokio::test]
async fn a_rotated_endpoint_secret_signs_beside_the_new_one_for_a_day() {
    let mut mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let old = secret_of(&mail, merchant_id, endpoint_id).await;
    rotate_endpoint_secret(&mail.context, merchant_id, endpoint_id).await.unwrap();
    let new = secret_of(&mail, merchant_id, endpoint_id).await;
    assert_ne!(old, new);
    for (pause, signed_by_old) in [(Duration::ZERO, true), ((24 * HOUR).saturating_sub(SECOND), true), (SECOND, false)]
    {
        mail.pass(pause).await;
        mail.reopen().await;
        mail.succeed(merchant_id, 1).await;
        mail.settle().await;
        let letter = mail.post.received().pop().unwrap();
        assert!(holds(&letter, &new, mail.now()));
        assert_eq!(holds(&letter, &old, mail.now()), signed_by_old);
        assert_eq!(letter.header("webhook-signature").split(' ').count(), 1 + usize::from(signed_by_old));
    }
}

#[tokio::test]
async fn during_a_rotation_x_signature_uses_the_new_key_once_an_accepted_request_bore_it() {
    let mut mail = Mailroom::open();
    let old = mail.merchant("toko").await;
    let merchant_id = old.merchant.merchant_id;
    mail.endpoint(merchant_id, URL).await;
    let new = rotate_keys(&mail.context, merchant_id, 48 * HOUR).await.unwrap();
    let networks = domain::command::MerchantChange::AllowedNetworks(vec!["203.0.113.0/24".into()]);
    change_merchant(&mail.context, merchant_id, vec![networks]).await.unwrap();
    let call = async |mail: &Mailroom, keys: &crate::NewMerchant, address: &str| {
        let key = SigningKey::new("toko", keys.api_key.as_str(), &keys.secret_key);
        let body = compose(&Object::default(), &key, mail.now().seconds());
        let request = SignedRequest::read(body.as_bytes()).unwrap();
        let address: IpAddr = address.parse().unwrap();
        authenticate(&mail.context, &request, address).await.map(drop)
    };
    let (home, elsewhere) = ("203.0.113.9", "198.51.100.9");
    // Each time: who calls from where, and which key signs from then on.
    let table = [
        (None, false),
        (Some((&old, home)), false),
        // Whoever has the key but may not call changes nothing.
        (Some((&new, elsewhere)), false),
        (Some((&new, home)), true),
        // There is no way back: such a request may have been overheard, and another program may still have the old key.
        (Some((&old, elsewhere)), true),
        (Some((&old, home)), true),
        (Some((&new, home)), true),
    ];
    for (caller, signs_new) in table {
        if let Some((keys, address)) = caller {
            let called = call(&mail, keys, address).await;
            assert_eq!(called, if address == home { Ok(()) } else { Err(AuthenticationError::IpNotAllowed) });
        }
        for is_reopened in [false, true] {
            // What a call brought to mind is written down.
            mail.context.tasks.finished().await;
            if is_reopened {
                mail.reopen().await;
            }
            mail.succeed(merchant_id, 1).await;
            mail.settle().await;
            let letter = mail.post.received().pop().unwrap();
            assert_eq!(is_x_signed(&letter, &new.secret_key), signs_new, "reopened: {is_reopened}");
            assert_eq!(is_x_signed(&letter, &old.secret_key), !signs_new);
        }
    }
    // A second rotation begins where the first has led, and ends with the overlap, whoever called.
    let newest = rotate_keys(&mail.context, merchant_id, 48 * HOUR).await.unwrap();
    for (pause, keys) in [(Duration::ZERO, &new), (48 * HOUR, &newest)] {
        mail.pass(pause).await;
        mail.succeed(merchant_id, 1).await;
        mail.settle().await;
        assert!(is_x_signed(&mail.post.received().pop().unwrap(), &keys.secret_key));
    }
}

#[tokio::test]
async fn a_request_that_bore_keys_which_were_replaced_meanwhile_says_nothing_of_the_newest() {
    let mail = Mailroom::open();
    let first = mail.merchant("toko").await.merchant;
    let second = rotate_keys(&mail.context, first.merchant_id, HOUR).await.unwrap().merchant;
    let third = rotate_keys(&mail.context, first.merchant_id, HOUR).await.unwrap().merchant;
    for (keys, signs_with_previous) in [(second.keys, true), (third.keys, false)] {
        let change = domain::command::MerchantChange::SignsWith(keys);
        let merchant = change_merchant(&mail.context, first.merchant_id, vec![change]).await.unwrap();
        assert_eq!(merchant.signs_with_previous, signs_with_previous);
    }
}

#[tokio::test]
async fn events_of_one_order_arrive_one_after_the_other_and_others_overtake_them() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let order = mail.order(merchant_id).await;
    let without_sn = domain::answer::Answer::Confirmed { sn: None, cost: None, desc: None, ask_again: false };
    let gate = mail.post.holds_back(URL);
    for said in [unknown(), without_sn, confirmed(), domain::answer::Answer::Refunded { code: "R".into() }] {
        mail.say(&order, said).await;
    }
    mail.succeed(merchant_id, 6).await;
    gate.add_permits(3);
    mail.post.has_received(8).await;
    let of_order = |mail: &Mailroom| {
        let number = format!(r#""order_id":{},"#, order.order_id);
        let letters = mail.post.received().into_iter();
        letters.filter(|letter| String::from_utf8_lossy(&letter.body).contains(&number)).collect::<Vec<_>>()
    };
    let unanswered = of_order(&mail).iter().filter(|letter| letter.status.is_none()).count();
    assert!(unanswered <= 1, "of one order one at a time");
    gate.add_permits(100);
    mail.settle().await;
    let key = DispatchKey { merchant_id, order_id: order.order_id };
    assert_eq!(
        of_order(&mail).iter().map(Received::event).collect::<Vec<_>>(),
        ["order.pending", "order.success", "order.sn_received", "order.refunded"]
    );
    let dispatch = mail.context.read(move |snapshot| snapshot.dispatch(key)).await.unwrap().unwrap();
    assert!(dispatch.deliveries.iter().all(|one| one.state == DeliveryState::Delivered && one.tries == 1));

    // One that fails holds up its order, and no other.
    mail.post.says(URL, 500);
    let order = mail.order(merchant_id).await;
    mail.say(&order, unknown()).await;
    mail.settle().await;
    mail.post.says(URL, 200);
    mail.say(&order, confirmed()).await;
    mail.succeed(merchant_id, 1).await;
    mail.settle().await;
    let before = mail.post.count();
    assert_eq!(mail.post.received()[before - 1].event(), "order.success");
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Pending).await, 2);
    mail.pass(6 * SECOND).await;
    let events: Vec<String> = mail.post.received()[before..].iter().map(Received::event).collect();
    assert_eq!(events, ["order.pending", "order.success"]);
}

#[tokio::test]
async fn merchants_and_endpoints_do_not_wait_for_each_other() {
    let mail = Mailroom::open();
    let (first, second) = (mail.merchant("first").await, mail.merchant("second").await);
    let (first, second) = (first.merchant.merchant_id, second.merchant.merchant_id);
    let silent = mail.endpoint(first, "https://silent.example/").await;
    mail.endpoint(first, "https://dead.example/").await;
    mail.endpoint(first, "https://quick.example/").await;
    mail.endpoint(second, "https://other.example/").await;
    let gate = mail.post.holds_back("https://silent.example/");
    mail.post.says("https://dead.example/", 500);
    mail.succeed(first, 20).await;
    mail.succeed(second, 20).await;
    // 40 that arrive, one that isn't answered, and five until the dead one is left alone.
    mail.post.has_received(46).await;
    assert_eq!(mail.post.received_at("https://quick.example/").len(), 20);
    assert_eq!(mail.post.received_at("https://other.example/").len(), 20);
    assert_eq!(mail.post.received_at("https://silent.example/").len(), 1);
    assert_eq!(mail.post.received_at("https://dead.example/").len(), 5);
    gate.add_permits(100);
    mail.settle().await;
    assert_eq!(mail.count(first, silent, DeliveryState::Delivered).await, 20);
}

#[tokio::test]
async fn what_fails_comes_again_as_the_contract_says_and_for_the_last_time_after_72_hours() {
    const MINUTE: u64 = 60;
    let pauses = [5, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE, 120 * MINUTE, 240 * MINUTE, 480 * MINUTE];
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.says(URL, 500);
    mail.succeed(merchant_id, 1).await;
    mail.settle().await;
    let first = mail.now();
    let mut jitters = Vec::new();
    for tries in 1_usize.. {
        let [delivery] = mail.deliveries(merchant_id, endpoint_id).await.try_into().unwrap();
        assert_eq!((usize::try_from(delivery.tries).unwrap(), mail.post.count()), (tries, tries));
        let Some(at) = delivery.next_at else {
            assert_eq!(delivery.state, DeliveryState::GivenUp);
            break;
        };
        let usual = Duration::from_secs(pauses.get(tries - 1).copied().unwrap_or(720 * MINUTE));
        let pause = at.since(mail.now());
        let is_last = at == first.plus(72 * HOUR);
        assert!(is_last || (usual * 8 / 10..=usual * 12 / 10).contains(&pause), "{pause:?} for {usual:?}");
        jitters.push(pause.as_micros() * 1_000 / usual.as_micros());
        mail.pass(pause.saturating_sub(SECOND)).await;
        assert_eq!(mail.post.count(), tries, "not a second before");
        mail.pass(SECOND).await;
    }
    assert_eq!(mail.now(), first.plus(72 * HOUR));
    assert!((14..=16).contains(&mail.post.count()), "{}", mail.post.count());
    jitters.dedup();
    assert!(jitters.len() > 8, "not all alike: {jitters:?}");
    let letters = mail.post.received();
    assert!(letters.iter().all(|letter| (&letter.id, &letter.body) == (&letters[0].id, &letters[0].body)));
    // Each was signed when it was sent.
    let times: std::collections::BTreeSet<&str> =
        letters.iter().map(|letter| letter.header("webhook-timestamp")).collect();
    assert_eq!(times.len(), letters.len());
    mail.pass(HOUR).await;
    assert_eq!(mail.context.couriers.awake(), 0, "nobody waits for what was given up");
    mail.post.says(URL, 200);
    mail.pass(100 * HOUR).await;
    assert_eq!(mail.post.count(), letters.len());
}

#[tokio::test]
async fn a_receiver_may_ask_for_time_within_bounds() {
    for (wish, least, most) in [(1, 4, 6), (60, 60, 60), (3_600, 3_600, 3_600), (999_999, 86_400, 86_400)] {
        for status in [503, 429, 302] {
            let mail = Mailroom::open();
            let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
            mail.post.will_answer([asks_for(status, Duration::from_secs(wish))]);
            mail.succeed(merchant_id, 1).await;
            mail.settle().await;
            let [delivery] = mail.deliveries(merchant_id, endpoint_id).await.try_into().unwrap();
            let pause = delivery.next_at.unwrap().since(mail.now());
            assert!((least..=most).contains(&pause.as_secs()), "{wish}: {pause:?}");
            mail.pass(pause.saturating_sub(Duration::from_micros(1))).await;
            assert_eq!(mail.post.count(), 1);
            mail.pass(Duration::from_micros(1)).await;
            assert_eq!(mail.post.count(), 2);
            assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 1);
        }
    }
}

#[tokio::test]
async fn any_2xx_acknowledges_and_nothing_else() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    for (status, state) in [
        (200, DeliveryState::Delivered),
        (204, DeliveryState::Delivered),
        (299, DeliveryState::Delivered),
        (199, DeliveryState::Pending),
        (300, DeliveryState::Pending),
        (301, DeliveryState::Pending),
        (404, DeliveryState::Pending),
        (409, DeliveryState::Pending),
    ] {
        mail.post.will_answer([answer(status)]);
        let event = send_test_event(&mail.context, merchant_id, endpoint_id, EventKind::Refunded).await.unwrap();
        mail.settle().await;
        let deliveries = mail.deliveries(merchant_id, endpoint_id).await;
        let delivery = deliveries.iter().find(|delivery| delivery.event == event.number).unwrap();
        assert_eq!(delivery.state, state, "{status}");
        // The pending ones arrive meanwhile.
        mail.pass(HOUR).await;
    }
}
