//! What is answered to whoever could not be authenticated.

use app::AuthenticationError;
use domain::json::{LineSeparators, Value};
use domain::signature::SignedRequest;

use super::Problem;
use crate::http::codes::Code;
use crate::http::field_errors::FieldErrors;
use crate::http::language::{Sentence, sentence};

const OUR_TIME: Sentence =
    sentence("Waktu server ada di bawah ini, dalam detik Unix.", "The server's time stands below, in Unix seconds.");
const COMPARE: Sentence = sentence(
    "Bandingkan canonical body dan hash ini dengan milik program Anda; bila sama, periksa api_key, secret_key dan timestamp.",
    "Compare this canonical body and hash with your program's; if they are the same, check api_key, secret_key and timestamp.",
);

impl Problem {
    /// The answer to a failed authentication. In testing mode a wrong signature explains itself, from the request alone: the same for
    /// known and unknown callers, and never with a key or the signature that was expected.
    pub fn unauthenticated(error: AuthenticationError, request: &SignedRequest<'_>) -> Self {
        match error {
            AuthenticationError::TimestampExpired { server_time } => Self::new(Code::TimestampExpired).blaming(
                FieldErrors::of("timestamp", OUR_TIME)
                    .with("timestamp", format!("server_time={}", server_time.seconds())),
            ),
            AuthenticationError::SignatureInvalid => {
                let problem = Self::new(Code::SignatureInvalid);
                let is_testing = matches!(request.parameter("testing"), Some(Value::Bool(true)));
                if is_testing { problem.blaming(explanation(request)) } else { problem }
            }
            AuthenticationError::IpNotAllowed => Self::new(Code::IpNotAllowed),
        }
    }
}

fn explanation(request: &SignedRequest<'_>) -> FieldErrors {
    let separators = LineSeparators::Escaped;
    FieldErrors::of("signature", COMPARE)
        .with("signature", format!("canonical_body={}", request.canonical_body(separators)))
        .with("signature", format!("body_hash={}", request.body_hash(separators)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::language::Language;

    fn errors(parameters: &str) -> String {
        let body = format!(r#"{{"api_id":"x","timestamp":1,"signature":"s",{parameters}}}"#);
        let request = SignedRequest::read(body.as_bytes()).unwrap();
        let problem = Problem::unauthenticated(AuthenticationError::SignatureInvalid, &request);
        assert_eq!(problem.code, Code::SignatureInvalid);
        serde_json::to_string(&problem.errors.spoken(Language::English)).unwrap()
    }

    #[test]
    fn a_wrong_signature_explains_itself_in_testing_mode_only() {
        for parameters in [r#""testing":false"#, r#""testing":"true""#, r#""testing":1"#, r#""cmd":"inquiry""#] {
            assert_eq!(errors(parameters), "{}");
        }
        let explained = errors(r#""testing":true,"b":"x\/y""#);
        let hash = r"body_hash=";
        assert!(explained.contains(r#""canonical_body={\"b\":\"x/y\",\"testing\":true}""#), "{explained}");
        assert!(explained.contains(hash), "{explained}");
    }

    #[test]
    fn an_expired_timestamp_tells_ours() {
        let body = br#"{"api_id":"x","timestamp":1,"signature":"s"}"#;
        let server_time = domain::time::Timestamp::from_seconds(1_780_195_202);
        let problem = Problem::unauthenticated(
            AuthenticationError::TimestampExpired { server_time },
            &SignedRequest::read(body).unwrap(),
        );
        let spoken = serde_json::to_string(&problem.errors.spoken(Language::English)).unwrap();
        assert!(spoken.ends_with(r#","server_time=1780195202"]}"#), "{spoken}");
    }
}
