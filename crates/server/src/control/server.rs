//! What a running server says of itself.

use app::Context;
use rustix::process::{Resource, getrlimit};
use serde::{Deserialize, Serialize};

use super::progress::Progress;
use super::refused::Refused;
use super::request::Request;

/// Asks who it is and how it is doing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DescribeServer {}

/// The process that answers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ServerShown {
    /// Its version.
    pub version: String,
    /// How many files and connections it may have open; absent: as many as it likes.
    pub open_files: Option<u64>,
    /// Why its last write failed; absent if it didn't.
    pub write_fault: Option<String>,
}

impl ServerShown {
    /// How many files and connections this process may have open; `None`: as many as it likes.
    pub fn open_files() -> Option<u64> {
        getrlimit(Resource::Nofile).current
    }
}

impl Request for DescribeServer {
    type Answer = ServerShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<ServerShown, Refused> {
        Ok(ServerShown {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            open_files: ServerShown::open_files(),
            write_fault: context.health().err(),
        })
    }
}
