//! One HTTP request on a connection of its own: without TLS, and never a second attempt.

use std::io;
use std::time::Duration;

use app::{
    Tasks,
    seams::{Clock, SystemClock},
};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, Response, client::conn::http1};
use hyper_util::rt::TokioIo;
use thiserror::Error;
use tokio::net::TcpStream;

/// Longer than any answer of a server may take.
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// More than the longest list.
const MAX_ANSWER_BYTES: usize = 16 << 20;

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// Nobody listens there.
    #[error("nobody answers ({0})")]
    NoServer(#[from] io::Error),
    /// It is no HTTP, or was broken off.
    #[error("the connection broke: {0}")]
    Broken(#[from] hyper::Error),
    /// It is longer than anything that is meant.
    #[error("the answer can't be read: {0}")]
    Unreadable(String),
    /// It took too long.
    #[error("no answer within {TIME_LIMIT:?}")]
    Silent,
}

/// Sends a request to `HOST:PORT`, and reads the whole answer.
pub async fn exchange(socket: &str, request: Request<Full<Bytes>>) -> Result<Response<Bytes>, ExchangeError> {
    tokio::select! {
        answer = send(socket, request) => answer,
        () = SystemClock::start().sleep(TIME_LIMIT) => Err(ExchangeError::Silent),
    }
}

async fn send(socket: &str, request: Request<Full<Bytes>>) -> Result<Response<Bytes>, ExchangeError> {
    let stream = TcpStream::connect(socket).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // What goes wrong with the connection is told by the request that it carries.
    Tasks::default().spawn(async move { drop(connection.await) });
    let (head, body) = sender.send_request(request).await?.into_parts();
    let body = Limited::new(body, MAX_ANSWER_BYTES).collect().await;
    let body = body.map_err(|error| ExchangeError::Unreadable(error.to_string()))?;
    Ok(Response::from_parts(head, body.to_bytes()))
}
