//! A real socket, and a clock that moves only when told.

use std::sync::Arc;

use app::seams::ManualClock;
use axum::routing::get;
use domain::time::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, oneshot};

use super::*;
use crate::http::peer::Peer;

const REQUEST: &[u8] = b"GET /peer HTTP/1.1\r\nHost: loket\r\n\r\n";

struct Server {
    address: SocketAddr,
    clock: ManualClock,
    /// Lets the requests at `/slow` be answered.
    go: Arc<Notify>,
    /// Told when a request at `/slow` has arrived.
    arrived: Arc<Notify>,
    stop: oneshot::Sender<()>,
    ended: oneshot::Receiver<()>,
}

async fn server(limits: ConnectionLimits) -> Server {
    let clock = ManualClock::at(Timestamp::from_seconds(0));
    let time = Time::starting(Arc::new(clock.clone()), Timestamp::default());
    let (go, arrived) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let router = Router::new()
        .route("/peer", get(|axum::Extension(Peer(address)): axum::Extension<Peer>| async move { address.to_string() }))
        .route("/slow", {
            let (go, arrived) = (go.clone(), arrived.clone());
            get(|| async move {
                arrived.notify_one();
                go.notified().await;
                "done"
            })
        });
    let listener = Listener::bind("127.0.0.1:0".parse().unwrap(), limits).await.unwrap();
    let address = listener.local_address().unwrap();
    let (stop, stopped) = oneshot::channel();
    let (end, ended) = oneshot::channel();
    let tasks = Tasks::default();
    tasks.clone().spawn(async move {
        let stop = async {
            let _ = stopped.await;
        };
        listener.serve(router, &tasks, &time, stop).await;
        let _ = end.send(());
    });
    Server { address, clock, go, arrived, stop, ended }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Lets time pass until the other end closes, and returns what came before.
    async fn read_to_end(&self, stream: &mut TcpStream) -> String {
        let mut said = Vec::new();
        tokio::select! {
            // A connection that was reset is closed, too.
            _ = stream.read_to_end(&mut said) => {}
            () = self.pass_time() => {}
        }
        String::from_utf8(said).unwrap()
    }

    async fn pass_time(&self) {
        loop {
            self.clock.advance(Duration::from_secs(1));
            tokio::task::yield_now().await;
        }
    }
}

/// Reads one answer whose body ends with `end`.
async fn read_answer(stream: &mut TcpStream, end: &str) -> String {
    let mut said = String::new();
    while !said.ends_with(end) {
        let mut buffer = [0; 1024];
        let length = stream.read(&mut buffer).await.unwrap();
        assert!(length > 0, "closed after {said:?}");
        said.push_str(str::from_utf8(&buffer[..length]).unwrap());
    }
    said
}

#[tokio::test]
async fn requests_follow_each_other_on_one_connection_and_tell_their_peer() {
    let server = server(ConnectionLimits::default()).await;
    let mut stream = server.connect().await;
    for _ in 0..3 {
        stream.write_all(REQUEST).await.unwrap();
        assert!(read_answer(&mut stream, "127.0.0.1").await.starts_with("HTTP/1.1 200"));
    }
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let server = server(ConnectionLimits::default()).await;
    let mut stream = server.connect().await;
    assert_eq!(server.read_to_end(&mut stream).await, "");
}

#[tokio::test]
async fn a_head_that_never_ends_is_not_waited_for() {
    let only_heads =
        ConnectionLimits { idle_within: Duration::from_secs(u64::from(u32::MAX)), ..ConnectionLimits::default() };
    let server = server(only_heads).await;
    let mut stream = server.connect().await;
    stream.write_all(REQUEST).await.unwrap();
    read_answer(&mut stream, "127.0.0.1").await;
    stream.write_all(&REQUEST[..20]).await.unwrap();
    assert_eq!(server.read_to_end(&mut stream).await, "");
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_a_patient_one_is_not() {
    let server = server(ConnectionLimits::default()).await;
    let mut stream = server.connect().await;
    stream.write_all(REQUEST).await.unwrap();
    read_answer(&mut stream, "127.0.0.1").await;
    server.clock.advance(Duration::from_secs(74));
    stream.write_all(REQUEST).await.unwrap();
    read_answer(&mut stream, "127.0.0.1").await;
    assert_eq!(server.read_to_end(&mut stream).await, "");
}

#[tokio::test]
async fn a_half_closed_connection_is_answered() {
    let server = server(ConnectionLimits::default()).await;
    let mut stream = server.connect().await;
    stream.write_all(REQUEST).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("127.0.0.1"), "{said}");
}

#[tokio::test]
async fn one_connection_too_many_is_closed_at_once() {
    let server = server(ConnectionLimits { connections_max: 1, ..ConnectionLimits::default() }).await;
    let mut first = server.connect().await;
    first.write_all(REQUEST).await.unwrap();
    read_answer(&mut first, "127.0.0.1").await;
    let mut second = server.connect().await;
    assert_eq!(second.read(&mut [0; 1]).await.unwrap_or(0), 0);
    first.write_all(REQUEST).await.unwrap();
    read_answer(&mut first, "127.0.0.1").await;
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = server(ConnectionLimits::default()).await;
    let mut stream = server.connect().await;
    let head = format!("GET /peer HTTP/1.1\r\nHost: loket\r\nX: {}\r\n\r\n", "x".repeat(20_000));
    let _ = stream.write_all(head.as_bytes()).await;
    let mut said = [0; 12];
    stream.read_exact(&mut said).await.unwrap();
    assert_eq!(&said, b"HTTP/1.1 431");
}

#[tokio::test]
async fn a_request_in_flight_is_finished_before_the_end() {
    let Server { address, go, arrived, stop, ended, .. } = server(ConnectionLimits::default()).await;
    let mut busy = TcpStream::connect(address).await.unwrap();
    let mut idle = TcpStream::connect(address).await.unwrap();
    busy.write_all(b"GET /slow HTTP/1.1\r\nHost: loket\r\n\r\n").await.unwrap();
    arrived.notified().await;
    stop.send(()).unwrap();
    assert_eq!(idle.read(&mut [0; 1]).await.unwrap_or(0), 0, "an idle connection is closed at once");
    assert!(TcpStream::connect(address).await.is_err(), "nothing more is accepted");
    go.notify_one();
    let mut said = String::new();
    busy.read_to_string(&mut said).await.unwrap();
    assert!(said.ends_with("done"), "{said}");
    ended.await.unwrap();
}

#[tokio::test]
async fn the_deadline_ends_even_a_request_in_flight() {
    let server = server(ConnectionLimits::default()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nHost: loket\r\n\r\n").await.unwrap();
    server.arrived.notified().await;
    let Server { clock, stop, ended, .. } = server;
    stop.send(()).unwrap();
    tokio::select! {
        ended = ended => ended.unwrap(),
        () = async {
            loop {
                clock.advance(Duration::from_secs(1));
                tokio::task::yield_now().await;
            }
        } => {}
    }
    assert_eq!(stream.read(&mut [0; 1]).await.unwrap_or(0), 0);
}
