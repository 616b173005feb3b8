//! Whether the store can be written.

use parking_lot::Mutex;
use store::StoreError;

/// What came of the last write.
#[derive(Debug, Default)]
pub struct Health {
    failure: Mutex<Option<String>>,
}

impl Health {
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

    /// Fine, or why not.
    pub fn check(&self) -> Result<(), String> {
        self.failure.lock().as_ref().map_or(Ok(()), |failure| Err(failure.clone()))
    }
}
