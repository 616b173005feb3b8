//! What is checked of a request before anything is done.

use crate::call::Asked;
use crate::desk::Desk;

/// The least that a customer number has.
const DIGITS_MIN: usize = 4;

/// Who asks a postpaid call, and whether they may. The code of what is wrong.
pub fn postpaid(desk: &Desk, asked: &Asked, addition: &str) -> Result<(), &'static str> {
    caller(desk, asked, addition, "100")
}

/// Who asks a prepaid call, and whether they may. The code of what is wrong.
pub fn prepaid(desk: &Desk, asked: &Asked, addition: &str) -> Result<(), &'static str> {
    caller(desk, asked, addition, "204")
}

fn caller(desk: &Desk, asked: &Asked, addition: &str, forged: &'static str) -> Result<(), &'static str> {
    if asked.body.is_none() {
        return Err("107");
    }
    let is_ours = asked.text("username") == desk.credentials.username;
    if is_ours && asked.text("sign") == desk.credentials.sign(addition) { Ok(()) } else { Err(forged) }
}

/// Whether somebody may have such a number. The code of what is wrong.
pub fn customer_no(asked: &Asked) -> Result<(), &'static str> {
    let number = &asked.subject.customer_no;
    let is_number = number.len() >= DIGITS_MIN && number.chars().all(|character| character.is_ascii_digit());
    if is_number { Ok(()) } else { Err("14") }
}

/// Whether a reference may be used: something, without a space. The code of what is wrong.
pub fn ref_id(asked: &Asked) -> Result<(), &'static str> {
    let ref_id = &asked.subject.ref_id;
    let is_usable = !ref_id.is_empty() && ref_id.chars().all(|character| character.is_ascii_graphic());
    if is_usable { Ok(()) } else { Err("03") }
}
