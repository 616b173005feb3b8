//! Bodies that only a socket can send: in pieces, too long, too short, too slow.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::shop::Shop;
use crate::http::body::MAX_BYTES;
use crate::http::listener::{ConnectionLimits, Listener};
use crate::http::settings::Settings;

const HEAD: &str =
    "POST /v1/balance HTTP/1.1\r\nHost: loket\r\nContent-Type: application/json\r\nConnection: close\r\n";

/// A shop at a socket.
async fn connect(shop: &Shop) -> TcpStream {
    let listener = Listener::bind("127.0.0.1:0".parse().unwrap(), ConnectionLimits::default()).await.unwrap();
    let address = listener.local_address().unwrap();
    let (router, context) = (shop.api.clone(), shop.context.clone());
    shop.context.tasks().spawn(async move {
        listener.serve(router, context.tasks(), context.time(), std::future::pending()).await;
    });
    TcpStream::connect(address).await.unwrap()
}

async fn answer(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8(said).unwrap()
}

fn chunk(bytes: &str) -> String {
    format!("{:x}\r\n{bytes}\r\n", bytes.len())
}

#[tokio::test]
async fn a_body_in_chunks_is_read_whole() {
    let shop = Shop::open(Settings::default()).await;
    let mut stream = connect(&shop).await;
    let body = shop.signed("{}");
    let (start, end) = body.split_at(body.len() / 2);
    let request = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{}{}0\r\n\r\n", chunk(start), chunk(end));
    stream.write_all(request.as_bytes()).await.unwrap();
    assert!(answer(&mut stream).await.contains(r#""code":"SUCCESS""#));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_chunks_or_whole() {
    let shop = Shop::open(Settings::default()).await;
    let large = "x".repeat(1024 * 1024);
    let in_chunks = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk(&large).repeat(2));
    let whole = format!("{HEAD}Content-Length: {}\r\n\r\n{large}", large.len());
    for request in [in_chunks, whole] {
        let mut stream = connect(&shop).await;
        // Nearly all programs read only once they have sent everything.
        stream.write_all(request.as_bytes()).await.unwrap();
        let said = answer(&mut stream).await;
        assert!(said.starts_with("HTTP/1.1 413") && said.contains("PAYLOAD_TOO_LARGE"), "{said}");
    }
}

#[tokio::test]
async fn whoever_asks_before_sending_too_much_is_told_at_once() {
    let shop = Shop::open(Settings::default()).await;
    let mut stream = connect(&shop).await;
    let head = format!("{HEAD}Expect: 100-continue\r\nContent-Length: {}\r\n\r\n", MAX_BYTES + 1);
    stream.write_all(head.as_bytes()).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 413"));
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_no_request() {
    let shop = Shop::open(Settings::default()).await;
    let mut stream = connect(&shop).await;
    stream.write_all(format!("{HEAD}Content-Length: 100\r\n\r\n{{").as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let said = answer(&mut stream).await;
    assert!(said.contains("MALFORMED_JSON") && said.contains(r#""errors":{"body":["#), "{said}");
}

#[tokio::test]
async fn a_body_longer_than_announced_is_no_second_request() {
    let shop = Shop::open(Settings::default()).await;
    let mut stream = connect(&shop).await;
    let body = shop.signed("{}");
    let request = format!("{HEAD}Content-Length: {}\r\n\r\n{body}GET /livez HTTP/1.1\r\n\r\n", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let said = answer(&mut stream).await;
    assert_eq!(said.matches("HTTP/1.1 ").count(), 1, "{said}");
}

#[tokio::test]
async fn a_body_that_dribbles_in_is_not_waited_for() {
    let shop = Shop::open(Settings::default()).await;
    let mut stream = connect(&shop).await;
    stream.write_all(format!("{HEAD}Content-Length: 100\r\n\r\n{{").as_bytes()).await.unwrap();
    let time_passes = async {
        loop {
            shop.clock.advance(Duration::from_secs(1));
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        said = answer(&mut stream) => assert!(said.contains("MALFORMED_JSON"), "{said}"),
        () = time_passes => {}
    }
}
