//! The clock seam.

use std::time::Duration;

use domain::time::Timestamp;
use futures_util::future::BoxFuture;

/// Tells and waits for the time.
pub trait Clock: Send + Sync {
    /// What the wall's clock shows. It may jump in either direction.
    fn wall(&self) -> Timestamp;

    /// Time since some fixed moment. It never goes back, whatever happens to the wall's clock.
    fn monotonic(&self) -> Duration;

    /// Ends after `pause` of monotonic time.
    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()>;
}
