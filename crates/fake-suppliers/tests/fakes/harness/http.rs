//! A client that sees what really happens on its connection.

use std::io::ErrorKind;
use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// A whole answer: status, content type, body.
    Answer(u16, String, Vec<u8>),
    /// The connection was reset after so much of an answer's body.
    Reset(Vec<u8>),
}

impl Seen {
    /// The body, which is JSON.
    pub fn json(&self) -> Value {
        match self {
            Self::Answer(_, _, body) => serde_json::from_slice(body).unwrap(),
            Self::Reset(_) => panic!("the connection was reset"),
        }
    }
}

/// Sends a request and reads until the connection ends.
pub async fn exchange(address: SocketAddr, method: &str, path: &str, body: &str) -> Seen {
    let mut stream = send(address, method, path, body).await;
    let mut received = Vec::new();
    let ending = stream.read_to_end(&mut received).await;
    let text_end = received.windows(4).position(|window| window == b"\r\n\r\n");
    let body = text_end.map(|end| received[end + 4..].to_vec()).unwrap_or_default();
    match ending {
        Err(error) if error.kind() == ErrorKind::ConnectionReset => Seen::Reset(body),
        ending => {
            ending.unwrap();
            let head = String::from_utf8(received[..text_end.expect("an answer has a head")].to_vec()).unwrap();
            let content_type = head.lines().find_map(|line| line.strip_prefix("content-type: ")).unwrap_or_default();
            Seen::Answer(head.split(' ').nth(1).unwrap().parse().unwrap(), content_type.to_owned(), body)
        }
    }
}

/// Sends a request, and leaves the answer unread.
pub async fn send(address: SocketAddr, method: &str, path: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let head =
        format!("{method} {path} HTTP/1.1\r\nhost: fake\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    stream
}
