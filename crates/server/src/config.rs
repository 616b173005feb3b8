//! What an operator may choose: `loket.toml` in the data directory, `LOKET_…` in the environment, flags.
//!
//! A flag wins over the environment, the environment over the file, the file over the default. There is one table of keys, in
//! `config/settings.rs`; reading, `loket config init`, `check` and `show` all follow it. A key that nobody knows is an error that names
//! the nearest known one.
//!
//! Deliberately absent: secrets. They stand encrypted in the store. Only a database's address may hold a password, and it is masked.

mod database_url;
mod error;
mod file;
mod key;
mod layers;
mod nearest;
mod setting;
mod settings;

use std::collections::BTreeMap;
use std::path::Path;

pub use database_url::DatabaseUrl;
pub use error::ConfigError;
pub use file::{FILE_NAME, write_new_file};
pub use key::{Key, Kind};
pub use layers::{Config, Entry, Flags, Origin};
pub use setting::LogFormat;
pub use settings::{KEYS, Settings};

/// What every variable of ours begins with.
const PREFIX: &str = "LOKET_";

impl Config {
    /// Reads the file and the environment, and puts the flags on top.
    pub fn load(data: &Path, flags: &Flags) -> Result<Self, ConfigError> {
        Self::from_layers(file::read(data)?.as_deref(), &environment(), flags)
    }
}

/// What `LOKET_…` says of something that is no setting, by the part after it in lower case: a secret that must not stand on the command
/// line.
pub fn variable(key: &str) -> Option<String> {
    environment().remove(key)
}

/// Every `LOKET_…` of the environment, by the part after it in lower case. This is the one place that reads it, besides the command
/// line's own `LOKET_DATA`.
fn environment() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| {
            let key = name.to_str()?.strip_prefix(PREFIX)?.to_lowercase();
            Some((key, value.into_string().ok()?))
        })
        .collect()
}
