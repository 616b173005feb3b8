//! Work that goes on when nobody waits for it: spawned here, and nowhere else.

mod kept;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use tokio::sync::{oneshot, watch};

pub use crate::tasks::kept::Kept;

/// Spawns tasks and knows when all of them are done. Clones share one set.
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
    /// Runs `work` to its end, also when whoever asked for it is gone. [`Tasks::finished`] waits for it.
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        // Work can be some kilobytes long, and would be moved several times on its way into the runtime and out of it.
        self.spawn_boxed(Box::pin(work));
    }

    fn spawn_boxed(&self, work: BoxFuture<'static, ()>) {
        let running = Running::count(&self.running);
        #[expect(clippy::disallowed_methods, reason = "this file owns spawning")]
        tokio::spawn(async move {
            let _running = running;
            work.await;
        });
    }

    /// Runs `work` to its end, and gives what came of it to whoever still waits. `None` if it panicked.
    pub async fn finish<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Option<T> {
        let (tell, told) = oneshot::channel();
        self.spawn(async move {
            // Whoever asked may be gone.
            let _ = tell.send(work.await);
        });
        told.await.ok()
    }

    /// Work for whoever asked for it to do: it runs while it is awaited, and to its end in a task of its own if it is dropped before.
    pub fn keep(&self, work: impl Future<Output = ()> + Send + 'static) -> Kept {
        Kept::new(self.clone(), work)
    }

    /// Runs `work` until [`Tasks::stop`]: a worker that would otherwise never end. It is dropped at an await point.
    pub fn spawn_worker(&self, work: impl Future<Output = ()> + Send + 'static) {
        let mut stopping = self.stopping.subscribe();
        self.spawn(async move {
            let stopped = stopping.wait_for(|is_stopping| *is_stopping);
            futures_util::future::select(std::pin::pin!(work), std::pin::pin!(stopped)).await;
        });
    }

    /// Runs what blocks where blocking harms nobody. `None` if it panicked.
    pub async fn block<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        #[expect(clippy::disallowed_methods, reason = "this file owns spawning")]
        tokio::task::spawn_blocking(work).await.ok()
    }

    /// Stops the workers; what was spawned otherwise goes on.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether [`Tasks::stop`] was called.
    pub fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Ends when [`Tasks::stop`] is called.
    pub async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        let _ = stopping.wait_for(|is_stopping| *is_stopping).await;
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
        running.send_if_modified(|count| {
            *count = count.saturating_add(1);
            false
        });
        Self(Arc::clone(running))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Only the end of the last one is news.
        self.0.send_if_modified(|count| {
            *count = count.saturating_sub(1);
            *count == 0
        });
    }
}
