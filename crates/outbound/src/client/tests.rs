//! Each way in which a call can end, at a server that this file plays with a bare socket.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::*;

const SHORT: CallLimit = CallLimit { time: Duration::from_secs(20), bytes: 1_024 };

fn client() -> Client {
    Client::new(Limits::default())
}

/// What the server does with its one caller, after it has read the request.
enum Play {
    /// Says this and hangs up.
    Say(String),
    /// Hangs up the hard way.
    Reset,
    /// Keeps silent until the caller is gone.
    Silence,
}

fn answer(status: &str, body: &str) -> Play {
    Play::Say(format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

/// Reads as far as the body's last byte, `}`.
async fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut request = String::new();
    while !request.ends_with('}') {
        request.push(char::from(stream.read_u8().await?));
    }
    Ok(request)
}

/// One call and the server's side of it; the second is the request as it came over the wire.
async fn call(play: Play, limit: CallLimit) -> (Reply, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        // A caller who is in a hurry may have gone before he had spoken.
        let request = read_request(&mut stream).await.unwrap_or_default();
        match play {
            Play::Say(text) => stream.write_all(text.as_bytes()).await.unwrap(),
            Play::Reset => stream.set_zero_linger().unwrap(),
            Play::Silence => drop(stream.read(&mut [0]).await),
        }
        request
    };
    let client = client();
    tokio::join!(client.post_json(&url, String::from(r#"{"a":1}"#), limit), serve)
}

fn lost(reply: Reply) -> (String, Option<u16>, String) {
    match reply {
        Reply::Lost { why, status, heard } => (why.to_string(), status, heard),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_answer_is_given_as_it_came_whatever_its_status() {
    let (reply, request) = call(answer("200 OK", "{\"data\":1}"), SHORT).await;
    assert_eq!(reply, Reply::Answered { status: 200, body: String::from("{\"data\":1}") });
    assert!(request.starts_with("POST /v1 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("content-type: application/json\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\n{\"a\":1}"), "{request}");

    let (reply, _) = call(answer("500 Oh", "<html>"), SHORT).await;
    assert_eq!(reply, Reply::Answered { status: 500, body: String::from("<html>") });
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let moved = "HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    let (reply, _) = call(Play::Say(moved.to_owned()), SHORT).await;
    assert_eq!(reply, Reply::Answered { status: 307, body: String::new() });
}

#[tokio::test]
async fn what_is_no_text_is_replaced() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na\xffb").await.unwrap();
    };
    let client = client();
    let (reply, ()) = tokio::join!(client.post_json(&url, String::from("{}"), SHORT), serve);
    assert_eq!(reply, Reply::Answered { status: 200, body: String::from("a\u{fffd}b") });
}

#[tokio::test]
async fn what_may_not_leave_any_more_when_the_connection_stands_does_not_leave() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        // However the connection ends.
        let _ = stream.read_to_end(&mut heard).await;
        heard
    };
    let client = client();
    let (reply, heard) =
        tokio::join!(leaving_only_if(|| false, client.post_json(&url, String::from("{}"), SHORT)), serve);
    assert!(matches!(reply, Reply::NotSent { .. }), "{reply:?}");
    assert!(heard.is_empty(), "{}", String::from_utf8_lossy(&heard));
}

#[tokio::test]
async fn a_refused_connection_sent_nothing() {
    // Bound and never listening: nobody else can get the port in between.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}/", socket.local_addr().unwrap());
    let reply = client().post_json(&url, String::from("{}"), SHORT).await;
    let Reply::NotSent { why } = reply else { panic!("{reply:?}") };
    assert!(why.contains("refused") && !why.contains("127.0.0.1"), "{why}");
}

#[tokio::test]
async fn a_failed_handshake_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Plain text here\r\n\r\n").await.unwrap();
    };
    let client = client();
    // Where the machine has no certificates it doesn't come to the handshake, and nothing is sent either.
    tokio::select! {
        reply = client.post_json(&url, String::from("{}"), SHORT) => {
            assert!(matches!(reply, Reply::NotSent { .. }), "{reply:?}");
        }
        () = async { serve.await; std::future::pending().await } => {}
    }
}

#[tokio::test]
async fn a_handshake_that_takes_too_long_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let client = Client::new(Limits { connect: Duration::from_millis(50), ..Limits::default() });
    let reply = client.post_json(&url, String::from("{}"), SHORT).await;
    assert!(matches!(reply, Reply::NotSent { .. }), "{reply:?}");
}

#[tokio::test]
async fn an_address_without_encryption_is_not_gone_to() {
    let reply = client().post_json("http://example.com/", String::from("{}"), SHORT).await;
    assert_eq!(reply, Reply::not_sent(AddressFault::Unencrypted.to_string()));
}

#[tokio::test]
async fn silence_is_lost_when_the_time_is_over() {
    let (reply, _) = call(Play::Silence, CallLimit { time: Duration::from_millis(500), ..SHORT }).await;
    let (why, status, _) = lost(reply);
    assert_eq!(status, None);
    assert!(why.contains("timed out"), "{why}");
}

#[tokio::test]
async fn a_connection_that_ends_before_the_answer_is_lost() {
    for play in [Play::Reset, Play::Say(String::new()), Play::Say(String::from("HTTP/1.1 20"))] {
        let (_, status, heard) = lost(call(play, SHORT).await.0);
        assert_eq!((status, &*heard), (None, ""));
    }
}

#[tokio::test]
async fn half_an_answer_is_lost_with_what_was_heard() {
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":{\"rc\":\"00\"";
    let (why, status, heard) = lost(call(Play::Say(half.to_owned()), SHORT).await.0);
    assert_eq!((status, &*heard), (Some(200), "{\"data\":{\"rc\":\"00\""));
    assert!(!why.contains("127.0.0.1"), "{why}");
}

#[tokio::test]
async fn an_answer_that_stops_halfway_is_lost_when_the_time_is_over() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").await.unwrap();
        drop(stream.read(&mut [0]).await);
    };
    let client = client();
    let limit = CallLimit { time: Duration::from_millis(500), ..SHORT };
    let (reply, ()) = tokio::join!(client.post_json(&url, String::from("{}"), limit), serve);
    assert_eq!(lost(reply).1, Some(200));
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_lost() {
    let long = "x".repeat(SHORT.bytes);
    let (reply, _) = call(answer("200 OK", &long), SHORT).await;
    assert_eq!(reply, Reply::Answered { status: 200, body: long.clone() });
    let (why, status, heard) = lost(call(answer("200 OK", &format!("{long}x")), SHORT).await.0);
    assert_eq!((&*why, status, heard), ("the answer is longer than 1024 bytes", Some(200), long));
}

#[tokio::test]
async fn nothing_is_sent_twice() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let client = client();
    let ask = async { lost(client.post_json(&url, String::from("{}"), SHORT).await) };
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await.unwrap();
        stream.set_zero_linger().unwrap();
    };
    tokio::join!(ask, serve);
    // A second connection would be in the queue by now.
    let second = listener.into_std().unwrap().accept();
    assert_eq!(second.unwrap_err().kind(), io::ErrorKind::WouldBlock);
}
