//! What subcommands work with: the global arguments, the configuration, the door to the house.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use tracing::level_filters::LevelFilter;

use super::Outcome;
use super::global::Global;
use super::output;
use crate::config::{Config, ConfigError, DatabaseUrl, Flags};
use crate::control::{Door, Progress, Request};
use crate::log;

/// The global arguments, put to use.
pub struct Shell {
    data: PathBuf,
    flags: Flags,
    /// Print JSON.
    pub json: bool,
}

impl Shell {
    /// Takes the global arguments.
    pub fn new(global: Global) -> Self {
        let flags = global.database.map(|url| ("database_url", url)).into_iter().collect();
        Self { data: global.data, flags, json: global.json }
    }

    /// The same with further settings from the command line.
    #[must_use]
    pub fn with_flags(mut self, flags: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.flags.extend(flags);
        self
    }

    /// The data directory, as it was named.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The configuration of that directory.
    pub fn config(&self) -> Result<Config, ConfigError> {
        self.config_in(&self.data)
    }

    /// The configuration of another one.
    pub fn config_in(&self, data: &Path) -> Result<Config, ConfigError> {
        Config::load(data, &self.flags)
    }

    /// The configuration, for a command that knows only the embedded database. Begins to log what goes wrong.
    pub fn embedded_config(&self, command: &str) -> Result<Config, Box<dyn Error>> {
        let config = self.config()?;
        if config.settings.database_url != DatabaseUrl::Embedded {
            return Err(format!(
                "`loket {command}` works with the database inside the data directory only; for PostgreSQL use its own tools, such as pg_dump"
            )
            .into());
        }
        start_log(&config);
        Ok(config)
    }

    /// Asks the house, through a server or without one.
    pub fn ask<R: Request>(&self, request: R) -> Result<R::Answer, Box<dyn Error>> {
        self.ask_with(request, &Progress::ignored())
    }

    /// The same, and tells how far it has come.
    pub fn ask_with<R: Request>(&self, request: R, progress: &Progress) -> Result<R::Answer, Box<dyn Error>> {
        Ok(self.door::<R>()?.ask(request, progress)?)
    }

    /// The door to the house, for who asks often; found as for requests of the kind `R`.
    pub fn door<R: Request>(&self) -> Result<Door, Box<dyn Error>> {
        let config = self.config()?;
        start_log(&config);
        Ok(Door::open::<R>(&self.data, &config)?)
    }

    /// Prints an answer: as JSON if that was asked for, else in words.
    pub fn print<T: Serialize>(&self, answer: &T, words: impl FnOnce(&T) -> String) -> Outcome {
        if self.json {
            output::json(answer)?;
        } else {
            output::text(&words(answer))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn start_log(config: &Config) {
    log::start(config.settings.log_format, config.settings.log_level.min(LevelFilter::WARN));
}
