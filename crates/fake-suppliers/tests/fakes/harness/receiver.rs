//! Receives callbacks.

use fake_suppliers::Webhook;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Listens for callbacks.
pub struct Receiver {
    socket: TcpListener,
}

/// A callback that came.
#[derive(Debug)]
pub struct Received {
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Receiver {
    pub async fn open() -> Self {
        Self { socket: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    /// What a fake has to know to reach it.
    pub fn webhook(&self) -> Webhook {
        let address = self.socket.local_addr().unwrap();
        Webhook { url: format!("http://{address}/hook"), secret: Some("rahasia".to_owned()) }
    }

    /// Waits for the next callback, and answers it with 200.
    pub async fn next(&self) -> Received {
        let (stream, _) = self.socket.accept().await.unwrap();
        receive(stream).await
    }
}

async fn receive(stream: TcpStream) -> Received {
    let mut stream = BufReader::new(stream);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_lowercase(), value.to_owned())),
            None if line.trim_end().is_empty() => break,
            None => assert!(line.starts_with("POST /hook HTTP/1.1"), "{line}"),
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").unwrap().1.parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    Received { headers, body }
}

impl Received {
    /// A header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What it tells.
    pub fn data(&self) -> Value {
        serde_json::from_slice::<Value>(&self.body).unwrap()["data"].clone()
    }
}
