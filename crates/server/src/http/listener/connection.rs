//! One connection, from its acceptance to its end.
//!
//! hyper has one time-out for a request's head, which also ends idle connections, and arms a timer for every request. Here a connection
//! has one timer, which is armed anew only when it fires or when a head arrives in pieces, so that a busy connection pays nothing.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::task::Poll;

use app::Time;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::unconstrained;
use tower::ServiceExt;

use super::ConnectionLimits;
use super::activity::{Activity, Phase, WatchedStream};
use crate::http::peer::Peer;

/// The most that a request's head may hold, and the most that is read ahead.
const BUFFER_BYTES: usize = 16 * 1024;

/// Whether connections are to end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// Serve on.
    NotYet,
    /// When the request in flight is answered; if there is none, now.
    AfterRequest,
    /// Whatever is in flight.
    AtOnce,
}

/// An accepted connection and what it needs.
pub struct Connection {
    /// The socket.
    pub stream: TcpStream,
    /// Its other end.
    pub peer: SocketAddr,
    /// What answers.
    pub router: Router,
    /// What it may do.
    pub limits: ConnectionLimits,
    /// What measures its time-outs.
    pub time: Time,
}

impl Connection {
    /// Serves until either side closes, a time-out passes or `ending` says so.
    pub async fn serve(self, ending: watch::Receiver<Ending>) {
        let activity = Activity::default();
        let stream = TokioIo::new(WatchedStream::new(self.stream, activity.clone()));
        let service = PeerService { router: self.router, peer: Peer(self.peer.ip()), activity: activity.clone() };
        let mut builder = http1::Builder::new();
        // A client may close its half once it has sent its request; it is answered all the same, and its handler is not dropped.
        builder.half_close(true).header_read_timeout(None).max_buf_size(BUFFER_BYTES).max_header_size(BUFFER_BYTES);
        let mut connection = pin!(builder.serve_connection(stream, service));
        let (mut ending_soon, mut ending_now, news) = (ending.clone(), ending.clone(), ending);
        // Whoever listens only once must be heard, however much the connection did before.
        let mut ending_soon = pin!(unconstrained(ending_soon.wait_for(|ending| *ending != Ending::NotYet)));
        let mut ending_now = pin!(unconstrained(ending_now.wait_for(|ending| *ending == Ending::AtOnce)));
        let (mut is_ending, mut is_listening) = (false, false);
        let mut alarm = Alarm::new(activity, self.limits, self.time);
        poll_fn(|cx| {
            if let Poll::Ready(served) = connection.as_mut().poll(cx) {
                if let Err(error) = served {
                    tracing::debug!(peer = %self.peer, %error, "a connection broke");
                }
                return Poll::Ready(());
            }
            // Listening takes a lock that all connections share. Who listens goes on listening until there is news.
            if !is_listening || news.has_changed().unwrap_or(true) {
                is_listening = true;
                if !is_ending && ending_soon.as_mut().poll(cx).is_ready() {
                    is_ending = true;
                    connection.as_mut().graceful_shutdown();
                    if connection.as_mut().poll(cx).is_ready() {
                        return Poll::Ready(());
                    }
                }
                if ending_now.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(());
                }
            }
            alarm.poll(cx)
        })
        .await;
    }
}

/// Wakes when a connection has waited too long for its client.
struct Alarm {
    activity: Activity,
    limits: ConnectionLimits,
    time: Time,
    sleep: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// The wait for which it was set.
    set_for: (Phase, u64),
}

impl Alarm {
    fn new(activity: Activity, limits: ConnectionLimits, time: Time) -> Self {
        // Whoever opens a connection has something to say.
        let sleep = time.sleep(limits.head_within);
        Self { set_for: activity.now(), sleep, activity, limits, time }
    }

    fn set(&mut self, wait: (Phase, u64)) {
        let span = if wait.0 == Phase::Head { self.limits.head_within } else { self.limits.idle_within };
        self.sleep = self.time.sleep(span);
        self.set_for = wait;
    }

    /// Ready when the client is too late.
    fn poll(&mut self, cx: &mut std::task::Context<'_>) -> Poll<()> {
        let wait = self.activity.now();
        if wait.0 == Phase::Head && wait != self.set_for {
            self.set(wait);
        }
        while self.sleep.as_mut().poll(cx).is_ready() {
            // Our own answers have time limits of their own.
            if wait == self.set_for && wait.0 != Phase::Answer {
                return Poll::Ready(());
            }
            self.set(wait);
        }
        Poll::Pending
    }
}

/// Tells the router who asks, and the alarm what is being waited for.
struct PeerService {
    router: Router,
    peer: Peer,
    activity: Activity,
}

impl Service<Request<Incoming>> for PeerService {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        self.activity.request_came();
        request.extensions_mut().insert(self.peer);
        let answer = self.router.clone().oneshot(request.map(Body::new));
        let activity = self.activity.clone();
        Box::pin(async move {
            let answer = answer.await;
            activity.answered();
            answer
        })
    }
}
