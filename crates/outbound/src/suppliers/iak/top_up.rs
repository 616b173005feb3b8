//! `top-up`: buys a prepaid product or a game. The same reference again is taken for a question, never for a second purchase.

use domain::answer::Answer;
use serde_json::json;

use crate::supplier::{Heard, Task};
use crate::suppliers::iak::answer::{PurchaseAnswer, read};
use crate::suppliers::iak::call::Call;
use crate::suppliers::iak::codes::{SendVerdict, TOP_UP};
use crate::suppliers::iak::connection::{Connection, unknown};

/// Buys.
pub async fn buy(connection: &Connection, task: &Task) -> Heard<Answer> {
    let members = json!({
        "ref_id": task.supplier_ref.as_str(),
        "customer_id": task.customer_no.as_str(),
        "product_code": &*task.sku,
    });
    let spoken = connection.ask(&Call::TOP_UP, task.supplier_ref.as_str(), members).await;
    spoken.into_sent(|body| meaning(task, body))
}

/// What the answer to a purchase means.
pub fn meaning(task: &Task, body: &str) -> Answer {
    judge(task, body).unwrap_or_else(|why| unknown(&why))
}

fn judge(task: &Task, body: &str) -> Result<Answer, String> {
    let purchase: PurchaseAnswer = read(body)?;
    let row = TOP_UP.row(&purchase.rc)?;
    purchase.check_is_about(task)?;
    match (row.verdict, purchase.status.whole()) {
        (SendVerdict::Done, Ok(Some(1))) => Ok(purchase.confirmation()),
        (SendVerdict::Unknown, _) => Err(row.explain()),
        // What turns a second sending down may be the first.
        (SendVerdict::Declined | SendVerdict::Failed, _) if task.is_repeat => Err(row.explain_after_sending()),
        // Whatever is turned down at the door may have no `status`.
        (SendVerdict::Declined, Ok(None | Some(2))) => Ok(row.refusal(true)),
        (SendVerdict::Failed, Ok(None | Some(2))) => Ok(row.refusal(false)),
        _ => Err(row.contradicts(&purchase.status)),
    }
}
