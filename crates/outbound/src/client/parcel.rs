//! The body of a request that leaves only if it still may at the moment when it would.
//!
//! Between the decision to send and the first byte lie a connection and its handshake, and the process may be stopped there, for as long as
//! the machine sleeps. The head of a request waits for the first piece of its body, and both leave together: so the body is where to ask
//! last. If it refuses, not even the head has left.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Whether a request may leave now.
type MayLeave = Arc<dyn Fn() -> bool + Send + Sync>;

tokio::task_local! {
    static MAY_LEAVE: MayLeave;
}

/// Does a call whose requests leave only while they may; otherwise they are [`super::Reply::NotSent`].
pub async fn leaving_only_if<T>(
    may_leave: impl Fn() -> bool + Send + Sync + 'static,
    call: impl Future<Output = T>,
) -> T {
    let may_leave: MayLeave = Arc::new(may_leave);
    MAY_LEAVE.scope(may_leave, call).await
}

/// A body, and who says whether it may leave.
pub struct Parcel {
    content: Option<Bytes>,
    may_leave: Option<MayLeave>,
    is_kept: Arc<AtomicBool>,
}

impl Parcel {
    /// By the rule of the call that we are in, if there is one. The second tells later whether it was kept back.
    pub fn new(content: String) -> (Self, Arc<AtomicBool>) {
        let is_kept = Arc::new(AtomicBool::new(false));
        let may_leave = MAY_LEAVE.try_with(Arc::clone).ok();
        (Self { content: Some(content.into()), may_leave, is_kept: Arc::clone(&is_kept) }, is_kept)
    }
}

impl Body for Parcel {
    type Data = Bytes;
    type Error = KeptBack;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, KeptBack>>> {
        if self.may_leave.as_ref().is_some_and(|may_leave| !may_leave()) {
            self.is_kept.store(true, Ordering::SeqCst);
            return Poll::Ready(Some(Err(KeptBack)));
        }
        Poll::Ready(self.content.take().map(|content| Ok(Frame::data(content))))
    }

    // Never at its end beforehand: a head without a body would leave unasked.
    fn is_end_stream(&self) -> bool {
        self.content.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(
            self.content.as_ref().map_or(0, |content| u64::try_from(content.len()).unwrap_or(u64::MAX)),
        )
    }
}

/// It was too late.
#[derive(Clone, Copy, Debug)]
pub struct KeptBack;

impl fmt::Display for KeptBack {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("it was too late to send")
    }
}

impl Error for KeptBack {}
