//! The clock seam: tests of midnights, cut-offs and limits bring their own.

use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::time::Moment;

/// Ends when some time has passed.
pub type Pause = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells and waits for the time.
pub trait Clock: Send + Sync {
    /// What time it is.
    fn now(&self) -> Moment;

    /// Ends when that much time has passed from now, not from when it is first awaited.
    fn sleep(&self, span: Duration) -> Pause;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        #[expect(
            clippy::disallowed_methods,
            reason = "this file owns the machine's clock; the crate knows none of ours"
        )]
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment(0).plus(since_1970)
    }

    fn sleep(&self, span: Duration) -> Pause {
        #[expect(
            clippy::disallowed_methods,
            reason = "this file owns the machine's clock; the crate knows none of ours"
        )]
        Box::pin(tokio::time::sleep(span))
    }
}
