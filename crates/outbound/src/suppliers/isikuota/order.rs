//! What an answer says of an order: sections 5, 6 and 8 of the contract.

use std::sync::Arc;

use domain::answer::Answer;
use domain::product::ProductKind;

use crate::client::Reply;
use crate::supplier::Task;
use crate::suppliers::isikuota::codes::{Meaning, Row};
use crate::suppliers::isikuota::envelope::Envelope;
use crate::suppliers::isikuota::order_data::OrderData;

/// What was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Occasion {
    /// To do it.
    Sending,
    /// What became of it.
    Status,
}

/// What became of a task, by what was answered.
pub fn read(reply: &Reply, occasion: Occasion, task: &Task) -> Answer {
    match reply {
        Reply::Answered { status, body } => answered(*status, body, occasion, task).unwrap_or_else(unknown),
        Reply::NotSent { .. } if occasion == Occasion::Sending => Answer::NotReceived,
        Reply::NotSent { why } => unknown(format!("it can't be asked now: {why}")),
        Reply::Lost { why, .. } => unknown(format!("no answer: {why}")),
    }
}

/// There is no call to ask with.
pub fn cannot_be_asked() -> Answer {
    unknown("this supplier has no status call: ask it by other means, then resolve the order")
}

/// `Err` says why nothing is known.
fn answered(status: u16, body: &str, occasion: Occasion, task: &Task) -> Result<Answer, Arc<str>> {
    let Some(envelope) = Envelope::read(body) else {
        return match (occasion, status) {
            (Occasion::Status, 404 | 405) => Ok(cannot_be_asked()),
            _ => Err(format!("HTTP status {status} without an envelope").into()),
        };
    };
    let row = envelope.row(status)?;
    let because = |why: &str| -> Arc<str> { format!("{}: {why}", row.code).into() };
    match meaning(row, occasion, task.kind) {
        Meaning::Success => {
            let data = ours(&envelope, task, "success").map_err(because)?;
            data.confirmed(task).map_err(because)
        }
        Meaning::Pending => {
            ours(&envelope, task, "pending").map_err(because)?;
            Err(because(row.says))
        }
        Meaning::Failed => {
            let data = ours(&envelope, task, "failed").map_err(because)?;
            let code = row.code.into();
            Ok(if data.is_refunded() { Answer::Refunded { code } } else { refused(row, false) })
        }
        Meaning::Refused if !task.is_repeat => Ok(refused(row, true)),
        Meaning::RefusedForGood => Ok(refused(row, true)),
        Meaning::NotReceived => Ok(Answer::NotReceived),
        Meaning::NoSuchCall => Ok(cannot_be_asked()),
        Meaning::Refused | Meaning::Nothing => Err(because(row.says)),
    }
}

fn meaning(row: &Row, occasion: Occasion, kind: ProductKind) -> Meaning {
    match (occasion, kind) {
        (Occasion::Sending, ProductKind::Postpaid) => row.pay,
        (Occasion::Sending, ProductKind::Prepaid | ProductKind::Game) => row.buy,
        (Occasion::Status, ProductKind::Postpaid) => row.asked_of_bill,
        (Occasion::Status, ProductKind::Prepaid | ProductKind::Game) => row.asked_of_purchase,
    }
}

/// The answer's order, if it is the task's and in the state that the code gives.
fn ours(envelope: &Envelope, task: &Task, state: &str) -> Result<OrderData, &'static str> {
    let data: OrderData = envelope.data().ok_or("its data can't be read")?;
    if !data.is_of(task) {
        return Err("its data are of another order, or don't add up");
    }
    if !data.is_in_state(state, task.kind) {
        return Err("its data tell of another state");
    }
    Ok(data)
}

fn refused(row: &Row, nothing_created: bool) -> Answer {
    Answer::Refused { code: row.code.into(), nothing_created }
}

fn unknown(why: impl Into<Arc<str>>) -> Answer {
    Answer::Unknown { why: why.into() }
}
