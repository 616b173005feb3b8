//! Headers that an endpoint's owner adds to its webhooks, for a front door that wants a key.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use thiserror::Error;

/// Of a name and of a value, in bytes. Long enough for a token with its claims.
const MAX_NAME: usize = 128;
const MAX_VALUE: usize = 4_096;

/// Say how a message is framed and what becomes of its connection (RFC 9110, sections 7.6.1 and 10.1.1; RFC 9112, section 6): whoever writes
/// them can end one request and begin another. Or promise, in our name, what we can't keep.
const OF_CONNECTIONS: [&str; 14] = [
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];
/// Begin names that speak to proxies.
const TO_PROXIES: &str = "proxy-";

/// What webhooks are signed and told apart by (section 10 of the contract).
const OF_WEBHOOKS: [&str; 2] = ["x-signature", "x-type-transaction"];
/// Begins the names of Standard Webhooks.
const OF_STANDARD_WEBHOOKS: &str = "webhook-";

/// Why a header isn't sent with webhooks. Doesn't repeat it: its value is often a secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum HeaderFault {
    /// Not letters, digits and hyphens (or what else RFC 9110 calls a token), or longer than 128.
    #[error("the header's name is no name")]
    Name,
    /// Empty, longer than 4,096, with a space at an end, or with anything but printable ASCII and spaces.
    #[error("the header's value is empty, too long, or has other characters than printable ASCII")]
    Value,
    /// One that is set by us.
    #[error("this header is set by Loket itself")]
    Ours,
}

/// Whether an endpoint's owner may have this header sent with its webhooks.
pub fn check_header(name: &str, value: &str) -> Result<(), HeaderFault> {
    let (name, _) = read(name, value)?;
    if OF_WEBHOOKS.contains(&name.as_str()) || name.as_str().starts_with(OF_STANDARD_WEBHOOKS) {
        return Err(HeaderFault::Ours);
    }
    Ok(())
}

/// All headers of a request. Of two with one name the first stands.
pub(super) fn read_all(headers: &[(&str, &str)]) -> Result<HeaderMap, HeaderFault> {
    let mut all = HeaderMap::new();
    all.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in headers {
        let (name, value) = read(name, value)?;
        all.entry(name).or_insert(value);
    }
    Ok(all)
}

/// A header that doesn't touch the connection.
fn read(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), HeaderFault> {
    if name.len() > MAX_NAME {
        return Err(HeaderFault::Name);
    }
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| HeaderFault::Name)?;
    if OF_CONNECTIONS.contains(&name.as_str()) || name.as_str().starts_with(TO_PROXIES) {
        return Err(HeaderFault::Ours);
    }
    let is_plain = value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    if value.is_empty() || value.len() > MAX_VALUE || !is_plain || value.trim() != value {
        return Err(HeaderFault::Value);
    }
    let mut value = HeaderValue::from_str(value).map_err(|_| HeaderFault::Value)?;
    value.set_sensitive(true);
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_for_front_doors_pass() {
        for (name, value) in [
            ("Authorization", "Bearer eyJhbGciOi.J9"),
            ("X-Api-Key", "a b, c; d=\"e\""),
            ("cf-access-client-secret", &*"x".repeat(MAX_VALUE)),
            ("X-Webhook-Id", "1"),
            ("Cookie", "a=b"),
        ] {
            assert_eq!(check_header(name, value), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_we_set_nobody_else_sets() {
        for name in [
            "Content-Type",
            "CONTENT-LENGTH",
            "Host",
            "hOsT",
            "Connection",
            "Transfer-Encoding",
            "TE",
            "Trailer",
            "Upgrade",
            "Expect",
            "Keep-Alive",
            "Proxy-Authorization",
            "Proxy-Connection",
            "Accept-Encoding",
            "User-Agent",
            "X-Signature",
            "X-TYPE-TRANSACTION",
            "webhook-id",
            "Webhook-Timestamp",
            "webhook-signature",
            "webhook-anything",
        ] {
            assert_eq!(check_header(name, "x"), Err(HeaderFault::Ours), "{name}");
        }
    }

    #[test]
    fn nothing_is_smuggled() {
        for name in ["", " ", "a b", "a:", "a\r\nb", "a\n", "\0", "é", "x-signature ", "(a)", &"a".repeat(MAX_NAME + 1)]
        {
            assert_eq!(check_header(name, "x"), Err(HeaderFault::Name), "{name:?}");
        }
        for value in [
            "",
            " ",
            " a",
            "a ",
            "a\r\nHost: b",
            "a\nb",
            "a\rb",
            "a\0",
            "a\tb",
            "é",
            "a\u{7f}",
            &"x".repeat(MAX_VALUE + 1),
        ] {
            assert_eq!(check_header("x-key", value), Err(HeaderFault::Value), "{value:?}");
        }
    }

    #[test]
    fn of_two_headers_with_one_name_the_first_is_sent() {
        let headers = read_all(&[("X-Signature", "ours"), ("x-key", "k"), ("x-signature", "theirs")]).unwrap();
        let sent: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        assert_eq!(sent, [("content-type", "application/json"), ("x-signature", "ours"), ("x-key", "k")]);
        assert_eq!(read_all(&[("content-type", "text/plain")]), Err(HeaderFault::Ours));
    }

    #[test]
    fn a_value_is_shown_to_nobody() {
        let headers = read_all(&[("authorization", "secret")]).unwrap();
        assert!(!format!("{headers:?}").contains("secret"));
    }
}
