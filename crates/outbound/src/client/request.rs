//! A request as it goes over the wire, head and body in one piece.

use url::{Position, Url};

use crate::transport::USER_AGENT;

/// The bytes of a `POST` of JSON. An address that was parsed has nothing in it that could end a line.
pub fn post_json(url: &Url, body: &str) -> Vec<u8> {
    format!(
        "POST {target} HTTP/1.1\r\nhost: {host}\r\nuser-agent: {USER_AGENT}\r\naccept: */*\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}",
        target = &url[Position::BeforePath..Position::AfterQuery],
        host = &url[Position::BeforeHost..Position::AfterPort],
        length = body.len(),
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(url: &str, body: &str) -> String {
        String::from_utf8(post_json(&Url::parse(url).unwrap(), body)).unwrap()
    }

    #[test]
    fn it_names_host_path_and_length() {
        let request = sent("https://api.example.com/v1/a%20b?c=d e#f", "{\"é\":1}");
        assert!(request.starts_with("POST /v1/a%20b?c=d%20e HTTP/1.1\r\nhost: api.example.com\r\n"), "{request}");
        assert!(request.ends_with("\r\ncontent-length: 8\r\nconnection: close\r\n\r\n{\"é\":1}"), "{request}");
    }

    #[test]
    fn a_port_is_named_unless_it_is_the_usual_one() {
        for (url, host) in [
            ("https://example.com:443", "example.com"),
            ("https://example.com:8443/", "example.com:8443"),
            ("http://[::1]:9000/", "[::1]:9000"),
            ("https://user:key@example.com/", "example.com"),
        ] {
            assert!(sent(url, "").starts_with(&format!("POST / HTTP/1.1\r\nhost: {host}\r\n")), "{url}");
        }
    }

    #[test]
    fn an_address_adds_no_lines() {
        let request = sent("http://127.0.0.1/a\r\nx: y?b\nc", "");
        assert_eq!(request.lines().count(), 8, "{request}");
    }
}
