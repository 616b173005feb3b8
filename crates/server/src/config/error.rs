//! What can be wrong with a configuration.

use std::path::PathBuf;

use thiserror::Error;

use super::key::Key;
use super::layers::Origin;

/// Why the configuration can't be used. Sentences say what to do.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file can't be read or written.
    #[error("{path} cannot be used: {error}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The file exists already.
    #[error("{path} is there already, and is never overwritten; edit it, or move it away first")]
    Exists {
        /// Which file.
        path: PathBuf,
    },
    /// The file isn't TOML.
    #[error("loket.toml cannot be read: {0}")]
    Syntax(String),
    /// A key that nobody knows.
    #[error("loket.toml: there is no key `{name}`{}", meant(.nearest))]
    UnknownKey {
        /// As it stands there.
        name: String,
        /// The key that it resembles.
        nearest: Option<&'static str>,
    },
    /// A value that its key doesn't take.
    #[error("{}: `{name}` must be {form}, not {found}", .origin.place())]
    Value {
        /// Which key.
        name: &'static str,
        /// What it takes.
        form: &'static str,
        /// What stands there.
        found: String,
        /// Where.
        origin: Origin,
    },
}

impl ConfigError {
    pub(super) fn value(key: &Key, found: &str, origin: Origin) -> Self {
        // What stands in the place of a database's address may be a password.
        let found = if key.name == "database_url" { "what is there".to_owned() } else { format!("`{found}`") };
        Self::Value { name: key.name, form: key.form, found, origin }
    }
}

fn meant(nearest: &Option<&'static str>) -> String {
    match nearest {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None => "; `loket config show` lists all there are".to_owned(),
    }
}
