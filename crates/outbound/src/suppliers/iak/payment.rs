//! `pay-pasca`: pays the bill of an inquiry, by the number that IAK gave the inquiry.

use domain::answer::Answer;
use serde_json::json;

use crate::supplier::{Heard, Task};
use crate::suppliers::iak::answer::{BillAnswer, read};
use crate::suppliers::iak::call::Call;
use crate::suppliers::iak::codes::{PAY, SendVerdict};
use crate::suppliers::iak::connection::{Connection, unknown};
use crate::suppliers::iak::desc::paid_desc;

/// Pays.
pub async fn pay(connection: &Connection, task: &Task) -> Heard<Answer> {
    if task.token.is_empty() {
        tracing::error!(supplier_ref = %task.supplier_ref, "a bill without the tr_id of its inquiry can't be paid at IAK");
        return Heard::unspoken(Answer::NotReceived);
    }
    let members = json!({"commands": Call::PAY.name, "tr_id": &*task.token});
    connection.ask(&Call::PAY, &task.token, members).await.into_sent(|body| meaning(task, body))
}

/// What the answer to a payment means.
pub fn meaning(task: &Task, body: &str) -> Answer {
    judge(task, body).unwrap_or_else(|why| unknown(&why))
}

fn judge(task: &Task, body: &str) -> Result<Answer, String> {
    let bill: BillAnswer = read(body)?;
    let row = PAY.row(&bill.response_code)?;
    bill.check_is_about(task)?;
    match (row.verdict, bill.status.whole()) {
        // A payment's answer has no `status`. One that is there all the same must not say otherwise.
        (SendVerdict::Done, Ok(None | Some(1))) => Ok(Answer::Confirmed {
            // A receipt number that isn't there may come: a status check tells.
            sn: bill.receipt(),
            cost: bill.cost(),
            desc: paid_desc(body),
            ask_again: false,
        }),
        (SendVerdict::Unknown, _) => Err(row.explain()),
        // What turns a second sending down may be the first.
        (SendVerdict::Declined | SendVerdict::Failed, _) if task.is_repeat => Err(row.explain_after_sending()),
        (SendVerdict::Declined, Ok(None | Some(0 | 2))) => Ok(row.refusal(true)),
        (SendVerdict::Failed, Ok(None | Some(2))) => Ok(row.refusal(false)),
        _ => Err(row.contradicts(&bill.status)),
    }
}
