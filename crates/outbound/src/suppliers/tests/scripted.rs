//! A server that plays a supplier, one connection at a time, over real TCP.

use std::future::Future;
use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// What it does once it has read the request.
#[derive(Clone, Debug)]
pub enum Play {
    /// Answers.
    Answer(u16, String),
    /// Announces this answer and gives only its first half.
    Half(String),
    /// Hangs up the hard way.
    Reset,
    /// Says nothing until the caller gives up.
    Silence,
}

/// The server, listening.
pub struct Scripted {
    listener: TcpListener,
}

impl Scripted {
    /// Listens somewhere on this machine.
    pub async fn open() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    /// Where.
    pub fn url(&self) -> String {
        format!("http://{}", self.listener.local_addr().unwrap())
    }

    /// Plays to one caller, and sees to it that he doesn't call twice. Gives what he said, and the body of his request.
    pub async fn play<T>(&self, caller: impl Future<Output = T>, play: Play) -> (T, String) {
        let (said, request) = tokio::join!(caller, self.serve(play));
        // Whatever else was sent would be in the queue by now.
        tokio::select! {
            biased;
            second = self.listener.accept() => panic!("called twice: {second:?}"),
            () = std::future::ready(()) => {}
        }
        (said, request)
    }

    /// The next caller, without regard to others. A caller who gave up before he had spoken said nothing.
    pub async fn serve(&self, play: Play) -> String {
        let (mut stream, _) = self.listener.accept().await.unwrap();
        let request = read_request(&mut stream).await.unwrap_or_default();
        match play {
            Play::Answer(status, body) => say(&mut stream, status, body.len(), &body).await,
            Play::Half(body) => say(&mut stream, 200, body.len(), &body[..body.len() / 2]).await,
            Play::Reset => stream.set_zero_linger().unwrap(),
            Play::Silence => drop(stream.read(&mut [0]).await),
        }
        request
    }
}

/// An address at which nobody listens, for as long as the socket is kept.
pub fn nobody() -> (TcpSocket, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    (socket, url)
}

async fn say(stream: &mut TcpStream, status: u16, length: usize, body: &str) {
    let head = format!("HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
}

/// The body of a request that announces its length.
async fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(String::from_utf8(body).unwrap())
}
