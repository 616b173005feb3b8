//! A fake with a runtime of its own, for tests and programs that have none.

use std::io;
use std::ops::Deref;

use tokio::runtime::{Builder, Runtime};

use crate::options::Options;
use crate::running::{FakeSupplier, Running};

/// A fake that runs in threads of its own. It stops when this is dropped, as if it were killed.
pub struct Background {
    // Dropped first, so that its tasks end before their runtime does.
    running: Running,
    runtime: Runtime,
}

impl Background {
    /// Starts one. It listens when this returns.
    pub fn start(options: Options) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let running = runtime.block_on(FakeSupplier::start(options))?;
        Ok(Self { running, runtime })
    }

    /// Waits for something of the fake's, such as [`Running::wait_for`] or [`Running::settle`].
    pub fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        self.runtime.block_on(what)
    }

    /// Stops it, and returns when nothing of it runs.
    pub fn stop(self) {
        let Self { running, runtime } = self;
        runtime.block_on(running.stop());
    }
}

impl Deref for Background {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}
