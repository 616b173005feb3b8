//! Which addresses the client goes to.

use std::net::IpAddr;

use thiserror::Error;
use url::Url;

/// How an address is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transport {
    /// `https`.
    Encrypted,
    /// `http`, on this machine only.
    Plain,
}

/// Why nothing is sent to an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum AddressFault {
    /// It is none.
    #[error("the address is not a URL")]
    NoUrl,
    /// Our signature would cross the network readable for everybody.
    #[error("http:// is for this machine only (127.0.0.1, [::1], localhost): write https://")]
    Unencrypted,
    /// Neither `https` nor `http`.
    #[error("the address does not begin with https://")]
    OtherScheme,
}

/// The address, and how it is reached.
pub fn parse(text: &str) -> Result<(Url, Transport), AddressFault> {
    let url = Url::parse(text).map_err(|_| AddressFault::NoUrl)?;
    let transport = match url.scheme() {
        "https" => Transport::Encrypted,
        "http" if is_this_machine(&url) => Transport::Plain,
        "http" => return Err(AddressFault::Unencrypted),
        _ => return Err(AddressFault::OtherScheme),
    };
    Ok((url, transport))
}

/// The host; in an address, IPv6 stands in brackets.
pub fn without_brackets(url: &Url) -> &str {
    url.host_str().unwrap_or_default().trim_matches(['[', ']'])
}

fn is_this_machine(url: &Url) -> bool {
    let host = without_brackets(url);
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to_without_encryption() {
        let table = [
            ("https://api.example.com/v1", Ok(Transport::Encrypted)),
            ("https://127.0.0.1:8443", Ok(Transport::Encrypted)),
            ("http://127.0.0.1:9000/v1", Ok(Transport::Plain)),
            ("http://127.8.8.8", Ok(Transport::Plain)),
            ("http://[::1]:9000", Ok(Transport::Plain)),
            ("http://localhost:9000", Ok(Transport::Plain)),
            ("http://api.example.com/v1", Err(AddressFault::Unencrypted)),
            ("http://localhost.example.com", Err(AddressFault::Unencrypted)),
            ("http://127.0.0.1@example.com", Err(AddressFault::Unencrypted)),
            ("http://10.0.0.1", Err(AddressFault::Unencrypted)),
            ("http://0.0.0.0", Err(AddressFault::Unencrypted)),
            ("ftp://127.0.0.1", Err(AddressFault::OtherScheme)),
            ("api.example.com", Err(AddressFault::NoUrl)),
            ("", Err(AddressFault::NoUrl)),
        ];
        for (text, expected) in table {
            assert_eq!(parse(text).map(|(_, transport)| transport), expected, "{text}");
        }
    }
}
