//! The thread on which connections are driven that belong to no writer.

use tokio::runtime::{Builder, Handle, Runtime};

use crate::StoreError;

/// A thread with a runtime of its own, so that it doesn't matter on which thread, of which runtime, somebody waits for an answer.
#[derive(Debug)]
pub struct Background(Option<Runtime>);

impl Background {
    /// Starts it.
    pub fn start() -> Result<Self, StoreError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("postgres").enable_all().build();
        runtime.map(|runtime| Self(Some(runtime))).map_err(|error| {
            StoreError::Unavailable(format!("the thread that talks to PostgreSQL cannot be started: {error}"))
        })
    }

    /// To spawn on it.
    pub fn handle(&self) -> Option<&Handle> {
        self.0.as_ref().map(Runtime::handle)
    }

    /// Blocks this thread until there is an answer.
    pub fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        // Only the timers and tasks of `answer` are that runtime's; it is polled here.
        let _entered = self.handle().map(Handle::enter);
        futures_executor::block_on(answer)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // It may be dropped where nobody may block.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
