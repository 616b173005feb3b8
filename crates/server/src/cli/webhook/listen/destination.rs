//! Where webhooks are passed on to.

use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HOST, HeaderValue};
use hyper::{Request, Response, Uri};

use super::super::super::exchange::{ExchangeError, exchange};
use super::webhook::Webhook;

/// A developer's own program: `http://HOST[:PORT][/PATH][?QUERY]`. Deliberately without TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    authority: String,
    socket: String,
    path: String,
}

impl Destination {
    /// Passes a webhook on, its headers and its body as they are.
    pub async fn forward(&self, webhook: &Webhook) -> Result<Response<Bytes>, ExchangeError> {
        let mut request = Request::new(Full::new(webhook.body.clone()));
        *request.method_mut() = hyper::Method::POST;
        *request.headers_mut() = webhook.headers.clone();
        if let (Ok(path), Ok(host)) = (self.path.parse(), HeaderValue::from_str(&self.authority)) {
            *request.uri_mut() = path;
            request.headers_mut().insert(HOST, host);
        }
        exchange(&self.socket, request).await
    }
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "the program behind has an address like http://localhost:3000/webhook".to_owned();
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or_else(wrong)?;
        if uri.scheme_str() != Some("http") {
            return Err(wrong());
        }
        Ok(Self {
            authority: authority.to_string(),
            socket: format!("{}:{}", authority.host(), authority.port_u16().unwrap_or(80)),
            path: uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        })
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "http://{}{}", self.authority, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        for (text, socket, shown) in [
            ("http://localhost:3000/hook", "localhost:3000", "http://localhost:3000/hook"),
            ("http://127.0.0.1", "127.0.0.1:80", "http://127.0.0.1/"),
            ("http://[::1]:8000/a/b?c=d", "[::1]:8000", "http://[::1]:8000/a/b?c=d"),
        ] {
            let destination: Destination = text.parse().expect(text);
            assert_eq!((destination.socket.as_str(), destination.to_string().as_str()), (socket, shown));
        }
        for bad in ["", "localhost:3000", "https://localhost/", "http://a@b/", "/hook", "http://a b/"] {
            assert!(bad.parse::<Destination>().is_err(), "{bad}");
        }
    }
}
