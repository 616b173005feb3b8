//! URLs, read strictly.
//!
//! The library reads them as browsers do, and browsers repair what they can: `https:\\127.1\` becomes `https://127.0.0.1/`. What needs a
//! repair is refused here, so that what is judged, what is shown and what is sent to are the same.

use std::net::IpAddr;

use reqwest::Url;

use super::GuardFault;

/// Of a whole URL, in bytes.
const MAX_LENGTH: usize = 2_048;
/// What is printable ASCII and yet no part of a URL, by RFC 3986.
const NOT_IN_URLS: [char; 9] = ['"', '<', '>', '\\', '^', '`', '{', '|', '}'];
/// Of a name, in DNS (RFC 1035, section 2.3.4): between its dots, and altogether.
const MAX_LABEL: usize = 63;
const MAX_NAME: usize = 253;

/// A URL over HTTP that every program reads in the same way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenUrl {
    /// As the library has it.
    pub url: Url,
    /// Its host, by kind.
    pub host: Host,
}

/// What stands for a machine in a URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Host {
    /// An address. No name server is ever asked about it.
    Address(IpAddr),
    /// A name in lower case, without a full stop at its end.
    Name(String),
}

impl WrittenUrl {
    /// Reads one.
    pub fn read(text: &str) -> Result<Self, GuardFault> {
        if text.len() > MAX_LENGTH {
            return Err(GuardFault::TooLong);
        }
        if text.contains(|character: char| !character.is_ascii_graphic() || NOT_IN_URLS.contains(&character)) {
            return Err(GuardFault::OddCharacter);
        }
        let (scheme, rest) = text.split_once("://").ok_or(GuardFault::NoUrl)?;
        if !["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return Err(GuardFault::OtherScheme);
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.is_empty() {
            return Err(GuardFault::NoUrl);
        }
        if authority.contains('@') {
            return Err(GuardFault::UserInfo);
        }
        if rest.contains('#') {
            return Err(GuardFault::Fragment);
        }
        let url = Url::parse(text).map_err(|_| GuardFault::NoUrl)?;
        let host = read_host(authority, &url)?;
        Ok(Self { url, host })
    }
}

/// The host, if it was written as the library writes it.
fn read_host(authority: &str, url: &Url) -> Result<Host, GuardFault> {
    let read = url.host_str().ok_or(GuardFault::NoUrl)?;
    if let Some(inside) = read.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        // IPv6 has many spellings, and each means one address.
        return inside.parse().map(Host::Address).map_err(|_| GuardFault::NoUrl);
    }
    let written = authority.split(':').next().unwrap_or_default();
    if !written.eq_ignore_ascii_case(read) {
        return Err(GuardFault::OddHost);
    }
    match read.parse() {
        Ok(address) => Ok(Host::Address(address)),
        Err(_) if is_name(read) => Ok(Host::Name(read.to_owned())),
        Err(_) => Err(GuardFault::OddHost),
    }
}

fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=MAX_LABEL).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    text.len() <= MAX_NAME && text.split('.').all(is_label)
}
