//! How fast a copy is made: beside a server, half of the time is left to it.

use std::cell::Cell;
use std::io;
use std::time::Duration;

use app::seams::Clock;
use tokio::runtime::{Builder, Runtime};

/// Longer than that nobody rests: the copy must come to an end.
const LONGEST_REST: Duration = Duration::from_secs(1);

/// After each step, a rest that is as long as the step was. A busy disk makes the steps longer, and so the rests.
pub struct Pace<'a> {
    clock: &'a dyn Clock,
    /// What rests; `None`: nothing does.
    runtime: Option<Runtime>,
    step_began: Cell<Duration>,
}

impl<'a> Pace<'a> {
    /// As fast as it goes: nobody else is there.
    pub fn full(clock: &'a dyn Clock) -> Self {
        Self { clock, runtime: None, step_began: Cell::new(clock.monotonic()) }
    }

    /// Half as fast: a server writes to the same disk.
    pub fn beside_server(clock: &'a dyn Clock) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_time().build()?;
        Ok(Self { runtime: Some(runtime), ..Self::full(clock) })
    }

    /// A step was made.
    pub fn rest(&self) {
        if let Some(runtime) = &self.runtime {
            let step = self.clock.monotonic().saturating_sub(self.step_began.get());
            runtime.block_on(async { self.clock.sleep(step.min(LONGEST_REST)).await });
        }
        self.step_began.set(self.clock.monotonic());
    }

    /// The clock that it goes by.
    pub const fn clock(&self) -> &dyn Clock {
        self.clock
    }
}
