//! A server that answers what it is told, one connection after the other, and keeps what it was asked.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Listens, and has not answered yet.
pub struct StandIn(TcpListener);

/// One request as it came.
pub struct Asked {
    /// The request line's path.
    pub path: String,
    /// The body.
    pub body: String,
}

impl StandIn {
    pub async fn open() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    /// Gives these answers, and then what was asked for them.
    pub async fn answer(&self, answers: &[(u16, String)]) -> Vec<Asked> {
        let mut asked = Vec::new();
        for (status, body) in answers {
            let (mut stream, _) = self.0.accept().await.unwrap();
            asked.push(listen(&mut stream).await);
            let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all((head + body).as_bytes()).await.unwrap();
        }
        asked
    }
}

/// Reads as far as the last byte of our bodies, which are flat objects.
async fn listen(stream: &mut TcpStream) -> Asked {
    let mut request = String::new();
    while !request.ends_with('}') {
        request.push(char::from(stream.read_u8().await.unwrap()));
    }
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    Asked { path: head.split(' ').nth(1).unwrap().to_owned(), body: body.to_owned() }
}
