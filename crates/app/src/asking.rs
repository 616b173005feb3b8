//! The attempts that a supplier is being asked about right now, so that it is asked once.

use std::collections::HashSet;
use std::sync::Arc;

use domain::attempt::AttemptKey;
use tokio::sync::watch;

/// Which they are. Clones share one set.
#[derive(Clone)]
pub struct Asking {
    open: Arc<watch::Sender<HashSet<AttemptKey>>>,
}

/// One that is being asked about; ends when dropped.
pub struct Asked {
    asking: Asking,
    key: AttemptKey,
}

impl Default for Asking {
    fn default() -> Self {
        Self { open: Arc::new(watch::Sender::new(HashSet::new())) }
    }
}

impl Asking {
    /// Begins to ask about one, unless somebody does already.
    pub fn begin(&self, key: AttemptKey) -> Option<Asked> {
        let mut is_new = false;
        self.open.send_modify(|open| is_new = open.insert(key));
        is_new.then(|| Asked { asking: self.clone(), key })
    }

    /// Ends when nobody is asked about this one.
    #[cfg(test)]
    pub async fn is_over(&self, key: AttemptKey) {
        let mut open = self.open.subscribe();
        let _ = open.wait_for(|open| !open.contains(&key)).await;
    }

    /// Ends when nobody is asked about anything.
    pub async fn is_quiet(&self) {
        let mut open = self.open.subscribe();
        let _ = open.wait_for(HashSet::is_empty).await;
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.asking.open.send_modify(|open| {
            open.remove(&self.key);
        });
    }
}
