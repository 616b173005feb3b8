//! Stores that fail, processes that end, owners that change their mind, and bugs: nothing is lost by any of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::dispatch::DeliveryState;
use domain::endpoint::EndpointState;
use store::SqliteStore;

use super::{HOUR, SECOND, URL};
use crate::tests::house::{confirmed, unknown};
use crate::tests::mailroom::Mailroom;
use crate::tests::post::{Manner, Received};
use crate::{EndpointTerms, Policy, change_endpoint, remove_endpoint};

/// The same id always with the same body.
fn bodies(letters: &[Received]) -> BTreeMap<&str, &[u8]> {
    let mut bodies = BTreeMap::new();
    for letter in letters {
        let first = bodies.entry(letter.id.as_str()).or_insert(&letter.body[..]);
        assert_eq!(*first, &letter.body[..], "{}", letter.id);
    }
    bodies
}

#[tokio::test]
async fn what_cannot_be_written_is_sent_again_when_it_can() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let gate = mail.post.holds_back(URL);
    mail.succeed(merchant_id, 1).await;
    mail.post.has_received(1).await;
    mail.store.set_full(true);
    gate.add_permits(1);
    // It waits before it looks again, and as long as nothing can be written, that is all that it does.
    for looks in 1..6 {
        mail.clock.slept(SECOND, looks).await;
        assert_eq!(mail.post.count(), 1);
        mail.clock.advance(SECOND);
    }
    mail.clock.slept(SECOND, 6).await;
    mail.store.set_full(false);
    // The next change of anything shows that it works again.
    mail.order(merchant_id).await;
    mail.clock.advance(SECOND);
    mail.post.has_received(2).await;
    gate.add_permits(1);
    mail.settle().await;
    let letters = mail.post.received();
    assert_eq!((letters.len(), bodies(&letters).len()), (2, 1));
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 1);
    assert_eq!(mail.context.couriers.awake(), 0);
}

#[tokio::test]
async fn what_cannot_be_read_is_read_later() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.store.set_unreadable(true);
    mail.succeed(merchant_id, 3).await;
    mail.settle().await;
    mail.pass(SECOND).await;
    assert_eq!((mail.post.count(), mail.context.couriers.awake()), (0, 1));
    mail.store.set_unreadable(false);
    mail.pass(SECOND).await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 3);
}

#[tokio::test]
async fn a_process_may_end_at_any_point() {
    for releases in 0..7 {
        let mut mail = Mailroom::open();
        let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
        let order = mail.order(merchant_id).await;
        let gate = mail.post.holds_back(URL);
        mail.say(&order, unknown()).await;
        mail.say(&order, confirmed()).await;
        mail.succeed(merchant_id, 4).await;
        mail.post.has_received(1).await;
        for released in 0..releases {
            gate.add_permits(1);
            if released < 5 {
                mail.post.has_received(released + 2).await;
            }
        }
        mail.reopen().await;
        // Whatever was under way goes again, and what was recorded doesn't.
        gate.add_permits(100);
        mail.settle().await;
        let letters = mail.post.received();
        assert_eq!(bodies(&letters).len(), 6);
        assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 6);
        let of_order: Vec<String> = letters
            .iter()
            .filter(|letter| String::from_utf8_lossy(&letter.body).contains(order.key.ref_id.as_str()))
            .map(Received::event)
            .collect();
        assert!(of_order.is_sorted(), "pending, then success: {of_order:?}");
    }
}

#[tokio::test]
async fn what_waits_in_a_file_goes_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let mut mail = Mailroom::open();
    mail.reopen_on(Arc::new(SqliteStore::open(directory.path()).unwrap())).await;
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.says(URL, 500);
    mail.succeed(merchant_id, 2).await;
    mail.settle().await;
    let gate = mail.post.holds_back(URL);
    mail.succeed(merchant_id, 2).await;
    mail.post.has_received(3).await;
    // One is under way, three wait, two of them for their time.
    mail.close().await;
    mail.clock.advance(6 * SECOND);
    gate.add_permits(100);
    mail.reopen_on(Arc::new(SqliteStore::open(directory.path()).unwrap())).await;
    mail.settle().await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 4);
    assert_eq!((mail.post.count(), bodies(&mail.post.received()).len()), (7, 4));
    mail.close().await;
}

#[tokio::test]
async fn what_is_removed_or_switched_off_gets_nothing_more() {
    for is_removed in [true, false] {
        let mail = Mailroom::open();
        let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
        let gate = mail.post.holds_back(URL);
        mail.succeed(merchant_id, 9).await;
        mail.post.has_received(1).await;
        gate.add_permits(1);
        mail.post.has_received(3).await;
        // Two are under way, six wait.
        if is_removed {
            remove_endpoint(&mail.context, merchant_id, endpoint_id).await.unwrap();
        } else {
            let off = EndpointTerms { is_on: Some(false), ..EndpointTerms::default() };
            change_endpoint(&mail.context, merchant_id, endpoint_id, &off).await.unwrap();
        }
        gate.add_permits(9);
        mail.settle().await;
        mail.pass(100 * HOUR).await;
        assert_eq!((mail.post.count(), mail.context.couriers.awake()), (3, 0));
        // What was under way is recorded all the same.
        assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 3);
        if !is_removed {
            assert_eq!(mail.state(merchant_id, endpoint_id).await, EndpointState::Off);
        }
    }
}

#[tokio::test]
async fn a_courier_that_sleeps_leaves_when_its_endpoint_is_removed() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.says(URL, 500);
    mail.succeed(merchant_id, 1).await;
    mail.settle().await;
    assert_eq!(mail.context.couriers.awake(), 1);
    remove_endpoint(&mail.context, merchant_id, endpoint_id).await.unwrap();
    mail.settle().await;
    assert_eq!(mail.context.couriers.awake(), 0);
    mail.context.tasks.finished().await;
}

#[tokio::test]
async fn what_waits_for_its_turn_goes_to_where_its_endpoint_is_by_then() {
    let mail = Mailroom::open_with(Policy { webhooks_in_flight: 1, ..Policy::default() });
    let merchant_id = mail.merchant("toko").await.merchant.merchant_id;
    let slow = mail.post.holds_back("https://slow.example/");
    mail.endpoint(merchant_id, "https://slow.example/").await;
    mail.succeed(merchant_id, 1).await;
    mail.post.has_received(1).await;
    let (moved, off) =
        (mail.endpoint(merchant_id, URL).await, mail.endpoint(merchant_id, "https://off.example/").await);
    mail.succeed(merchant_id, 1).await;
    // Their couriers have taken it, and wait for the only place.
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    let url = EndpointTerms { url: Some("https://new.example/".into()), ..EndpointTerms::default() };
    change_endpoint(&mail.context, merchant_id, moved, &url).await.unwrap();
    let switched = EndpointTerms { is_on: Some(false), ..EndpointTerms::default() };
    change_endpoint(&mail.context, merchant_id, off, &switched).await.unwrap();
    slow.add_permits(9);
    mail.settle().await;
    let urls = |url: &str| mail.post.received_at(url).len();
    assert_eq!((urls("https://slow.example/"), urls(URL), urls("https://new.example/")), (2, 0, 1));
    assert_eq!((urls("https://off.example/"), mail.context.couriers.awake()), (0, 0));
}

#[tokio::test]
async fn a_post_that_panics_is_a_try_that_failed() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.set(URL, Manner::Panics);
    mail.succeed(merchant_id, 2).await;
    mail.settle().await;
    assert_eq!(mail.post.count(), 2, "not again and again");
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Pending).await, 2);
    mail.post.says(URL, 200);
    mail.succeed(merchant_id, 1).await;
    mail.pass(6 * SECOND).await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 3);
}

/// A courier reads, and finds nothing; before it has left, something is announced.
#[tokio::test]
async fn what_is_announced_while_a_courier_looks_is_not_overlooked() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let order = mail.order(merchant_id).await;
    mail.settle().await;
    let (told, release) = mail.store.hold_next_question();
    mail.context.couriers.wake(&mail.context, &[endpoint_id]);
    told.await.unwrap();
    mail.say(&order, confirmed()).await;
    release.send(()).unwrap();
    mail.settle().await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 1);
}

/// The same while its endpoint is switched off and on again.
#[tokio::test]
async fn one_that_is_switched_on_while_its_courier_leaves_is_not_forgotten() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    mail.post.says(URL, 500);
    mail.succeed(merchant_id, 1).await;
    mail.pass(HOUR).await;
    mail.post.says(URL, 200);
    for is_on in [false, true] {
        let terms = EndpointTerms { is_on: Some(is_on), ..EndpointTerms::default() };
        change_endpoint(&mail.context, merchant_id, endpoint_id, &terms).await.unwrap();
    }
    mail.pass(Duration::from_micros(1)).await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 1);
}
