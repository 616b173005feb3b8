//! The types that a setting may have, each with its way of reading text.

use std::net::SocketAddr;
use std::num::NonZeroU32;

use ipnet::IpNet;
use tracing::level_filters::LevelFilter;

use super::database_url::DatabaseUrl;
use super::key::Kind;

/// A type that a setting may have.
pub trait Setting: Sized {
    /// How it is written in the file.
    const KIND: Kind;
    /// What it must be, to end the sentence "… must be".
    const FORM: &'static str;

    /// Reads it as the environment and flags write it.
    fn read(text: &str) -> Option<Self>;

    /// How `config show` writes it: as it was given, unless it holds a secret.
    fn show(&self, text: &str) -> String {
        text.to_owned()
    }
}

/// How log lines look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Setting for LogFormat {
    const KIND: Kind = Kind::Text;
    const FORM: &'static str = "text or json";

    fn read(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

impl Setting for LevelFilter {
    const KIND: Kind = Kind::Text;
    const FORM: &'static str = "off, error, warn, info, debug or trace";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for SocketAddr {
    const KIND: Kind = Kind::Text;
    const FORM: &'static str = "an address with a port, such as 127.0.0.1:8080";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for u32 {
    const KIND: Kind = Kind::Number;
    const FORM: &'static str = "a whole number, 0 or more";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for NonZeroU32 {
    const KIND: Kind = Kind::Number;
    const FORM: &'static str = "a whole number, 1 or more";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for bool {
    const KIND: Kind = Kind::Switch;
    const FORM: &'static str = "true or false";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for Vec<IpNet> {
    const KIND: Kind = Kind::List;
    const FORM: &'static str = "a list of addresses or networks, such as 10.0.0.0/8";

    fn read(text: &str) -> Option<Self> {
        text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(app::read_network).collect()
    }
}

impl Setting for DatabaseUrl {
    const KIND: Kind = Kind::Text;
    const FORM: &'static str = "empty for the database inside the data directory, or postgres://…";

    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }

    fn show(&self, _: &str) -> String {
        self.to_string()
    }
}
