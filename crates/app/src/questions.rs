//! Inquiries that are being asked right now: only one per reference is ever in flight, and others wait for its answer.

use std::collections::HashMap;
use std::sync::Arc;

use domain::id::RefKey;
use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;

/// One turn at a time for each reference.
#[derive(Clone, Default)]
pub struct Questions {
    open: Arc<Mutex<HashMap<RefKey, Arc<tokio::sync::Mutex<()>>>>>,
}

/// Somebody's turn to ask; ends when dropped.
pub struct Turn {
    questions: Questions,
    key: RefKey,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Questions {
    /// Waits until nobody else asks under this reference.
    pub async fn turn(&self, key: &RefKey) -> Turn {
        let lock = Arc::clone(self.open.lock().entry(key.clone()).or_default());
        let mut turn = Turn { questions: self.clone(), key: key.clone(), guard: None };
        turn.guard = Some(lock.lock_owned().await);
        turn
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut open = self.questions.open.lock();
        self.guard = None;
        // Only the map holds it: nobody waits, and nobody can begin to while the map is locked.
        if open.get(&self.key).is_some_and(|lock| Arc::strong_count(lock) == 1) {
            open.remove(&self.key);
        }
    }
}
