//! The one way in which commands reach the house.

use std::io;
use std::path::Path;

use thiserror::Error;
use tokio::runtime::Runtime;

use crate::config::Config;
use crate::house::{DataDirectory, House, HouseError, Seams, check_database};

use super::client::Client;
use super::progress::Progress;
use super::refused::Refused;
use super::request::Request;

/// Through the server that runs on the data directory, or, when none does, by opening the house in this process.
pub enum Door {
    /// A server runs.
    Through(Client),
    /// None does.
    Inside(Inside),
}

/// A house that was opened for one command.
pub struct Inside {
    runtime: Runtime,
    house: House,
}

/// Why there is no way in.
#[derive(Debug, Error)]
pub enum DoorError {
    /// The house can't be opened.
    #[error(transparent)]
    House(#[from] HouseError),
    /// The socket is there and doesn't let us in.
    #[error("the running server cannot be reached: {0}")]
    Socket(io::Error),
    /// The system gives no threads.
    #[error("nothing can be started: {0}")]
    Runtime(io::Error),
}

impl Door {
    /// Finds the way for requests of the kind `R`.
    pub fn open<R: Request>(data: &Path, config: &Config) -> Result<Self, DoorError> {
        check_database(&config.settings.database_url)?;
        let directory = if R::BEGINS { DataDirectory::find_or_make(data) } else { DataDirectory::find(data) };
        let directory = directory.map_err(HouseError::from)?;
        if let Some(client) = Client::connect(directory.path()).map_err(DoorError::Socket)? {
            return Ok(Self::Through(client));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(DoorError::Runtime)?;
        let house = House::open(directory, config, Seams::system())?;
        Ok(Self::Inside(Inside { runtime, house }))
    }

    /// Asks, and waits for the answer.
    pub fn ask<R: Request>(&mut self, request: R, progress: &Progress) -> Result<R::Answer, Refused> {
        match self {
            Self::Through(client) => client.ask(request, progress),
            Self::Inside(inside) => inside.runtime.block_on(request.execute(&inside.house.context, progress)),
        }
    }
}

impl Drop for Inside {
    /// What was answered is on disk already; this closes the store in order.
    fn drop(&mut self) {
        self.runtime.block_on(self.house.context.shut_down());
    }
}
