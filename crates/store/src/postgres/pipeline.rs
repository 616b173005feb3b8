//! Several statements on their way at once: one round trip for all of them.

use std::task::Poll;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, poll_fn};
use tokio_postgres::Error;

/// An answer that is still under way.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, Error>>;

/// Waits for all answers. What was asked goes out in this order, and is done by the server in this order; the first failure is given.
pub async fn all<T>(mut answers: Vec<Answer<'_, T>>) -> Result<Vec<T>, Error> {
    let mut found: Vec<Option<T>> = answers.iter().map(|_| None).collect();
    poll_fn(|context| {
        let mut is_complete = true;
        for (answer, place) in answers.iter_mut().zip(&mut found).filter(|(_, place)| place.is_none()) {
            // A statement is sent when its answer is first looked for, so each is looked for in its turn.
            match answer.poll_unpin(context) {
                Poll::Ready(Ok(value)) => *place = Some(value),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => is_complete = false,
            }
        }
        if is_complete { Poll::Ready(Ok(())) } else { Poll::Pending }
    })
    .await?;
    Ok(found.into_iter().flatten().collect())
}
