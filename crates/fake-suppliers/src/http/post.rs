//! Sends a callback: one POST over a connection of its own, without encryption.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper::{Request, Uri, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// What is sent.
#[derive(Clone, Debug)]
pub struct Message {
    /// Beyond `Host` and `Content-Type`.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: Bytes,
    /// The code that it tells, for the journal.
    pub rc: String,
}

/// Why it didn't arrive, or wasn't answered.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The address is none.
    #[error("no address such as http://127.0.0.1:8080/path")]
    Address,
    /// Nobody listens there, or not for long.
    #[error(transparent)]
    Socket(#[from] std::io::Error),
    /// What came back isn't HTTP.
    #[error(transparent)]
    Http(#[from] hyper::Error),
    /// A header can't be written.
    #[error(transparent)]
    Request(#[from] hyper::http::Error),
}

/// Sends it, and answers the receiver's status.
pub async fn post(url: &str, message: &Message) -> Result<u16, PostError> {
    let uri: Uri = url.parse().map_err(|_| PostError::Address)?;
    let authority = uri.authority().filter(|_| uri.scheme_str() == Some("http")).ok_or(PostError::Address)?;
    let stream = TcpStream::connect((authority.host(), authority.port_u16().unwrap_or(80))).await?;
    let mut request = Request::post(uri.path_and_query().map_or("/", |path| path.as_str()))
        .header(header::HOST, authority.as_str())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONNECTION, "close");
    for (name, value) in &message.headers {
        request = request.header(*name, value);
    }
    let request = request.body(Full::new(message.body.clone()))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let exchange = async {
        let response = sender.send_request(request).await?;
        let status = response.status().as_u16();
        // What it says doesn't matter, but it is read to its end, as a browser would.
        response.into_body().collect().await.map(|_| status)
    };
    let mut exchange = std::pin::pin!(exchange);
    tokio::select! {
        biased;
        answered = &mut exchange => Ok(answered?),
        served = connection => {
            served?;
            Ok(exchange.await?)
        }
    }
}
