//! How much goes to an endpoint at once, and to all of them.

use std::time::Duration;

use domain::dispatch::DeliveryState;

use super::{SECOND, URL};
use crate::tests::mailroom::Mailroom;
use crate::{EndpointTerms, Policy, change_endpoint};

#[tokio::test]
async fn an_endpoint_begins_with_one_and_is_trusted_with_more_until_it_fails() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let gate = mail.post.holds_back(URL);
    mail.succeed(merchant_id, 60).await;
    for (answered, places) in [1, 2, 4, 8, 8, 8].into_iter().enumerate() {
        mail.post.has_received(answered + places).await;
        assert_eq!(mail.post.under_way(URL).0, places);
        gate.add_permits(1);
    }
    gate.add_permits(100);
    mail.settle().await;
    assert_eq!(mail.post.under_way(URL), (0, 8));
    // After a failure it is one at a time again.
    mail.post.says(URL, 500);
    mail.succeed(merchant_id, 1).await;
    mail.settle().await;
    let gate = mail.post.holds_back(URL);
    mail.succeed(merchant_id, 9).await;
    let posted = mail.post.has_received(62).await.len();
    assert_eq!((posted, mail.post.under_way(URL).0), (62, 1));
    gate.add_permits(100);
    mail.pass(6 * SECOND).await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 70);
}

#[tokio::test]
async fn no_more_are_under_way_than_its_owner_allows() {
    for (allowed, expected) in [(0, 1), (1, 1), (3, 3), (1_000, 32)] {
        let mail = Mailroom::open();
        let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
        let terms = EndpointTerms { max_in_flight: Some(allowed), ..EndpointTerms::default() };
        change_endpoint(&mail.context, merchant_id, endpoint_id, &terms).await.unwrap();
        let gate = mail.post.holds_back(URL);
        mail.succeed(merchant_id, 100).await;
        for answered in 0..=5 {
            mail.post.has_received(answered + expected.min(1 << answered)).await;
            assert_eq!(mail.post.under_way(URL).0, expected.min(1 << answered));
            gate.add_permits(1);
        }
        gate.add_permits(1_000);
        mail.settle().await;
        assert!(mail.post.under_way(URL).1 <= usize::try_from(allowed.max(1)).unwrap());
        assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 100);
    }
}

#[tokio::test]
async fn no_more_go_in_a_second_than_its_owner_allows() {
    let mail = Mailroom::open();
    let (merchant_id, endpoint_id) = mail.merchant_at(URL).await;
    let terms = EndpointTerms { rate_per_second: Some(Some(2)), ..EndpointTerms::default() };
    change_endpoint(&mail.context, merchant_id, endpoint_id, &terms).await.unwrap();
    mail.succeed(merchant_id, 10).await;
    mail.settle().await;
    for posted in 1..10 {
        assert_eq!(mail.post.count(), posted);
        mail.pass(Duration::from_millis(499)).await;
        assert_eq!(mail.post.count(), posted);
        mail.pass(Duration::from_millis(1)).await;
    }
    assert_eq!(mail.post.count(), 10);
    // Without a rate, what waits goes at once.
    mail.succeed(merchant_id, 10).await;
    mail.settle().await;
    let any = EndpointTerms { rate_per_second: Some(None), ..EndpointTerms::default() };
    change_endpoint(&mail.context, merchant_id, endpoint_id, &any).await.unwrap();
    mail.pass(Duration::from_millis(500)).await;
    assert_eq!(mail.count(merchant_id, endpoint_id, DeliveryState::Delivered).await, 20);
}

#[tokio::test]
async fn no_more_are_under_way_to_all_than_the_operator_allows() {
    let mail = Mailroom::open_with(Policy { webhooks_in_flight: 2, ..Policy::default() });
    let merchant_id = mail.merchant("toko").await.merchant.merchant_id;
    let urls = ["https://a.example/", "https://b.example/", "https://c.example/", "https://d.example/"];
    let mut gates = Vec::new();
    for url in urls {
        mail.endpoint(merchant_id, url).await;
        gates.push(mail.post.holds_back(url));
    }
    mail.succeed(merchant_id, 5).await;
    for answered in 0..20 {
        mail.post.has_received(answered + 1).await;
        assert!(mail.post.all_under_way() <= 2);
        let slow = urls.iter().position(|url| mail.post.under_way(url).0 > 0).unwrap();
        gates[slow].add_permits(1);
        mail.post.has_answered(answered + 1).await;
    }
    mail.settle().await;
    assert!(urls.iter().all(|url| mail.post.received_at(url).len() == 5), "each exactly once");
}
