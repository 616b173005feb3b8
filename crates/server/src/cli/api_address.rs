//! Where the API of a server is, as those who call it are told.

use std::fmt;
use std::str::FromStr;

use outbound::Client;

use super::ServerAddress;

/// The base URL of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiAddress {
    /// The server's own.
    Plain(ServerAddress),
    /// That of the proxy before it, without a slash at its end.
    Encrypted(String),
}

impl FromStr for ApiAddress {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        if !url.starts_with("https://") {
            return url.parse().map(Self::Plain);
        }
        Client::check_address(url).map_err(|fault| fault.to_string())?;
        if url.contains(|character: char| character.is_control() || " ?#@".contains(character)) {
            return Err("a base URL is https://HOST[:PORT][/PATH], nothing more".to_owned());
        }
        Ok(Self::Encrypted(url.trim_end_matches('/').to_owned()))
    }
}

impl fmt::Display for ApiAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(address) => address.fmt(formatter),
            Self::Encrypted(url) => url.fmt(formatter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_called_directly_or_through_its_proxy() {
        for (url, shown) in [
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("https://ppob.example", "https://ppob.example"),
            ("https://ppob.example:8443/api/", "https://ppob.example:8443/api"),
        ] {
            assert_eq!(url.parse::<ApiAddress>().expect(url).to_string(), shown);
        }
        for bad in ["", "https://", "https://a@b", "https://a/?x", "ftp://a", "ppob.example"] {
            assert!(bad.parse::<ApiAddress>().is_err(), "{bad}");
        }
    }
}
