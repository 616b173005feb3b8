//! Where the database is.

use std::fmt;

/// The database's address. It may hold a password, which neither `Debug` nor `Display` shows.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// SQLite, inside the data directory.
    Embedded,
    /// PostgreSQL, by its whole address.
    Postgres(String),
}

impl DatabaseUrl {
    /// Empty for the embedded one, or `postgres://…`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once("://") {
            None if text.is_empty() => Some(Self::Embedded),
            Some(("postgres" | "postgresql", _)) => Some(Self::Postgres(text.to_owned())),
            _ => None,
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Postgres(url) = self else { return Ok(()) };
        // Everything before the last @ may be a name and a password, and parameters may hold one too.
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
        let place = place.split_once('?').map_or(place, |(place, _)| place);
        write!(f, "postgres://***@{place}")
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for url in
            ["postgres://loket:rahasia@db/loket", "postgres://db/loket?password=rahasia", "postgres://a:rahasia@b@db"]
        {
            let shown = DatabaseUrl::parse(url).unwrap();
            assert!(!format!("{shown} {shown:?}").contains("rahasia"), "{shown}");
        }
    }
}
