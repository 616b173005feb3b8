//! How soon after the load the server answers normally again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::report::micros;
use super::worker::Worker;

/// So many units in a row must be normal: one alone may be luck.
const IN_A_ROW: u32 = 10;
/// A server that needs longer hasn't recovered.
const PATIENCE: Duration = Duration::from_mins(1);

/// What was seen after the load's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// What of a unit is normal, in microseconds.
    pub normal_within_us: u64,
    /// When the first of ten normal units in a row ended, in milliseconds after the load's end; none if a minute wasn't enough.
    pub after_ms: Option<u64>,
}

/// Does one unit after the other, from the load's end on, until the server is as it was.
pub async fn watch_recovery(mut worker: Worker, normal_within: Duration) -> Recovery {
    let patience = worker.clock().sleep(PATIENCE);
    let after = tokio::select! {
        after = normal_again(&mut worker, normal_within) => Some(after),
        () = patience => None,
    };
    Recovery { normal_within_us: micros(normal_within), after_ms: after.map(|after| micros(after) / 1_000) }
}

/// Ends when ten units in a row were normal. Returns how long after now the first of them ended.
async fn normal_again(worker: &mut Worker, normal_within: Duration) -> Duration {
    let load_ended = worker.clock().monotonic();
    let (mut first_ended, mut in_a_row) = (load_ended, 0);
    while in_a_row < IN_A_ROW {
        let began = worker.clock().monotonic();
        let took = worker.do_unit(began, began).await;
        if took.is_none_or(|took| took > normal_within) {
            in_a_row = 0;
            continue;
        }
        if in_a_row == 0 {
            first_ended = worker.clock().monotonic();
        }
        in_a_row += 1;
    }
    first_ended.saturating_sub(load_ended)
}
