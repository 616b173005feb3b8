//! Where a server listens.

use std::{fmt, str::FromStr};

const SCHEME: &str = "http://";

/// The base URL of a server: `http://HOST[:PORT][/PATH]`. Deliberately without TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress {
    authority: String,
    base_path: String,
}

impl ServerAddress {
    /// What the `Host` header says.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Host and port, to connect to.
    pub fn socket(&self) -> String {
        // A colon before the last bracket belongs to an IPv6 address.
        let has_port = self.authority.rsplit(']').next().is_some_and(|end| end.contains(':'));
        if has_port { self.authority.clone() } else { format!("{}:80", self.authority) }
    }

    /// The path of a call, below the base path.
    pub fn path(&self, call: &str) -> String {
        format!("{}/{}", self.base_path, call.trim_start_matches('/'))
    }
}

impl FromStr for ServerAddress {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        if url.starts_with("https://") {
            return Err("https is not spoken here; give the server's own address (http://127.0.0.1:8080)".to_owned());
        }
        let rest = url.strip_prefix(SCHEME).ok_or("the URL begins with http://")?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.is_empty() || url.contains(|character: char| character.is_control() || " ?#@".contains(character))
        {
            return Err("a base URL is http://HOST[:PORT][/PATH], nothing more".to_owned());
        }
        Ok(Self { authority: authority.to_owned(), base_path: path.trim_end_matches('/').to_owned() })
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{SCHEME}{}{}", self.authority, self.base_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        for (url, socket, path) in [
            ("http://127.0.0.1:8080", "127.0.0.1:8080", "/v1/order"),
            ("http://toko.example/", "toko.example:80", "/v1/order"),
            ("http://[::1]", "[::1]:80", "/v1/order"),
            ("http://[::1]:8080/ppob/", "[::1]:8080", "/ppob/v1/order"),
        ] {
            let address: ServerAddress = url.parse().expect(url);
            assert_eq!((address.socket().as_str(), address.path("/v1/order").as_str()), (socket, path));
            assert_eq!(address.path("v1/order"), path);
        }
    }

    #[test]
    fn what_is_no_base_url_is_refused() {
        for url in
            ["", "127.0.0.1:8080", "http://", "http:///v1", "http://a b", "http://a/?x", "http://u@a", "http://a\r\n"]
        {
            assert!(url.parse::<ServerAddress>().is_err(), "{url}");
        }
        assert!("https://toko.example".parse::<ServerAddress>().is_err());
    }
}
