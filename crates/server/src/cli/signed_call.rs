//! Signs a call of the API, sends it, and gives the answer as it came.

use std::error::Error;

use app::seams::{Clock, SystemClock};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, header};
use outbound::{CallLimit, Client, Limits, Reply};

use super::ServerAddress;
use super::api_address::ApiAddress;
use super::exchange::{ExchangeError, MAX_ANSWER_BYTES, TIME_LIMIT, exchange};
use super::keys::KeyArgs;
use super::sign::sign;

/// Calls with these parameters, a JSON object. Never twice: whether a call may be repeated is for its caller to know.
pub async fn signed_call(
    address: &ApiAddress,
    call: &str,
    parameters: &[u8],
    keys: &KeyArgs,
) -> Result<Response<Bytes>, Box<dyn Error>> {
    let body = sign(parameters, &keys.signing_key(), SystemClock::start().wall().seconds())?;
    match address {
        ApiAddress::Plain(address) => post(address, call, body).await,
        ApiAddress::Encrypted(url) => post_encrypted(&format!("{url}/{}", call.trim_start_matches('/')), body).await,
    }
}

async fn post(address: &ServerAddress, call: &str, body: String) -> Result<Response<Bytes>, Box<dyn Error>> {
    let request = Request::post(address.path(call))
        .header(header::HOST, address.authority())
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(body)))?;
    exchange(&address.socket(), request).await.map_err(|error| match error {
        ExchangeError::NoServer(error) => {
            format!("no server answers at {address} ({error}); start one with `loket demo`, or give --url").into()
        }
        error => error.into(),
    })
}

async fn post_encrypted(url: &str, body: String) -> Result<Response<Bytes>, Box<dyn Error>> {
    let limit = CallLimit { time: TIME_LIMIT, bytes: MAX_ANSWER_BYTES };
    match Client::new(Limits::default()).post_json(url, body, limit).await {
        Reply::Answered { status, body } => Ok(Response::builder().status(status).body(Bytes::from(body))?),
        Reply::NotSent { why } => Err(format!("no server answers at {url} ({why})").into()),
        Reply::Lost { why, .. } => Err(format!("{url}: no whole answer came ({why}); it may have been done").into()),
    }
}
