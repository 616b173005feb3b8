//! `loket sign`: signs parameters as a merchant's program would, or shows step by step what it would sign.
//!
//! Guarantees that what it prints is what a server accepts from these keys at that time. It sends nothing.

use std::error::Error;
use std::io::Read;
use std::process::ExitCode;

use app::seams::{Clock, SystemClock};
use clap::Args;
use domain::{
    json::{LineSeparators, Object, read_object},
    signature::{SignedRequest, SigningKey, compose},
};

use super::keys::KeyArgs;
use super::{Outcome, output};

/// Stands for an `api_key` that nobody asked to see.
const MASK: &str = "********";

/// Sign the parameters on stdin (a JSON object) and print the body to send
#[derive(Args)]
pub struct SignArgs {
    /// When it is signed, in Unix seconds [default: now]
    #[arg(long, value_name = "SECONDS")]
    timestamp: Option<i64>,
    /// Print canonical body, body hash and string to sign instead
    #[arg(long)]
    explain: bool,
    /// Don't mask the api_key in the string to sign
    #[arg(long, requires = "explain")]
    show_api_key: bool,
    #[command(flatten)]
    keys: KeyArgs,
}

/// Reads parameters from stdin and prints their signed body, or its explanation.
pub fn run(args: &SignArgs) -> Outcome {
    let mut parameters = Vec::new();
    std::io::stdin().lock().read_to_end(&mut parameters)?;
    let timestamp = args.timestamp.unwrap_or_else(|| SystemClock::start().wall().seconds());
    let body = sign(&parameters, &args.keys.signing_key(), timestamp)?;
    let printed = if args.explain { explain(&body, &args.keys, args.show_api_key)? } else { body };
    output::text(&printed)?;
    Ok(ExitCode::SUCCESS)
}

/// The signed body of these parameters. No parameters at all are as good as `{}`.
pub(super) fn sign(parameters: &[u8], key: &SigningKey, timestamp: i64) -> Result<String, Box<dyn Error>> {
    let parameters = match parameters.trim_ascii() {
        b"" => Object::new(),
        text => read_object(text).map_err(|error| format!("the parameters: {error}"))?,
    };
    let body = compose(&parameters, key, timestamp);
    // Some keys can be signed but are refused by every server; better said here.
    SignedRequest::read(body.as_bytes())?;
    Ok(body)
}

/// The three steps to the signature of a signed body.
fn explain(body: &str, keys: &KeyArgs, show_api_key: bool) -> Result<String, Box<dyn Error>> {
    let request = SignedRequest::read(body.as_bytes())?;
    let shown = if show_api_key { &keys.api_key } else { MASK };
    let hash = request.body_hash(LineSeparators::Escaped);
    Ok(format!(
        "canonical_body={}\nbody_hash={hash}\nstring_to_sign={}\nsignature={}",
        request.canonical_body(LineSeparators::Escaped),
        SigningKey::new(&keys.api_id, shown, "").string_to_sign(request.timestamp(), &hash),
        request.signature(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> KeyArgs {
        KeyArgs {
            api_id: "your_api_id".to_owned(),
            api_key: "your_api_key".to_owned(),
            secret_key: "your_secret_key".to_owned(),
        }
    }

    #[test]
    fn what_is_signed_verifies_and_may_have_been_signed_before() -> Result<(), Box<dyn Error>> {
        let key = keys().signing_key();
        let body = sign(br#" {"cmd":"inquiry","ref_id":"\u00e9"} "#, &key, 1_748_678_400)?;
        assert!(key.verifies(&SignedRequest::read(body.as_bytes())?));
        assert_eq!(sign(body.as_bytes(), &key, 1_748_678_400)?, body);
        Ok(())
    }

    #[test]
    fn nothing_is_no_parameters() -> Result<(), Box<dyn Error>> {
        let key = keys().signing_key();
        assert_eq!(sign(b"\n", &key, 1)?, sign(b"{}", &key, 1)?);
        Ok(())
    }

    #[test]
    fn what_no_server_takes_is_refused() {
        let key = keys().signing_key();
        for parameters in ["[]", r#"{"a":1,"a":1}"#, r#"{"0":1}"#, "{"] {
            assert!(sign(parameters.as_bytes(), &key, 1).is_err(), "{parameters}");
        }
    }

    #[test]
    fn the_explanation_masks_the_api_key_unless_told_otherwise() -> Result<(), Box<dyn Error>> {
        let body = sign(b"", &keys().signing_key(), 1_748_678_400)?;
        let masked = explain(&body, &keys(), false)?;
        assert!(masked.starts_with("canonical_body=\nbody_hash=e3b0c44298fc1c149afbf4c8996fb924"), "{masked}");
        assert!(masked.contains("\nstring_to_sign=your_api_id|********|1748678400|e3b0"), "{masked}");
        assert!(!masked.contains("your_api_key") && !masked.contains("your_secret_key"), "{masked}");
        assert!(explain(&body, &keys(), true)?.contains("=your_api_id|your_api_key|1748678400|e3b0"));
        Ok(())
    }
}
