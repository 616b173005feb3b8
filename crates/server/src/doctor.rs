//! Looks at everything that keeps a house from working, and says what to do. It changes nothing.
//!
//! To add a check: a file with one function `look`, and its line in [`CHECKS`]. A check that has nothing to look at, such as the tables
//! of a database that can't be read, says nothing: another one says why.

#![expect(clippy::unnecessary_wraps, reason = "all checks have one shape")]

mod books;
mod clock;
mod configuration;
mod data_directory;
mod database;
mod desk;
mod disk_space;
mod endpoints;
mod log;
mod master_key;
mod open_files;
mod patient;
mod pending_orders;
mod schema;
mod server;
mod suppliers;
mod sync_time;
mod webhooks;

use serde::Serialize;

pub use patient::Patient;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verdict {
    /// All is well.
    Ok,
    /// It works, and something needs a person soon.
    Warn,
    /// It doesn't work, or money is in danger.
    Fail,
}

/// What a check found. Both are sentences or parts of one, without a full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// How bad it is.
    pub verdict: Verdict,
    /// What is so.
    pub what: String,
    /// What to do about it.
    pub advice: Option<String>,
}

impl Finding {
    /// All is well.
    pub fn ok(what: impl Into<String>) -> Self {
        Self { verdict: Verdict::Ok, what: what.into(), advice: None }
    }

    /// Something needs a person soon.
    pub fn warn(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warn, what: what.into(), advice: Some(advice.into()) }
    }

    /// It doesn't work.
    pub fn fail(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fail, what: what.into(), advice: Some(advice.into()) }
    }

    /// An error, whose sentence says what to do.
    pub fn error(error: &(impl std::error::Error + ?Sized)) -> Self {
        Self { verdict: Verdict::Fail, what: error.to_string(), advice: None }
    }
}

/// One thing that is looked at.
struct Check {
    /// As it is listed.
    name: &'static str,
    /// `None`: there is nothing to look at.
    look: fn(&mut Patient<'_>) -> Option<Finding>,
}

/// Everything that is looked at: the ground first, then what stands on it.
const CHECKS: [Check; 17] = [
    Check { name: "configuration", look: configuration::look },
    Check { name: "data directory", look: data_directory::look },
    Check { name: "server", look: server::look },
    Check { name: "open files", look: open_files::look },
    Check { name: "disk space", look: disk_space::look },
    Check { name: "sync time", look: sync_time::look },
    Check { name: "schema", look: schema::look },
    Check { name: "database", look: database::look },
    Check { name: "log", look: log::look },
    Check { name: "clock", look: clock::look },
    Check { name: "master key", look: master_key::look },
    Check { name: "books", look: books::look },
    Check { name: "pending orders", look: pending_orders::look },
    Check { name: "desk", look: desk::look },
    Check { name: "webhooks", look: webhooks::look },
    Check { name: "endpoints", look: endpoints::look },
    Check { name: "suppliers", look: suppliers::look },
];

/// What each check found, in the order of the list.
pub fn examine(patient: &mut Patient<'_>) -> Vec<(&'static str, Finding)> {
    CHECKS.iter().filter_map(|check| Some((check.name, (check.look)(patient)?))).collect()
}
