//! Whether the store can be written.

use std::time::Duration;

use parking_lot::Mutex;
use store::StoreError;

/// A batch that takes longer than this waits for a database that doesn't answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// What came of the last write, and how long the one that is under way takes. Moments are monotonic.
#[derive(Debug, Default)]
pub struct Health {
    failure: Mutex<Option<String>>,
    writing_since: Mutex<Option<Duration>>,
}

impl Health {
    /// Notes that a write begins, or that none is under way.
    pub fn note_writing(&self, since: Option<Duration>) {
        *self.writing_since.lock() = since;
    }

    /// Notes what came of a write. A broken rule or row is a command's trouble, not the store's.
    pub fn note(&self, written: &Result<(), StoreError>) {
        let failure = match written {
            Ok(()) | Err(StoreError::Conflict | StoreError::Corrupt { .. }) => None,
            Err(error) => Some(error.to_string()),
        };
        let mut before = self.failure.lock();
        match (&*before, &failure) {
            (None, Some(error)) => tracing::error!(%error, "the database cannot be written"),
            (Some(_), None) => tracing::info!("the database can be written again"),
            _ => {}
        }
        *before = failure;
    }

    /// Fine, or why not: as far as it is known from the last write.
    pub fn check(&self) -> Result<(), String> {
        self.failure.lock().as_ref().map_or(Ok(()), |failure| Err(failure.clone()))
    }

    /// Fine, or for how long a write hasn't been answered: a server that is being replaced doesn't fail, it is silent.
    pub fn check_answers(&self, now: Duration) -> Result<(), String> {
        let waited = self.writing_since.lock().map_or(Duration::ZERO, |since| now.saturating_sub(since));
        if waited < ANSWERS_WITHIN {
            return Ok(());
        }
        Err(format!("the database has not answered a write for {} seconds", waited.as_secs()))
    }
}
