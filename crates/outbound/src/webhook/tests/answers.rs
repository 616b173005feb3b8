//! Answers as good receivers give them.

use super::receiver::{deliver, say};
use super::*;

fn answered(status: u16, body: &str) -> Delivery {
    Delivery::Answered { status, retry_after: None, body: body.to_owned(), is_whole: true }
}

#[tokio::test]
async fn a_webhook_is_posted_and_its_answer_given_as_it_came() {
    let (delivery, request) =
        deliver(say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"), WebhookLimits::default()).await;
    assert_eq!(delivery, answered(200, "OK"));
    assert!(delivery.is_acknowledged());
    assert!(request.starts_with("POST /webhook HTTP/1.1\r\n"), "{request}");
    for line in ["content-type: application/json", "x-signature: 00ff", "content-length: 25", "host: 127.0.0.1:"] {
        assert_eq!(request.matches(&format!("\r\n{line}")).count(), 1, "{line} in {request}");
    }
    for name in ["accept-encoding", "cookie", "connection", "expect", "transfer-encoding"] {
        assert!(!request.contains(&format!("\r\n{name}:")), "{name} in {request}");
    }
    assert!(request.ends_with(&format!("\r\n\r\n{BODY}")), "{request}");
}

#[tokio::test]
async fn the_status_decides_whatever_else_an_answer_says() {
    for (answer, status, body, acknowledges) in [
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, "", true),
        ("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", 202, "", true),
        ("HTTP/1.1 299 Own\r\n\r\n", 299, "", true),
        ("HTTP/1.0 200 OK\r\n\r\nold", 200, "old", true),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-7\r\nContent-Length: 6\r\n\r\n<html>",
            200,
            "<html>",
            true,
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: nonsense\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            200,
            "hi",
            true,
        ),
        ("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n", 200, "", true),
        ("HTTP/1.1 200 OK\r\nRefresh: 0; url=http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", 200, "", true),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            200,
            "",
            true,
        ),
        ("HTTP/1.1 304 Not Modified\r\n\r\n", 304, "", false),
        ("HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nbad", 400, "bad", false),
        ("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", 410, "", false),
        ("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", 500, "", false),
        ("HTTP/1.1 999 Beyond\r\nContent-Length: 0\r\n\r\n", 999, "", false),
    ] {
        let (delivery, _) = deliver(say(answer), WebhookLimits::default()).await;
        assert_eq!(delivery, answered(status, body), "{answer}");
        assert_eq!(delivery.is_acknowledged(), acknowledges, "{answer}");
    }
}

#[tokio::test]
async fn a_receiver_may_say_when_it_wants_to_hear_from_us_again() {
    for (value, expected) in [("120", Some(RetryAfter::Wait(Duration::from_mins(2)))), ("soon", None), ("\u{e9}", None)]
    {
        let answer = format!("HTTP/1.1 503 Busy\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n");
        let (delivery, _) = deliver(say(&answer), WebhookLimits::default()).await;
        let Delivery::Answered { status: 503, retry_after, .. } = delivery else { panic!("{delivery:?}") };
        assert_eq!(retry_after, expected, "{value}");
    }
}

#[tokio::test]
async fn what_is_no_text_is_replaced() {
    let mut answer = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n".to_vec();
    answer.extend(b"a\xffb");
    assert_eq!(deliver(receiver::Play::Say(answer), WebhookLimits::default()).await.0, answered(200, "a\u{fffd}b"));
}

/// A short answer that would be a long one.
#[tokio::test]
async fn what_is_compressed_stays_so() {
    let bomb = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xed\xc1\x01\x0d\x00\x00\x00";
    for coding in ["gzip", "br", "zstd", "deflate", "gzip, gzip"] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n", bomb.len());
        let (delivery, _) =
            deliver(receiver::Play::Say([head.as_bytes(), bomb].concat()), WebhookLimits::default()).await;
        assert_eq!(delivery, answered(200, &String::from_utf8_lossy(bomb)), "{coding}");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let (elsewhere, url) = receiver::listen("http://127.0.0.1").await;
    for status in [301, 302, 303, 307, 308] {
        let moved = format!("HTTP/1.1 {status} Moved\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(deliver(say(&moved), WebhookLimits::default()).await.0, answered(status, ""));
    }
    // A connection would be in the queue by now.
    let second = elsewhere.into_std().unwrap().accept();
    assert_eq!(second.unwrap_err().kind(), io::ErrorKind::WouldBlock);
}
