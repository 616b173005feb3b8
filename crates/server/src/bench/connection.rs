//! One connection, kept alive: a request goes out, its answer comes back.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::answer::{Answer, read_answer};

/// Answers are some 600 bytes; one that is longer makes room for itself.
const USUAL_ANSWER_BYTES: usize = 4096;

/// A connection to the server, and the one buffer that all of its answers go through.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    /// Connects to `socket`, a host and a port.
    pub async fn open(socket: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(socket).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(USUAL_ANSWER_BYTES) })
    }

    /// Sends a request and waits for its answer. After an error the connection is of no use any more.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.received.clear();
        self.stream.write_all(request).await?;
        loop {
            // Room for more than comes makes the read a short one, which tells tokio that nothing is left to be read.
            self.received.reserve(USUAL_ANSWER_BYTES);
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if read_answer(&self.received).map_err(invalid)?.is_some() {
                break;
            }
        }
        // Looked at twice, since the borrow checker doesn't see that a loop may return what it borrowed.
        match read_answer(&self.received).map_err(invalid)? {
            Some((answer, length)) if length == self.received.len() => Ok(answer),
            _ => Err(invalid("more came back than was asked for")),
        }
    }
}

fn invalid(fault: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, fault)
}
