//! What is examined: a data directory, its settings, and the server that may run on it.

use std::path::Path;

use app::seams::Clock;
use store::{Snapshot, SqliteFile, StoreError};

use crate::config::{Config, ConfigError};
use crate::control::supplier::{ListSuppliers, SupplierShown};
use crate::control::{Client, DescribeServer, Progress, Refused, ServerShown};
use crate::house::DataDirectory;
use crate::stages::Stages;

use super::Finding;

/// Everything that checks look at. What can't be had is looked at by the check that is about it, and left out by the others.
pub struct Patient<'a> {
    /// Where it lies, as it was named.
    pub data: &'a Path,
    /// Its settings.
    pub config: Result<Config, ConfigError>,
    /// The machine's clock.
    pub clock: &'a dyn Clock,
    /// Who is told how far the long checks have come.
    pub stages: Stages<'a>,
    /// What the running server says of itself; `None` if there is none.
    pub server: Option<Result<ServerSeen, String>>,
    /// Its database; `None` if there is none yet.
    pub database: Result<Option<SqliteFile>, StoreError>,
}

/// A server that runs.
pub struct ServerSeen {
    /// Itself.
    pub itself: ServerShown,
    /// The suppliers as it sees them.
    pub suppliers: Vec<SupplierShown>,
}

impl<'a> Patient<'a> {
    /// Has a first look.
    pub fn new(data: &'a Path, config: Result<Config, ConfigError>, clock: &'a dyn Clock, stages: Stages<'a>) -> Self {
        // A directory that isn't fit is not looked into: it may be somebody else's.
        let is_fit = DataDirectory::find(data).is_ok();
        let server = if is_fit { see_server(data).transpose() } else { None };
        let database = if is_fit { SqliteFile::within(data) } else { Ok(None) };
        Self { data, config, clock, stages, server, database }
    }

    /// The server, if it runs and answers.
    pub fn seen_server(&self) -> Option<&ServerSeen> {
        self.server.as_ref()?.as_ref().ok()
    }

    /// Reads the tables at one moment, if there are any that this program knows. What can't be read is a failure.
    pub fn read(&mut self, look: impl FnOnce(&mut dyn Snapshot) -> Result<Finding, StoreError>) -> Option<Finding> {
        let database = self.database.as_mut().ok()?.as_mut()?;
        if !database.schema_state().ok()?.missing.is_empty() {
            return None;
        }
        let found = database.snapshot().and_then(|mut snapshot| look(snapshot.as_mut()));
        Some(found.unwrap_or_else(|error| Finding::error(&error)))
    }
}

fn see_server(data: &Path) -> Result<Option<ServerSeen>, String> {
    let Some(mut client) = Client::connect(data).map_err(|error| error.to_string())? else { return Ok(None) };
    let said = |refused: Refused| refused.to_string();
    let itself = client.ask(DescribeServer {}, &Progress::ignored()).map_err(said)?;
    let suppliers = client.ask(ListSuppliers {}, &Progress::ignored()).map_err(said)?;
    Ok(Some(ServerSeen { itself, suppliers }))
}
