//! Signs a call of the API, sends it, and gives the answer as it came.

use std::error::Error;

use app::seams::{Clock, SystemClock};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, header};

use super::ServerAddress;
use super::exchange::{ExchangeError, exchange};
use super::keys::KeyArgs;
use super::sign::sign;

/// Calls with these parameters, a JSON object. Never twice: whether a call may be repeated is for its caller to know.
pub async fn signed_call(
    address: &ServerAddress,
    call: &str,
    parameters: &[u8],
    keys: &KeyArgs,
) -> Result<Response<Bytes>, Box<dyn Error>> {
    let body = sign(parameters, &keys.signing_key(), SystemClock::start().wall().seconds())?;
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
