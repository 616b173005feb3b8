//! `loket call`: signs a call, sends it, and prints the answer as it came.
//!
//! One request on one connection, without TLS, and never a second attempt: whether a call may be repeated is for its
//! caller to know.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use app::{
    Tasks,
    seams::{Clock, SystemClock},
};
use bytes::Bytes;
use clap::Args;
use domain::json::{Value, read_object};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, StatusCode, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::keys::KeyArgs;
use super::sign::sign;
use super::{Outcome, ServerAddress, output};

/// Longer than any answer of a server may take.
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// More than the longest list.
const MAX_ANSWER_BYTES: usize = 16 << 20;

/// Sign a call, send it, and print the answer; exit code 0 if its `success` is true
#[derive(Args)]
pub struct CallArgs {
    /// The call, e.g. /v1/balance
    path: String,
    /// Its parameters, a JSON object
    #[arg(value_name = "PARAMS_JSON", default_value = "{}")]
    parameters: String,
    /// The server's base URL
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: ServerAddress,
    #[command(flatten)]
    keys: KeyArgs,
}

/// Sends the call and prints its answer.
pub fn run(args: &CallArgs) -> Outcome {
    let clock = SystemClock::start();
    let body = sign(args.parameters.as_bytes(), &args.keys.signing_key(), clock.wall().seconds())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (status, answer) = runtime.block_on(async {
        tokio::select! {
            answer = post(&args.url, &args.path, body) => answer,
            () = clock.sleep(TIME_LIMIT) => Err(format!("no answer within {TIME_LIMIT:?}").into()),
        }
    })?;
    if status != StatusCode::OK {
        output::remark(&format!("HTTP {status}"));
    }
    output::text(&String::from_utf8_lossy(&answer))?;
    Ok(if is_success(&answer) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn post(address: &ServerAddress, call: &str, body: String) -> Result<(StatusCode, Bytes), Box<dyn Error>> {
    let stream = TcpStream::connect(address.socket()).await.map_err(|error| {
        format!("no server answers at {address} ({error}); start one with `loket demo`, or give --url")
    })?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // What goes wrong with the connection is told by the request that it carries.
    Tasks::default().spawn(async move { drop(connection.await) });
    let request = Request::post(address.path(call))
        .header(header::HOST, address.authority())
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(body)))?;
    let answer = sender.send_request(request).await?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), MAX_ANSWER_BYTES).collect().await.map_err(|error| error.to_string())?;
    Ok((status, body.to_bytes()))
}

/// Whether an answer says that the call succeeded.
fn is_success(answer: &[u8]) -> bool {
    read_object(answer).is_ok_and(|object| object.get("success").and_then(Value::as_bool) == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_true_is_success() {
        assert!(is_success(br#"{"success":true}"#));
        for answer in [r#"{"success":false}"#, r#"{"success":"true"}"#, "{}", "<html>", r#"{"data":{"success":true}}"#]
        {
            assert!(!is_success(answer.as_bytes()), "{answer}");
        }
    }
}
