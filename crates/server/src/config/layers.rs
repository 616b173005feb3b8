//! Puts file, environment and flags over the defaults.

use std::collections::BTreeMap;

use super::error::ConfigError;
use super::file;
use super::key::Key;
use super::nearest::{VERY_LIKE, nearest};
use super::setting::Setting;
use super::settings::{KEYS, Settings};

/// What was given on the command line, by key.
pub type Flags = BTreeMap<&'static str, String>;

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// `loket.toml`.
    File,
    /// `LOKET_…`.
    Environment,
    /// The command line.
    Flag,
}

impl Origin {
    /// As people call it.
    pub const fn place(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File => "loket.toml",
            Self::Environment => "environment",
            Self::Flag => "command line",
        }
    }
}

/// A setting as `loket config show` lists it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Which.
    pub key: &'static Key,
    /// Its effective value; what is secret in it is masked.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// The configuration in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// The settings.
    pub settings: Settings,
    /// Each with its origin.
    pub entries: Vec<Entry>,
}

impl Config {
    /// The configuration of these layers: the file's text, the environment by lower-case key, the flags.
    pub fn from_layers(
        file: Option<&str>,
        environment: &BTreeMap<String, String>,
        flags: &Flags,
    ) -> Result<Self, ConfigError> {
        let file = file.map(file::parse).transpose()?.unwrap_or_default();
        check_names(environment)?;
        let mut layers = Layers { file, environment, flags, entries: Vec::new() };
        let settings = Settings::read(&mut layers)?;
        Ok(Self { settings, entries: layers.entries })
    }
}

/// Variables of ours that are no settings, such as `LOKET_DATA`, are let be; one that looks like a setting misspelt is not.
fn check_names(environment: &BTreeMap<String, String>) -> Result<(), ConfigError> {
    let is_known = |name: &str| KEYS.iter().any(|key| key.name == name);
    let misspelt =
        environment.keys().filter(|name| !is_known(name)).find_map(|name| Some((name, nearest(name, VERY_LIKE)?)));
    match misspelt {
        Some((name, nearest)) => {
            Err(ConfigError::UnknownVariable { name: name.to_uppercase(), nearest: nearest.to_uppercase() })
        }
        None => Ok(()),
    }
}

/// What the settings are taken from.
pub struct Layers<'a> {
    file: BTreeMap<&'static str, String>,
    environment: &'a BTreeMap<String, String>,
    flags: &'a Flags,
    entries: Vec<Entry>,
}

impl Layers<'_> {
    /// Reads the setting with that key, and notes where it was found.
    pub(super) fn take<T: Setting>(&mut self, key: Option<&'static Key>) -> Result<T, ConfigError> {
        let key = key.ok_or_else(|| ConfigError::Syntax("the table of keys has an end too early".to_owned()))?;
        let (text, origin) = None
            .or_else(|| Some((self.flags.get(key.name)?, Origin::Flag)))
            .or_else(|| Some((self.environment.get(key.name)?, Origin::Environment)))
            .or_else(|| Some((self.file.get(key.name)?, Origin::File)))
            .map_or((key.default, Origin::Default), |(text, origin)| (text.as_str(), origin));
        let value = T::read(text).ok_or_else(|| ConfigError::value(key, text, origin))?;
        self.entries.push(Entry { key, value: value.show(text), origin });
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http;

    fn load(file: &str, environment: &[(&str, &str)], flags: &[(&'static str, &str)]) -> Result<Config, ConfigError> {
        let environment = environment.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let flags = flags.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        Config::from_layers(Some(file), &environment, &flags)
    }

    fn origin_of(config: &Config, name: &str) -> Origin {
        config.entries.iter().find(|entry| entry.key.name == name).unwrap().origin
    }

    #[test]
    fn defaults_are_those_of_the_rooms_they_are_for() {
        let settings = load("", &[], &[]).unwrap().settings;
        assert_eq!(format!("{:?}", settings.policy()), format!("{:?}", app::Policy::default()));
        assert_eq!(settings.connections(), http::ConnectionLimits::default());
        assert_eq!(settings.http().rates, http::Rates::default());
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    }

    #[test]
    fn a_flag_wins_over_the_environment_over_the_file() {
        let file = "listen = \"127.0.0.1:1\"\nbatch_limit = 2\nqueue_limit = 3\n";
        let environment = [("listen", "127.0.0.1:4"), ("batch_limit", "5")];
        let config = load(file, &environment, &[("listen", "127.0.0.1:6")]).unwrap();
        assert_eq!(config.settings.listen.port(), 6);
        assert_eq!((config.settings.batch_limit.get(), config.settings.queue_limit.get()), (5, 3));
        let origins = ["listen", "batch_limit", "queue_limit", "max_connections"].map(|name| origin_of(&config, name));
        assert_eq!(origins, [Origin::Flag, Origin::Environment, Origin::File, Origin::Default]);
    }

    #[test]
    fn an_unknown_key_is_told_with_its_nearest() {
        let error = load("lissten = \"127.0.0.1:1\"\n", &[], &[]).unwrap_err().to_string();
        assert!(error.contains("no key `lissten`; did you mean `listen`?"), "{error}");
        let error = load("favourite_colour = \"green\"\n", &[], &[]).unwrap_err().to_string();
        assert!(error.contains("no key `favourite_colour`; `loket config show`"), "{error}");
    }

    #[test]
    fn a_misspelt_variable_is_told_and_a_stranger_let_be() {
        let error = load("", &[("listn", "127.0.0.1:1")], &[]).unwrap_err().to_string();
        assert_eq!(error, "environment: there is no LOKET_LISTN; did you mean LOKET_LISTEN?");
        let strangers =
            ["data", "api_id", "api_key", "secret_key", "webhook_secret", "url", "night", "schemathesis", "version"];
        for stranger in strangers {
            assert!(load("", &[(stranger, "x")], &[]).is_ok(), "{stranger}");
        }
    }

    #[test]
    fn a_value_that_does_not_fit_is_told_with_its_place() {
        let error = load("listen = 8080\n", &[], &[]).unwrap_err().to_string();
        assert_eq!(error, "loket.toml: `listen` must be an address with a port, such as 127.0.0.1:8080, not `8080`");
        let error = load("", &[("batch_limit", "0")], &[]).unwrap_err().to_string();
        assert_eq!(error, "environment: `batch_limit` must be a whole number, 1 or more, not `0`");
        assert!(load("batch_limit = \"8\"", &[], &[]).is_err(), "a number in quotation marks");
        assert!(load("trusted_proxies = [\"10.0.0.0/8\", \"::1\"]", &[], &[]).is_ok());
    }

    #[test]
    fn every_key_has_a_default_and_a_meaning() {
        for key in KEYS {
            assert!(key.meaning.iter().all(|line| line.starts_with(' ') && line.len() > 10), "{}", key.name);
        }
        assert!(load("", &[], &[]).is_ok());
    }
}
