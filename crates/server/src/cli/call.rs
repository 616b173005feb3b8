//! `loket call`: signs a call, sends it, and prints the answer as it came.
//!
//! One request on one connection, without TLS, and never a second attempt: whether a call may be repeated is for its
//! caller to know.

use std::process::ExitCode;

use clap::Args;
use domain::json::{Value, read_object};
use hyper::StatusCode;

use super::keys::KeyArgs;
use super::signed_call::signed_call;
use super::{Outcome, ServerAddress, output};

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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let answer = runtime.block_on(signed_call(&args.url, &args.path, args.parameters.as_bytes(), &args.keys))?;
    if answer.status() != StatusCode::OK {
        output::remark(&format!("HTTP {}", answer.status()));
    }
    output::text(&String::from_utf8_lossy(answer.body()))?;
    Ok(if is_success(answer.body()) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
