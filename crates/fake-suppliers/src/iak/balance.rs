//! How much is left.

use serde_json::json;

use crate::call::Asked;
use crate::desk::Desk;
use crate::iak::checks;
use crate::iak::shown::refused;
use crate::protocol::Answer;

/// `check-balance`.
pub fn answer(desk: &Desk, asked: &Asked) -> Answer {
    match checks::prepaid(desk, asked, "bl") {
        Ok(()) => Answer::ok(json!({ "data": { "balance": desk.balance(), "message": "SUCCESS", "rc": "00" } })),
        Err(rc) => refused(asked, rc),
    }
}
