//! Names that turn out to mean something else: the address that is connected to is what counts.

use reqwest::dns::{Name, Resolve};
use tokio::io::AsyncWriteExt;

use super::receiver::{listen, post, read_request};
use super::*;
use crate::guard::{GuardFault, Reach};
use crate::webhook::resolver::GuardedResolver;

/// Where clouds tell their machines' secrets.
const METADATA: &str = "169.254.169.254";

/// What a resolver hands on, each time that it is asked.
async fn handed_on(policy: GuardPolicy, reach: Reach, answers: &[&[&str]]) -> Vec<Result<String, GuardFault>> {
    let resolver =
        GuardedResolver { guard: Arc::new(Guard::new(policy)), reach, names: Arc::new(Answers::in_turn(answers)) };
    let mut found = Vec::new();
    for _ in answers {
        let name: Name = "toko.id".parse().unwrap();
        let addresses = resolver.resolve(name).await;
        found.push(match addresses {
            Ok(addresses) => Ok(addresses.map(|address| address.ip().to_string()).collect::<Vec<_>>().join(" ")),
            Err(error) => Err(*error.downcast_ref().unwrap()),
        });
    }
    found
}

#[tokio::test]
async fn only_public_addresses_are_handed_on_and_each_answer_is_judged_anew() {
    let answers: [&[&str]; 8] = [
        &["8.8.8.8"],
        &["127.0.0.1"],
        &["10.0.0.1", "8.8.8.8", "::1", "2001:4860:4860::8888", "::ffff:127.0.0.1"],
        &["0.0.0.0", "64:ff9b::7f00:1", "fd00::1", METADATA],
        &["::ffff:8.8.8.8"],
        &["8.8.4.4"],
        &[METADATA],
        &["1.1.1.1"; 20],
    ];
    let found = handed_on(GuardPolicy::default(), Reach::Public, &answers).await;
    let expected = [
        Ok("8.8.8.8"),
        Err(GuardFault::NotPublic),
        Ok("8.8.8.8 2001:4860:4860::8888"),
        Err(GuardFault::NotPublic),
        Ok("::ffff:8.8.8.8"),
        Ok("8.8.4.4"),
        Err(GuardFault::NotPublic),
        Ok("1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1"),
    ];
    assert_eq!(found, expected.map(|expected| expected.map(String::from)));
}

#[tokio::test]
async fn without_encryption_only_allowed_networks_are_handed_on() {
    let answers: [&[&str]; 4] = [&["10.20.0.1"], &["8.8.8.8"], &["8.8.8.8", "10.20.0.2", "127.0.0.1"], &["10.21.0.1"]];
    let found = handed_on(only("10.20.0.0/16"), Reach::AllowedNetworks, &answers).await;
    let refused = Err(GuardFault::NotAllowed);
    let expected = [Ok("10.20.0.1"), refused, Ok("10.20.0.2"), refused];
    assert_eq!(found, expected.map(|expected| expected.map(String::from)));
}

#[tokio::test]
async fn a_name_that_turns_inward_is_refused_at_the_connection() {
    for (url, address, expected) in [
        ("https://toko.id/", "127.0.0.1", GuardFault::NotPublic),
        ("https://toko.id:8443/", "::1", GuardFault::NotPublic),
        ("https://toko.id/", METADATA, GuardFault::NotPublic),
        ("http://toko.id/", "8.8.8.8", GuardFault::NotAllowed),
        ("http://toko.id/", "127.0.0.1", GuardFault::NotAllowed),
        ("https://toko.id:9200/", "8.8.8.8", GuardFault::NotAllowed),
        ("https://kantor.internal/", "8.8.8.8", GuardFault::NotAllowed),
    ] {
        let mut sender = sender_by(only("10.20.0.0/16"), WebhookLimits::default(), Answers::always(address));
        sender.lines = encryption::believing(&sender, Answers::always(address), Vec::new());
        let delivery = post(&sender, url).await;
        let expected_delivery = Delivery::failed(DeliveryFault::Forbidden(expected));
        assert_eq!(delivery, expected_delivery, "{url} at {address}");
        let Delivery::Failed { why, .. } = delivery else { continue };
        assert!(!why.contains(address), "{why}");
    }
}

/// Here 127.0.0.1 is the one network that may be reached, and so stands for the Internet.
#[tokio::test]
async fn a_name_that_changes_its_meaning_between_two_webhooks_is_caught() {
    let (listener, url) = listen("http://toko.id").await;
    let names = Answers::in_turn(&[&["127.0.0.1"], &["127.0.0.2"], &["127.0.0.2", "127.0.0.1"]]);
    let sender = sender_by(only("127.0.0.1/32"), WebhookLimits::default(), names);
    let serve = async || {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_request(&mut stream).await;
        let answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        stream.write_all(answer).await.unwrap();
        request
    };
    let (delivery, request) = tokio::join!(post(&sender, &url), serve());
    assert!(delivery.is_acknowledged(), "{delivery:?}");
    assert!(request.contains("\r\nhost: toko.id:"), "{request}");

    let delivery = post(&sender, &url).await;
    assert_eq!(fault(&delivery), DeliveryFault::Forbidden(GuardFault::NotAllowed));

    // Of several addresses only the one that may be reached is.
    let (delivery, _) = tokio::join!(post(&sender, &url), serve());
    assert!(delivery.is_acknowledged(), "{delivery:?}");
}

/// The library asks no name server about an address, so that the resolver alone would see none of these.
#[tokio::test]
async fn an_address_in_a_url_is_judged_before_each_webhook() {
    let (listener, url) = listen("http://127.0.0.1").await;
    let port = listener.local_addr().unwrap().port();
    let sender = sender_by(only("10.20.0.0/16"), WebhookLimits::default(), Answers::always("10.20.0.1"));
    for (url, expected) in [
        (url, GuardFault::Unencrypted),
        (format!("https://127.0.0.1:{port}/"), GuardFault::NotPublic),
        (format!("http://[::ffff:127.0.0.1]:{port}/"), GuardFault::Unencrypted),
        (format!("http://2130706433:{port}/"), GuardFault::OddHost),
        (format!("http://10.20.0.1@127.0.0.1:{port}/"), GuardFault::UserInfo),
    ] {
        assert_eq!(fault(&post(&sender, &url).await), DeliveryFault::Forbidden(expected), "{url}");
    }
    // A connection would be in the queue by now.
    let caller = listener.into_std().unwrap().accept();
    assert_eq!(caller.unwrap_err().kind(), io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_name_without_an_address_is_told() {
    for names in [Answers::in_turn(&[]), Answers::in_turn(&[&[]])] {
        let sender =
            sender_by(GuardPolicy { allow_private: true, ..GuardPolicy::default() }, WebhookLimits::default(), names);
        assert_eq!(fault(&post(&sender, "http://toko.id/").await), DeliveryFault::UnknownHost);
    }
}

#[tokio::test]
async fn the_system_knows_this_machine() {
    let addresses = SystemNames.addresses("localhost").await.unwrap();
    assert!(!addresses.is_empty() && addresses.iter().all(IpAddr::is_loopback), "{addresses:?}");
}
