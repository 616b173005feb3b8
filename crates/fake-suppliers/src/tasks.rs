//! Work that goes on when nobody waits for it: spawned here, and nowhere else in this crate.

use std::sync::Arc;

use tokio::sync::watch;

/// Spawns tasks, and ends them all at once. Clones share one set.
#[derive(Clone, Debug)]
pub struct Tasks {
    running: Arc<watch::Sender<usize>>,
    stopping: Arc<watch::Sender<bool>>,
}

impl Default for Tasks {
    fn default() -> Self {
        Self { running: Arc::new(watch::Sender::new(0)), stopping: Arc::new(watch::Sender::new(false)) }
    }
}

impl Tasks {
    /// Runs `work` until it ends or until [`Tasks::stop`], which drops it at an await point: as a crash would.
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let running = Running::count(&self.running);
        let mut stopping = self.stopping.subscribe();
        #[expect(clippy::disallowed_methods, reason = "this file owns spawning; the crate knows none of ours")]
        tokio::spawn(async move {
            let _running = running;
            tokio::select! {
                _ = stopping.wait_for(|is_stopping| *is_stopping) => {}
                () = work => {}
            }
        });
    }

    /// Runs what blocks where blocking harms nobody. `None` if it panicked.
    pub async fn block<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        #[expect(clippy::disallowed_methods, reason = "this file owns spawning; the crate knows none of ours")]
        tokio::task::spawn_blocking(work).await.ok()
    }

    /// Ends everything that runs.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Ends when nothing runs any more.
    pub async fn finished(&self) {
        let mut running = self.running.subscribe();
        let _ = running.wait_for(|count| *count == 0).await;
    }
}

/// Counts itself down when the task ends, by whichever way.
struct Running(Arc<watch::Sender<usize>>);

impl Running {
    fn count(running: &Arc<watch::Sender<usize>>) -> Self {
        running.send_modify(|count| *count = count.saturating_add(1));
        Self(Arc::clone(running))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}
