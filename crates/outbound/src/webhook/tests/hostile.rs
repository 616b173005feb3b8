//! Receivers that are broken, or mean harm.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use super::receiver::{Play, deliver, listen, post, read_request, say};
use super::*;

#[tokio::test]
async fn what_is_no_answer_is_a_failure() {
    let many = "X-A: b\r\n".repeat(1_000);
    let long = "a".repeat(1_000_000);
    for answer in [
        "",
        "H",
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n",
        "<html>hello</html>",
        "220 mail.toko.id ESMTP\r\n",
        "-ERR unknown command 'POST'\r\n",
        "SSH-2.0-OpenSSH_9.9\r\n",
        "\0\0\0\0\0\0\0\0\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 -200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA B: c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        &format!("HTTP/1.1 200 OK\r\n{many}\r\n"),
        &format!("HTTP/1.1 200 OK\r\nA: {long}\r\n\r\n"),
        &format!("HTTP/1.1 200 {long}\r\n\r\n"),
    ] {
        let (delivery, _) = deliver(say(answer), WebhookLimits::default()).await;
        assert_eq!(fault(&delivery), DeliveryFault::Broken, "{answer:.60}");
    }
    let (delivery, _) = deliver(Play::Reset(""), WebhookLimits::default()).await;
    assert_eq!(fault(&delivery), DeliveryFault::Broken);
}

#[tokio::test]
async fn an_answer_that_breaks_off_counts_by_its_status() {
    for (play, body) in [
        (say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), "half"),
        (say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"), ""),
        (say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"), "half"),
        (say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nxyz\r\n"), "half"),
        (say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"), ""),
    ] {
        let (delivery, _) = deliver(play, WebhookLimits::default()).await;
        let expected = Delivery::Answered { status: 200, retry_after: None, body: body.to_owned(), is_whole: false };
        assert_eq!(delivery, expected);
    }
}

#[tokio::test]
async fn a_connection_reset_after_the_head_counts_by_its_status() {
    let (listener, url) = listen("http://127.0.0.1").await;
    let sender = sender(WebhookLimits::default());
    let client = sender.lines.to(&sender.guard.check_url(&url).unwrap()).unwrap();
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n").await.unwrap();
        stream
    };
    let ask = client.post(&url).body(BODY).send();
    let (response, stream) = tokio::join!(ask, serve);
    // The head is here; only now the connection breaks.
    stream.set_zero_linger().unwrap();
    drop(stream);
    let delivery = sender.listen(response.unwrap()).await;
    assert!(
        delivery.is_acknowledged() && matches!(delivery, Delivery::Answered { is_whole: false, .. }),
        "{delivery:?}"
    );
}

#[tokio::test]
async fn no_more_of_a_body_is_read_than_the_limit() {
    let limits = WebhookLimits { answer_bytes: 1_000, ..WebhookLimits::default() };
    for play in [
        Play::Forever("HTTP/1.1 200 OK\r\n\r\n", "xxxxxxxxxxxxxxxx"),
        Play::Forever("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n", "xxxxxxxxxxxxxxxx"),
        Play::Forever("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "3\r\nxxx\r\n"),
    ] {
        let (delivery, _) = deliver(play, limits).await;
        let expected = Delivery::Answered { status: 200, retry_after: None, body: "x".repeat(1_000), is_whole: false };
        assert_eq!(delivery, expected);
    }
    let exactly = format!("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{}", "x".repeat(1_000));
    let (delivery, _) = deliver(say(&exactly), limits).await;
    assert!(matches!(delivery, Delivery::Answered { is_whole: true, .. }));
}

#[tokio::test]
async fn time_is_counted_over_everything_however_steadily_something_comes() {
    for play in [
        Play::Drip("", "HTTP/1.1 200 OK and so on"),
        Play::Drip("HTTP/1.1 200 OK\r\n", "X-A: b\r\n"),
        Play::Drip("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"),
        Play::Forever("", "HTTP/1.1 100 Continue\r\n\r\n"),
    ] {
        let (delivery, _) = deliver(play, HURRY).await;
        assert_eq!(fault(&delivery), DeliveryFault::TimedOut);
    }
}

#[tokio::test]
async fn a_body_that_never_ends_costs_the_time_limit_and_counts_by_its_status() {
    for (play, status) in [
        (Play::Drip("HTTP/1.1 200 OK\r\n\r\n", "x"), 200),
        (Play::Drip("HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"), 500),
    ] {
        let (delivery, _) = deliver(play, HURRY).await;
        assert!(
            matches!(delivery, Delivery::Answered { status: found, is_whole: false, .. } if found == status),
            "{delivery:?}"
        );
    }
}

#[tokio::test]
async fn a_receiver_that_keeps_silent_is_not_waited_for() {
    let (listener, url) = listen("http://127.0.0.1").await;
    let sender = sender(HURRY);
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await;
        // Until the caller is gone.
        drop(stream.read(&mut [0]).await);
    };
    let (delivery, ()) = tokio::join!(post(&sender, &url), serve);
    assert_eq!(fault(&delivery), DeliveryFault::TimedOut);
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_unreachable() {
    // Bound and never listening: nobody else can get the port in between.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}/?token=secret", socket.local_addr().unwrap());
    let delivery = post(&sender(WebhookLimits::default()), &url).await;
    let Delivery::Failed { fault: DeliveryFault::Unreachable, why } = delivery else { panic!("{delivery:?}") };
    assert!(why.contains("refused") && !why.contains("127.0.0.1") && !why.contains("secret"), "{why}");
}

#[tokio::test]
async fn a_header_that_can_not_be_sent_sends_nothing() {
    let sender = sender(WebhookLimits::default());
    for (name, value, expected) in [
        ("Host", "a", HeaderFault::Ours),
        ("Transfer-Encoding", "chunked", HeaderFault::Ours),
        ("a\r\nb", "a", HeaderFault::Name),
        ("x-key", "a\r\nHost: b", HeaderFault::Value),
    ] {
        let delivery = sender.post("http://127.0.0.1:1/", &[(name, value)], Bytes::new()).await;
        assert_eq!(fault(&delivery), DeliveryFault::Header(expected));
    }
}
