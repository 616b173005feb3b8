//! At start: whatever an earlier process was sending is unknown now. It is asked about later, and never sent because of this.

use domain::answer::{Answer, Source};

use crate::context::Context;
use crate::error::CallError;
use crate::send::record;

const PAGE: u32 = 1_000;

/// Marks every attempt that was being sent as unknown. To be called once, before anything is sent. Gives how many there were.
pub async fn recover(context: &Context) -> Result<usize, CallError> {
    let mut recovered: usize = 0;
    loop {
        let lost = context.read(|snapshot| snapshot.sending_attempts(PAGE)).await?;
        if lost.is_empty() {
            return Ok(recovered);
        }
        recovered = recovered.saturating_add(lost.len());
        let unknown = Answer::Unknown { why: "the process that was sending it ended".into() };
        let records =
            lost.iter().map(|lost| record(context, &lost.order, &lost.attempt, unknown.clone(), Source::Recovery));
        for recorded in futures_util::future::join_all(records).await {
            recorded?;
        }
    }
}
