//! Whether a request may leave, asked at the moment when it would.
//!
//! Between the decision to send and the first byte lie a connection and its handshake, and the process may be stopped there, for as long as
//! the machine sleeps. So it is asked again when the connection stands.

use std::sync::Arc;

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

/// By the rule of the call that we are in, if there is one.
pub(super) fn may_leave() -> bool {
    MAY_LEAVE.try_with(|may_leave| may_leave()).unwrap_or(true)
}
