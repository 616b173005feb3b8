//! What a connection is waiting for, and the socket that notices.

use std::io::IoSlice;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// What a connection is waiting for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// The first byte of a request.
    Request,
    /// The rest of a request's head.
    Head,
    /// Our answer.
    Answer,
}

/// Counts a connection's phases, each a third of a turn. Only the connection's own task touches it; it is atomic to be shared safely.
#[derive(Clone, Debug, Default)]
pub struct Activity(Arc<AtomicU64>);

impl Activity {
    /// What the connection is waiting for, and a number that no other such wait of it has.
    pub fn now(&self) -> (Phase, u64) {
        let count = self.0.load(Ordering::Relaxed);
        let phase = match count % 3 {
            0 => Phase::Request,
            1 => Phase::Head,
            _ => Phase::Answer,
        };
        (phase, count)
    }

    /// A first byte came.
    fn bytes_came(&self) {
        let (phase, count) = self.now();
        if phase == Phase::Request {
            self.0.store(count + 1, Ordering::Relaxed);
        }
    }

    /// A request's head is whole.
    pub fn request_came(&self) {
        let (_, count) = self.now();
        self.0.store(count - count % 3 + 2, Ordering::Relaxed);
    }

    /// Its answer is ready to be sent.
    pub fn answered(&self) {
        let (_, count) = self.now();
        self.0.store(count - count % 3 + 3, Ordering::Relaxed);
    }
}

/// A socket that tells when a request begins to arrive.
#[derive(Debug)]
pub struct WatchedStream {
    stream: TcpStream,
    activity: Activity,
}

impl WatchedStream {
    /// Watches a socket.
    pub const fn new(stream: TcpStream, activity: Activity) -> Self {
        Self { stream, activity }
    }
}

impl AsyncRead for WatchedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.activity.bytes_came();
        }
        polled
    }
}

impl AsyncWrite for WatchedStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::Phase::{Answer, Head, Request};
    use super::*;

    #[test]
    fn phases_follow_each_other_whatever_arrives_when() {
        let activity = Activity::default();
        let mut seen = Vec::new();
        for step in [
            Activity::bytes_came,
            Activity::bytes_came,
            Activity::request_came,
            // The body's bytes.
            Activity::bytes_came,
            Activity::answered,
            // A request that came together with the one before.
            Activity::request_came,
            Activity::answered,
        ] {
            step(&activity);
            seen.push(activity.now());
        }
        assert_eq!(seen, [(Head, 1), (Head, 1), (Answer, 2), (Answer, 2), (Request, 3), (Answer, 5), (Request, 6)]);
    }
}
