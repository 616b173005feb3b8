//! The one way in which commands reach the house.

use std::io;
use std::iter::repeat_n;
use std::path::Path;
use std::time::Duration;

use domain::lease::Role;
use store::StoreError;
use thiserror::Error;
use tokio::runtime::Runtime;

use crate::config::Config;
use crate::house::{DataDirectory, House, HouseError, Seams};

use super::client::Client;
use super::progress::Progress;
use super::refused::Refused;
use super::request::Request;

/// How often it is looked again whether a house that somebody has is free, or its server listens: for five seconds.
const PAUSES: usize = 100;
const PAUSE: Duration = Duration::from_millis(50);

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
        let directory = if R::BEGINS { DataDirectory::find_or_make(data) } else { DataDirectory::find(data) };
        let directory = directory.map_err(HouseError::from)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(DoorError::Runtime)?;
        let seams = Seams::system();
        let mut patience = repeat_n(PAUSE, PAUSES);
        loop {
            if let Some(client) = Client::connect(directory.path()).map_err(DoorError::Socket)? {
                return Ok(Self::Through(client));
            }
            let opened = {
                // What a house keeps doing beside the command, it does in this runtime.
                let _within = runtime.enter();
                House::open(directory.clone(), config, seams.clone(), Role::Command)
            };
            match (opened, patience.next()) {
                (Ok(house), _) => return Ok(Self::Inside(Inside { runtime, house })),
                // A server that is just starting, or another command that is just ending.
                (Err(HouseError::Store(StoreError::InUse { .. })), Some(pause)) => {
                    runtime.block_on(async { seams.clock.sleep(pause).await });
                }
                (Err(error), _) => return Err(error.into()),
            }
        }
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
