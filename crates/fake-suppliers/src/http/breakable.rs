//! A connection that can be broken: at once, or in the middle of an answer. The other end sees a reset, not a goodbye.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// How a connection breaks at the next write.
#[derive(Clone, Copy, Debug)]
enum Break {
    AtOnce,
    /// All but so many of the next bytes are written first.
    Before(usize),
}

/// Breaks a connection from outside.
#[derive(Clone, Debug, Default)]
pub struct Breaker(Arc<Mutex<Option<Break>>>);

impl Breaker {
    /// Nothing more is written.
    pub fn reset(&self) {
        *self.0.lock() = Some(Break::AtOnce);
    }

    /// The next answer is written without its last bytes, so many of them.
    pub fn reset_before_last(&self, bytes: usize) {
        *self.0.lock() = Some(Break::Before(bytes));
    }
}

/// The connection.
pub struct Breakable {
    stream: TcpStream,
    breaker: Breaker,
}

impl Breakable {
    /// A connection, and what breaks it.
    pub fn new(stream: TcpStream) -> (Self, Breaker) {
        let breaker = Breaker::default();
        (Self { stream, breaker: breaker.clone() }, breaker)
    }
}

impl AsyncRead for Breakable {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Breakable {
    // Vectored writing stays off, so that a small answer, head and body, comes in one piece.
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let fate = *self.breaker.0.lock();
        match fate {
            None => Pin::new(&mut self.stream).poll_write(cx, bytes),
            Some(Break::Before(missing)) if missing < bytes.len() => {
                let sent = bytes.get(..bytes.len() - missing).unwrap_or_default();
                let written = Pin::new(&mut self.stream).poll_write(cx, sent);
                if written.is_ready() {
                    self.breaker.reset();
                }
                written
            }
            Some(_) => {
                // The socket is closed when it is dropped, and without lingering that is a reset.
                self.stream.set_zero_linger()?;
                Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
