//! A server that says what it is told, one connection after the other, and keeps what it was asked.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::account::{Account, Secret};
use crate::client::{Client, Limits};
use crate::suppliers::Iak;

/// The account's key, which must never be seen.
pub const KEY: &str = "0123456789abcdef";

/// A request as it came.
pub struct Request {
    /// Its path.
    pub path: String,
    /// Its body.
    pub body: Value,
}

/// A place that nobody has taken yet.
pub async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Says these as `data`, under an HTTP status that means nothing, and gives the requests.
pub async fn serve(listener: TcpListener, answers: impl IntoIterator<Item = Value>) -> Vec<Request> {
    let mut requests = Vec::new();
    for data in answers {
        let (mut stream, _) = listener.accept().await.unwrap();
        requests.push(read(&mut stream).await);
        let body = json!({"data": data, "meta": []}).to_string();
        let head = format!("HTTP/1.1 500 X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    }
    requests
}

async fn read(stream: &mut TcpStream) -> Request {
    let mut text = String::new();
    loop {
        text.push(char::from(stream.read_u8().await.unwrap()));
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && let Ok(body) = serde_json::from_str(body)
        {
            let path = head.split(' ').nth(1).unwrap().to_owned();
            return Request { path, body };
        }
    }
}

pub fn account(url: &str) -> Account {
    Account {
        url: Some(url.into()),
        user: "082210138584".into(),
        key: Secret::new(KEY),
        secret: Secret::default(),
        is_testing: false,
    }
}

pub fn client() -> Arc<Client> {
    Arc::new(Client::new(Limits::default()))
}

pub fn iak(url: &str) -> Iak {
    Iak::new(account(url), client())
}
