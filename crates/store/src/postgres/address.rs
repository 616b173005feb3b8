//! A database's address: who is asked, as whom, and how the way there is kept secret.

use std::fmt;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{SslMode, TargetSessionAttrs};
use url::form_urlencoded;

use crate::StoreError;
use crate::postgres::tls::{Tls, TlsMode};

/// Until a connection must stand.
pub const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// After this much silence on a connection that should answer, it counts as lost.
const SILENCE: Duration = Duration::from_secs(15);

/// Where the database is. Its password is shown by nothing.
#[derive(Clone)]
pub struct Address {
    /// What a connection is made from: one for each host. Of several, only the primary will do.
    pub hosts: Vec<Config>,
    /// How it is kept secret.
    pub tls: Tls,
}

impl Address {
    /// Reads `postgres://user:password@host:port/database?sslmode=…`.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let (place, query) = text.split_once('?').unwrap_or((text, ""));
        let mut mode = TlsMode::Prefer;
        let mut roots = None;
        let mut others = Vec::new();
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = form_urlencoded::parse(parameter.as_bytes()).next().unwrap_or_default();
            match &*name {
                "sslmode" => mode = TlsMode::parse(&value).ok_or_else(|| wrong(TlsMode::FORM))?,
                "sslrootcert" => roots = Some(value.into_owned()),
                _ => others.push(parameter),
            }
        }
        let places = apart(place);
        let is_alone = places.len() == 1;
        let host = |place: &String| read(&format!("{place}?{}", others.join("&")), mode, is_alone);
        Ok(Self { hosts: places.iter().map(host).collect::<Result<_, _>>()?, tls: Tls::new(mode, roots.as_deref())? })
    }
}

/// The same address once for each host that it names.
fn apart(place: &str) -> Vec<String> {
    let begin = place.find("://").map_or(0, |colon| colon.saturating_add(3));
    let (scheme, rest) = place.split_at(begin);
    let (authority, database) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (user, hosts) = authority.split_at(authority.rfind('@').map_or(0, |at| at.saturating_add(1)));
    hosts.split(',').map(|host| format!("{scheme}{user}{host}{database}")).collect()
}

fn read(text: &str, mode: TlsMode, is_alone: bool) -> Result<Config, StoreError> {
    let mut config: Config = text.parse().map_err(|error: tokio_postgres::Error| wrong(&reason(&error)))?;
    config
        .connect_timeout(CONNECT_WITHIN)
        .keepalives_idle(SILENCE)
        .keepalives_interval(Duration::from_secs(5))
        .tcp_user_timeout(SILENCE)
        .ssl_mode(match mode {
            TlsMode::Disable => SslMode::Disable,
            TlsMode::Prefer => SslMode::Prefer,
            TlsMode::Require | TlsMode::VerifyFull => SslMode::Require,
        });
    if !is_alone {
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
    Ok(config)
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address")
            .field("hosts", &self.hosts.iter().map(Config::get_hosts).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

fn wrong(why: &str) -> StoreError {
    StoreError::Unavailable(format!(
        "the database's address cannot be used: {why}; it looks like postgres://user:password@host:5432/loket"
    ))
}

/// The innermost reason, which says more than the sentence around it.
fn reason(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), reason)
}

#[cfg(test)]
mod tests {
    use tokio_postgres::config::Host;

    use super::*;

    #[test]
    fn what_libpq_knows_of_tls_is_understood() {
        for (mode, expected) in [
            ("disable", SslMode::Disable),
            ("prefer", SslMode::Prefer),
            ("require", SslMode::Require),
            ("verify-full", SslMode::Require),
        ] {
            let address = Address::parse(&format!("postgres://a:b@db/loket?sslmode={mode}&connect_timeout=1")).unwrap();
            assert_eq!(address.hosts[0].get_ssl_mode(), expected);
        }
        let refused = Address::parse("postgres://a:rahasia@db/loket?sslmode=verify-ca").unwrap_err().to_string();
        assert!(refused.contains("verify-full") && !refused.contains("rahasia"), "{refused}");
    }

    #[test]
    fn a_password_is_never_shown() {
        for text in ["postgres://a:rahasia@db/loket", "postgres://db/loket?password=rahasia"] {
            let address = Address::parse(text).unwrap();
            assert!(!format!("{address:?}").contains("rahasia"));
        }
        for text in
            ["postgres://a:rahasia@db:port/x", "postgres://a:rahasia@db/x?sslrootcert=/nowhere&sslmode=verify-full"]
        {
            let refused = Address::parse(text).unwrap_err().to_string();
            assert!(!refused.contains("rahasia"), "{refused}");
        }
    }

    #[test]
    fn options_come_through() {
        let address = Address::parse("postgres://a@db/loket?options=-c%20search_path%3Dmine").unwrap();
        assert_eq!(address.hosts[0].get_options(), Some("-c search_path=mine"));
    }

    #[test]
    fn each_host_is_an_address_of_its_own() {
        let address = Address::parse("postgres://a:b,c@first:6000,[::1],third/loket?connect_timeout=1").unwrap();
        let found: Vec<_> = address.hosts.iter().map(|host| (host.get_hosts(), host.get_ports())).collect();
        let host = |name: &str| Host::Tcp(name.to_owned());
        assert_eq!(
            found,
            [(&[host("first")][..], &[6000][..]), (&[host("::1")], &[5432]), (&[host("third")], &[5432])]
        );
        for config in &address.hosts {
            assert_eq!((config.get_user(), config.get_password()), (Some("a"), Some(&b"b,c"[..])));
            assert_eq!(
                (config.get_dbname(), config.get_target_session_attrs()),
                (Some("loket"), TargetSessionAttrs::ReadWrite)
            );
        }
        let socket = Address::parse("postgres:///loket?host=/run/postgresql&user=a").unwrap();
        assert_eq!(socket.hosts.len(), 1);
        assert_eq!(socket.hosts[0].get_target_session_attrs(), TargetSessionAttrs::Any);
    }
}
