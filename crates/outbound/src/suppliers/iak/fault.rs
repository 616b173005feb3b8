//! Why a call that moves no money came to nothing.

use crate::client::Reply;
use crate::supplier::CallFault;
use crate::suppliers::iak::codes::{INQUIRY, TOP_UP};
use crate::wire::Field;

/// The answer's body, if one came.
pub fn heard(reply: Reply) -> Result<String, CallFault> {
    match reply {
        Reply::Answered { body, .. } => Ok(body),
        Reply::NotSent { why } => Err(CallFault::Unreachable(format!("IAK ({why})").into())),
        Reply::Lost { why, .. } => Err(CallFault::Unreadable(why)),
    }
}

/// Fails with the code of a refusal. An answer without a code is no refusal: lists have none.
pub fn check_accepted(code: &Field) -> Result<(), CallFault> {
    match code.text() {
        Ok(None) => Ok(()),
        Ok(Some(code)) if code == "00" => Ok(()),
        Ok(Some(code)) => Err(CallFault::Refused { meaning: meaning(&code), code: code.into() }),
        Err(_) => Err(CallFault::Unreadable("a code that can't be read".into())),
    }
}

/// What IAK calls it. Bills and purchases share their numbers as far as both have them.
fn meaning(code: &str) -> &'static str {
    let of_bills = INQUIRY.rows.iter().map(|row| (row.code, row.meaning));
    let of_purchases = TOP_UP.rows.iter().map(|row| (row.code, row.meaning));
    of_bills.chain(of_purchases).find(|(known, _)| *known == code).map_or("not in the table", |(_, meaning)| meaning)
}
