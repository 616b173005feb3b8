//! How long PostgreSQL may take, as seen from here: the server's own limits don't help when nothing comes from it any more.

use std::time::Duration;

use crate::StoreError;
use crate::postgres::failure::Failure;

/// Longer than the server's own limit for a statement, so that it is the first to speak.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Waits for an answer, but not for ever. Who waited in vain must give the connection up, since the answer may come later.
pub async fn answered<T>(answer: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, Failure> {
    answered_within(ANSWER_WITHIN, answer).await
}

/// As [`answered`], for what may take longer or shorter.
pub async fn answered_within<T>(
    limit: Duration,
    answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, Failure> {
    within(limit, answer).await.ok_or_else(silent)?.map_err(Failure::from)
}

/// What comes of it in that time.
#[expect(
    clippy::disallowed_methods,
    reason = "a server that is silent is silent in real time; no simulator runs on PostgreSQL"
)]
pub async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(limit, work).await.ok()
}

/// Lets a server that isn't there be for a moment.
#[expect(clippy::disallowed_methods, reason = "as above")]
pub async fn pause(pause: Duration) {
    tokio::time::sleep(pause).await;
}

fn silent() -> Failure {
    Failure::Lost(StoreError::Unavailable(
        "the PostgreSQL server did not answer in time; see how busy it and its disk are, and it goes on by itself"
            .to_owned(),
    ))
}
