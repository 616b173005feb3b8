//! Where a request came from.

use std::net::IpAddr;

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The other end of a request's connection. Put into every request by the listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// The address that a request came from. If the peer is a trusted proxy, that is the last address in `X-Forwarded-For` that isn't a
    /// trusted proxy's: what stands before it was written by whoever sent the request. An entry that is no address ends the search at
    /// the proxy that passed it on.
    pub fn origin(self, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
        let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
        let mut origin = self.0.to_canonical();
        if trusted.is_empty() || !is_trusted(&origin) {
            return origin;
        }
        let headers = headers.get_all("x-forwarded-for");
        let entries = headers.iter().rev().flat_map(|header| header.to_str().unwrap_or_default().rsplit(','));
        for entry in entries {
            let Some(address) = read_address(entry.trim()) else { break };
            origin = address.to_canonical();
            if !is_trusted(&origin) {
                break;
            }
        }
        origin
    }
}

/// An address, with or without a port: some proxies add one.
fn read_address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<std::net::SocketAddr>().ok().map(|address| address.ip());
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(with_port).or_else(bracketed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        Peer(peer.parse().unwrap()).origin(&headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        for (peer, forwarded, expected) in [
            ("192.0.2.1", &["203.0.113.9"][..], "192.0.2.1"),
            ("10.0.0.1", &[][..], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9"][..], "203.0.113.9"),
            ("::ffff:10.0.0.1", &["::ffff:203.0.113.9"][..], "203.0.113.9"),
            ("10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.0.0.2"][..], "203.0.113.9"),
            ("10.0.0.1", &["1.1.1.1", "203.0.113.9", "10.0.0.2"][..], "203.0.113.9"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"][..], "10.0.0.3"),
            ("10.0.0.1", &["203.0.113.9, nonsense, 10.0.0.2"][..], "10.0.0.2"),
            ("10.0.0.1", &["203.0.113.9:5000"][..], "203.0.113.9"),
            ("::1", &["[2001:db8::1]:5000"][..], "2001:db8::1"),
            ("::1", &["[2001:db8::1]"][..], "2001:db8::1"),
        ] {
            assert_eq!(origin(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }
}
