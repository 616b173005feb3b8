//! What is said back, one line each.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::refused::Refused;

/// Some [`ControlAnswer::Progress`], then one of the others.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlAnswer {
    /// It takes a while, and this is how far it has come.
    Progress {
        /// So many are done.
        done: u64,
        /// Of so many.
        of: u64,
    },
    /// It was done: the request's own answer.
    Done(Value),
    /// It was not done.
    Refused(Refused),
}

impl ControlAnswer {
    /// The last line for a request that ended so.
    pub fn of<T: Serialize>(result: Result<T, Refused>) -> Self {
        let value = result.and_then(|answer| {
            serde_json::to_value(answer).map_err(|error| Refused(format!("it was done, but cannot be told: {error}")))
        });
        value.map_or_else(Self::Refused, Self::Done)
    }
}
