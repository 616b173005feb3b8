//! `checkstatus`: what became of a payment.

use domain::answer::Answer;
use serde_json::json;

use crate::supplier::{Heard, Task};
use crate::suppliers::iak::answer::{BillAnswer, read};
use crate::suppliers::iak::call::Call;
use crate::suppliers::iak::codes::{AskVerdict, STATUS};
use crate::suppliers::iak::connection::{Connection, unknown};
use crate::suppliers::iak::desc::paid_desc;

/// Asks.
pub async fn check(connection: &Connection, task: &Task) -> Heard<Answer> {
    let members = json!({"commands": Call::STATUS.name, "ref_id": task.supplier_ref.as_str()});
    connection.ask(&Call::STATUS, "cs", members).await.into_asked(|body| meaning(task, body))
}

/// What the answer to a status check means: only what code and `status` say together.
pub fn meaning(task: &Task, body: &str) -> Answer {
    judge(task, body).unwrap_or_else(|why| unknown(&why))
}

fn judge(task: &Task, body: &str) -> Result<Answer, String> {
    let bill: BillAnswer = read(body)?;
    let row = STATUS.row(&bill.response_code)?;
    bill.check_is_about(task)?;
    match (row.verdict, bill.status.whole()) {
        (AskVerdict::Done, Ok(Some(1))) => Ok(Answer::Confirmed {
            // The receipt number is documented as optional. One that isn't there now won't come.
            sn: Some(bill.receipt().unwrap_or_default()),
            cost: bill.cost(),
            desc: paid_desc(body),
            ask_again: false,
        }),
        (AskVerdict::Failed, Ok(Some(2))) => Ok(row.refusal(false)),
        (AskVerdict::NotReceived, Ok(Some(0))) => Ok(Answer::NotReceived),
        (AskVerdict::Pending | AskVerdict::NoAnswer, _) => Err(row.explain()),
        _ => Err(row.contradicts(&bill.status)),
    }
}
