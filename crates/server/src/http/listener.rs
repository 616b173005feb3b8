//! Accepts connections and serves each over HTTP/1.1, within limits of number and time.
//!
//! One listener is one socket. It guarantees that no client can hold a connection for ever without sending a request, nor open more
//! connections than allowed; that a request which was begun is answered even if its sender has closed its own half; and that, once told
//! to stop, it accepts nothing more, lets requests in flight finish, and ends at a deadline whatever they do.

mod activity;
mod connection;

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use app::{Tasks, Time};
use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use self::connection::{Connection, Ending};

/// After a failed `accept` (commonly: no file descriptors left) it is tried again this much later.
const PAUSE_AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(100);

/// What connections may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// The most that are open at once; one more is closed at once.
    pub connections_max: u32,
    /// From the first byte of a request's head to its last, and from the opening of a connection to its first byte.
    pub head_within: Duration,
    /// Between a request's answer and the next request. Up to twice as long may pass: time is measured in whole spans of this.
    pub idle_within: Duration,
    /// From being told to stop to the end of the last request.
    pub finish_within: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            connections_max: 10_000,
            head_within: Duration::from_secs(10),
            idle_within: Duration::from_secs(75),
            finish_within: Duration::from_secs(40),
        }
    }
}

/// A bound socket.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    limits: ConnectionLimits,
}

impl Listener {
    /// Binds an address.
    pub async fn bind(address: SocketAddr, limits: ConnectionLimits) -> std::io::Result<Self> {
        Ok(Self { socket: TcpListener::bind(address).await?, limits })
    }

    /// Where it listens; with port 0 this is how to find out.
    pub fn local_address(&self) -> std::io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Serves until `stop` ends, and then until every request in flight is answered or the deadline is reached.
    pub async fn serve(self, router: Router, tasks: &Tasks, time: &Time, stop: impl Future<Output = ()>) {
        let Self { socket, limits } = self;
        let door = Door {
            router,
            tasks,
            time,
            limits,
            slots: Arc::new(Semaphore::new(usize::try_from(limits.connections_max).unwrap_or(usize::MAX))),
            ending: watch::Sender::new(Ending::NotYet),
        };
        {
            let mut stop = pin!(stop);
            loop {
                tokio::select! {
                    biased;
                    () = &mut stop => break,
                    accepted = socket.accept() => match accepted {
                        Ok((stream, peer)) => door.admit(stream, peer),
                        Err(error) => {
                            tracing::warn!(%error, "a connection could not be accepted");
                            time.sleep(PAUSE_AFTER_FAILED_ACCEPT).await;
                        }
                    },
                }
            }
        }
        drop(socket);
        door.close().await;
    }
}

/// What stands between the socket and the connections.
struct Door<'s> {
    router: Router,
    tasks: &'s Tasks,
    time: &'s Time,
    limits: ConnectionLimits,
    /// One for each connection that may be open.
    slots: Arc<Semaphore>,
    ending: watch::Sender<Ending>,
}

impl Door<'_> {
    /// Serves a connection in a task of its own, if there is room for it.
    fn admit(&self, stream: TcpStream, peer: SocketAddr) {
        let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else {
            tracing::debug!(%peer, "a connection was closed: as many as allowed are open");
            return;
        };
        // Answers are one small write; without this some would wait for the acknowledgement of the one before.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%peer, %error, "a socket's delay could not be switched off");
        }
        let connection =
            Connection { stream, peer, router: self.router.clone(), limits: self.limits, time: self.time.clone() };
        let ending = self.ending.subscribe();
        self.tasks.spawn(async move {
            connection.serve(ending).await;
            drop(slot);
        });
    }

    /// Lets requests in flight finish, up to the deadline.
    async fn close(self) {
        self.ending.send_replace(Ending::AfterRequest);
        // Every slot is free once every connection is closed.
        let all_closed = self.slots.acquire_many(self.limits.connections_max);
        if self.time.limit(self.limits.finish_within, all_closed).await.is_none() {
            tracing::warn!("requests were still in flight at the deadline; their connections are closed");
        }
        self.ending.send_replace(Ending::AtOnce);
    }
}

#[cfg(test)]
mod tests;
