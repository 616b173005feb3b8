//! Whose electricity meter it is.

use std::io;
use std::time::Duration;

use serde_json::json;

use crate::call::Asked;
use crate::desk::Desk;
use crate::digiflazz::checks;
use crate::digiflazz::code::Code;
use crate::digiflazz::shown::refused;
use crate::journal::BrokenRule;
use crate::names;
use crate::protocol::Answer;
use crate::seed::Seed;

/// From one to the next; the documentation says that there is a limit, and not which.
const PAUSE: Duration = Duration::from_secs(1);

/// `inquiry-pln`. A name can be found for any number of enough digits.
pub fn answer(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    let number = &asked.subject.customer_no;
    if let Err(rc) = checks::caller(desk, asked, number).and_then(|()| checks::customer_no(asked)) {
        return Ok(refused(asked, rc));
    }
    if !desk.allows("name check", PAUSE) {
        desk.blame(&asked.subject, BrokenRule::TooManyCalls, "name check")?;
        return Ok(refused(asked, "86"));
    }
    let code = Code::of("00");
    Ok(Answer::ok(json!({ "data": {
        "message": code.message,
        "status": code.status,
        "rc": code.rc,
        "customer_no": number,
        "meter_no": number,
        "subscriber_id": Seed::of(&["subscriber", number]).digits(12),
        "name": names::person(number),
        "segment_power": "R1 /000001300",
    } })))
}
