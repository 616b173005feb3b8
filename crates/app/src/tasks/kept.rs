//! Work that goes on without its owner.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::runtime::Handle;

use super::{Running, Tasks};

/// Work that its owner does while it stays, and that a task finishes if it leaves: nearly every owner stays, and then there is no task
/// to make, nor to wake. A panic in it ends it, and nothing else.
#[must_use]
pub struct Kept {
    tasks: Tasks,
    /// `None` once it is done.
    rest: Option<(BoxFuture<'static, ()>, Running)>,
}

impl Kept {
    pub(super) fn new(tasks: Tasks, work: impl Future<Output = ()> + Send + 'static) -> Self {
        let running = Running::count(&tasks.running);
        // The panic was told where it happened.
        let work = AssertUnwindSafe(work).catch_unwind().map(drop);
        Self { tasks, rest: Some((work.boxed(), running)) }
    }
}

impl Future for Kept {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let polled = self.rest.as_mut().map_or(Poll::Ready(()), |(work, _)| work.poll_unpin(cx));
        if polled.is_ready() {
            self.rest = None;
        }
        polled
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let Some((work, running)) = self.rest.take() else { return };
        // Where the runtime is gone, everything ends with it.
        if Handle::try_current().is_ok() {
            self.tasks.spawn_boxed(work);
        }
        drop(running);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::future::poll_immediate;
    use tokio::sync::Notify;

    use super::*;

    /// Work that waits for `go`, and then says that it is `done`.
    struct Errand {
        go: Arc<Notify>,
        done: Arc<Notify>,
    }

    impl Errand {
        fn begin(tasks: &Tasks) -> (Self, Kept) {
            let (go, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
            let (wait, tell) = (Arc::clone(&go), Arc::clone(&done));
            let kept = tasks.keep(async move {
                wait.notified().await;
                tell.notify_one();
            });
            (Self { go, done }, kept)
        }
    }

    #[tokio::test]
    async fn an_owner_who_stays_does_it_alone() {
        let tasks = Tasks::default();
        let (errand, mut kept) = Errand::begin(&tasks);
        assert_eq!(poll_immediate(&mut kept).await, None);
        assert_eq!(poll_immediate(tasks.finished()).await, None, "it counts as running");
        errand.go.notify_one();
        assert_eq!(poll_immediate(&mut kept).await, Some(()), "no task is needed");
        assert_eq!(poll_immediate(errand.done.notified()).await, Some(()));
        assert_eq!(poll_immediate(tasks.finished()).await, Some(()));
    }

    #[tokio::test]
    async fn it_goes_on_when_its_owner_leaves_begun_or_not() {
        for is_begun in [false, true] {
            let tasks = Tasks::default();
            let (errand, mut kept) = Errand::begin(&tasks);
            if is_begun {
                assert_eq!(poll_immediate(&mut kept).await, None);
            }
            drop(kept);
            assert_eq!(poll_immediate(tasks.finished()).await, None, "it is never uncounted in between");
            errand.go.notify_one();
            errand.done.notified().await;
            tasks.finished().await;
        }
    }

    #[tokio::test]
    async fn a_panic_ends_it_and_not_its_owner() {
        let tasks = Tasks::default();
        tasks.keep(async { panic!("on purpose") }).await;
        tasks.finished().await;
    }

    #[test]
    fn without_a_runtime_it_ends() {
        let tasks = Tasks::default();
        drop(Errand::begin(&tasks));
        assert_eq!(*tasks.running.borrow(), 0);
    }
}
