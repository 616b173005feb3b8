//! Connections that are kept, and how many.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::receiver::{listen, post, read_request, soon};
use super::*;

async fn accept(listener: &TcpListener) -> TcpStream {
    listener.accept().await.unwrap().0
}

/// Reads one webhook and acknowledges it. The connection stays.
async fn acknowledge(stream: &mut TcpStream) {
    assert!(!read_request(stream).await.is_empty());
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
}

/// Waits until the other side has hung up.
async fn gone(stream: &mut TcpStream) {
    assert_eq!(soon(stream.read(&mut [0])).await.unwrap(), 0);
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let (listener, url) = listen("http://toko.id").await;
    let sender = sender(WebhookLimits::default());
    let serve = async {
        let mut stream = accept(&listener).await;
        for _ in 0..3 {
            acknowledge(&mut stream).await;
        }
    };
    let ask = async {
        for _ in 0..3 {
            assert!(post(&sender, &url).await.is_acknowledged());
        }
    };
    tokio::join!(ask, serve);
}

#[tokio::test]
async fn connections_of_too_many_receivers_are_given_up_together() {
    let (listener, _) = listen("").await;
    let port = listener.local_addr().unwrap().port();
    let sender = sender(WebhookLimits { kept_receivers: 2, idle: Duration::from_hours(1), ..WebhookLimits::default() });
    let mut streams = Vec::new();
    for host in ["a", "b", "c"] {
        let serve = async {
            let mut stream = accept(&listener).await;
            acknowledge(&mut stream).await;
            stream
        };
        let url = format!("http://{host}.toko.id:{port}/");
        let (delivery, stream) = tokio::join!(post(&sender, &url), serve);
        assert!(delivery.is_acknowledged());
        streams.push(stream);
    }
    let [a, b, c] = &mut streams[..] else { panic!("three receivers") };
    tokio::join!(gone(a), gone(b));
    let url = format!("http://c.toko.id:{port}/");
    let (delivery, ()) = tokio::join!(post(&sender, &url), acknowledge(c));
    assert!(delivery.is_acknowledged());
}

#[tokio::test]
async fn a_connection_without_a_use_is_given_up() {
    let (listener, url) = listen("http://toko.id").await;
    let sender = sender(WebhookLimits { idle: Duration::from_millis(20), ..WebhookLimits::default() });
    let serve = async {
        let mut stream = accept(&listener).await;
        acknowledge(&mut stream).await;
        stream
    };
    let (delivery, mut stream) = tokio::join!(post(&sender, &url), serve);
    assert!(delivery.is_acknowledged());
    gone(&mut stream).await;
}

#[tokio::test]
async fn a_connection_on_which_an_answer_goes_on_is_not_used_again() {
    let (listener, url) = listen("http://toko.id").await;
    let sender = sender(WebhookLimits { answer_bytes: 2, ..WebhookLimits::default() });
    let serve = async {
        let mut first = accept(&listener).await;
        read_request(&mut first).await;
        first.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabcdef").await.unwrap();
        acknowledge(&mut accept(&listener).await).await;
        first
    };
    let ask = async {
        for _ in 0..2 {
            assert!(post(&sender, &url).await.is_acknowledged());
        }
    };
    tokio::join!(ask, serve);
}

/// A receiver that reads a webhook and hangs up may have taken it. Whether it is told again is for the caller to say.
#[tokio::test]
async fn what_may_have_arrived_is_not_sent_again_from_here() {
    let (listener, url) = listen("http://toko.id").await;
    let sender = sender(WebhookLimits::default());
    let serve = async {
        let mut stream = accept(&listener).await;
        acknowledge(&mut stream).await;
        read_request(&mut stream).await;
        stream.set_zero_linger().unwrap();
    };
    let ask = async {
        assert!(post(&sender, &url).await.is_acknowledged());
        assert_eq!(fault(&post(&sender, &url).await), DeliveryFault::Broken);
    };
    tokio::join!(ask, serve);
    // A second connection would be in the queue by now.
    let second = listener.into_std().unwrap().accept();
    assert_eq!(second.unwrap_err().kind(), io::ErrorKind::WouldBlock);
}
