//! A receiver of webhooks, played with a bare socket.

use std::convert::Infallible;
use std::future::pending;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// What the receiver does with its one caller, after it has read the webhook.
pub enum Play {
    /// Says this and hangs up.
    Say(Vec<u8>),
    /// Says this, waits until it was read, and hangs up the hard way.
    Reset(&'static str),
    /// Says the first, and then the second again and again until the caller has gone.
    Forever(&'static str, &'static str),
    /// The same, a byte at a time and slowly: the whole never ends, and yet something always comes.
    Drip(&'static str, &'static str),
}

pub fn say(text: &str) -> Play {
    Play::Say(text.as_bytes().to_vec())
}

/// A receiver without callers yet, and its URL.
pub async fn listen(host: &str) -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("{host}:{}/webhook", listener.local_addr().unwrap().port());
    (listener, url)
}

/// Sends one webhook to a receiver that plays; the second is the request as it came over the wire.
pub async fn deliver(play: Play, limits: WebhookLimits) -> (Delivery, String) {
    let (listener, url) = listen("http://127.0.0.1").await;
    let mut heard = String::new();
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        heard = read_request(&mut stream).await;
        perform(stream, play).await;
        pending::<Infallible>().await
    };
    let sender = sender(limits);
    let delivery = tokio::select! {
        delivery = soon(post(&sender, &url)) => delivery,
        never = serve => match never {},
    };
    (delivery, heard)
}

/// Waits for what happens, and not for ever for what doesn't.
#[expect(clippy::disallowed_methods, reason = "only a test that fails comes to this limit")]
pub async fn soon<T>(event: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), event).await.expect("it doesn't happen")
}

pub async fn post(sender: &WebhookSender, url: &str) -> Delivery {
    sender.post(url, &[("X-Signature", "00ff")], Bytes::from_static(BODY.as_bytes())).await
}

/// Reads as far as the body's last byte, `}`; nothing of a caller who hung up before.
pub async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = String::new();
    while !request.ends_with('}') {
        let Ok(byte) = stream.read_u8().await else { return String::new() };
        request.push(char::from(byte));
    }
    request
}

/// However the caller takes it: he may have heard enough and gone.
async fn perform(mut stream: TcpStream, play: Play) {
    match play {
        Play::Say(bytes) => drop(stream.write_all(&bytes).await),
        Play::Reset(text) => {
            drop(stream.write_all(text.as_bytes()).await);
            stream.set_zero_linger().unwrap();
        }
        Play::Forever(first, again) => {
            drop(stream.write_all(first.as_bytes()).await);
            while stream.write_all(again.as_bytes()).await.is_ok() {}
        }
        Play::Drip(first, again) => drip(&mut stream, first, again).await,
    }
}

async fn drip(stream: &mut TcpStream, first: &str, again: &str) {
    #[expect(clippy::disallowed_methods, reason = "nothing is waited for: to be slow is what this receiver does")]
    let mut clock = tokio::time::interval(Duration::from_millis(5));
    drop(stream.write_all(first.as_bytes()).await);
    for byte in again.bytes().cycle() {
        clock.tick().await;
        if stream.write_all(&[byte]).await.is_err() {
            break;
        }
    }
}
