//! `check-status`: what became of a purchase.

use domain::answer::Answer;
use serde_json::json;

use crate::supplier::{Heard, Task};
use crate::suppliers::iak::answer::{PurchaseAnswer, read};
use crate::suppliers::iak::call::Call;
use crate::suppliers::iak::codes::{AskVerdict, CHECK_STATUS};
use crate::suppliers::iak::connection::{Connection, unknown};

/// Asks.
pub async fn check(connection: &Connection, task: &Task) -> Heard<Answer> {
    let members = json!({"ref_id": task.supplier_ref.as_str()});
    let spoken = connection.ask(&Call::CHECK_STATUS, task.supplier_ref.as_str(), members).await;
    spoken.into_asked(|body| meaning(task, body))
}

/// What the answer to a status check means: only what code and `status` say together.
pub fn meaning(task: &Task, body: &str) -> Answer {
    judge(task, body).unwrap_or_else(|why| unknown(&why))
}

fn judge(task: &Task, body: &str) -> Result<Answer, String> {
    let purchase: PurchaseAnswer = read(body)?;
    let row = CHECK_STATUS.row(&purchase.rc)?;
    purchase.check_is_about(task)?;
    match (row.verdict, purchase.status.whole()) {
        (AskVerdict::Done, Ok(Some(1))) => Ok(purchase.confirmation()),
        (AskVerdict::Failed, Ok(Some(2))) => Ok(row.refusal(false)),
        // It has no `status` of its own for what isn't there; what is there is in process or done.
        (AskVerdict::NotReceived, Ok(None | Some(2))) => Ok(Answer::NotReceived),
        (AskVerdict::Pending | AskVerdict::NoAnswer, _) => Err(row.explain()),
        _ => Err(row.contradicts(&purchase.status)),
    }
}
