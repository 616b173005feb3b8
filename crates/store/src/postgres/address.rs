//! A database's address: who is asked, as whom, and how the way there is kept secret.

use std::fmt;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
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
    /// What a connection is made from.
    pub config: Config,
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
        let text = format!("{place}?{}", others.join("&"));
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
        Ok(Self { config, tls: Tls::new(mode, roots.as_deref())? })
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").field("hosts", &self.config.get_hosts()).finish_non_exhaustive()
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
            assert_eq!(address.config.get_ssl_mode(), expected);
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
        assert_eq!(address.config.get_options(), Some("-c search_path=mine"));
    }
}
