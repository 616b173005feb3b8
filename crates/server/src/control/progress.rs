//! How far a long request has come.

use std::sync::Arc;

/// Whoever is told how many of how many are done. Cheap to clone.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(u64, u64) + Send + Sync>);

impl Progress {
    /// Tells `listener`.
    pub fn to(listener: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        Self(Arc::new(listener))
    }

    /// Tells nobody.
    pub fn ignored() -> Self {
        Self::to(|_, _| {})
    }

    /// `done` of `of`.
    pub fn tell(&self, done: u64, of: u64) {
        (self.0)(done, of);
    }
}
