//! What is checked of a request before anything is done.

use crate::call::Asked;
use crate::desk::Desk;

/// The least that a customer number has.
const DIGITS_MIN: usize = 4;

/// Who asks, and whether they may: the user's name, then the signature over what the call adds. The code of what is wrong.
pub fn caller(desk: &Desk, asked: &Asked, addition: &str) -> Result<(), &'static str> {
    if asked.body.is_none() {
        return Err("40");
    }
    if asked.text("username") != desk.credentials.username {
        return Err("42");
    }
    if asked.text("sign") != desk.credentials.sign(addition) {
        return Err("41");
    }
    Ok(())
}

/// The members that every transaction has, each a text. The code of what is wrong.
pub fn transaction(desk: &Desk, asked: &Asked) -> Result<(), &'static str> {
    caller(desk, asked, &asked.subject.ref_id)?;
    let is_whole = ["ref_id", "customer_no", "buyer_sku_code"].iter().all(|name| !asked.text(name).is_empty());
    if is_whole { Ok(()) } else { Err("40") }
}

/// Whether somebody may have such a number. The code of what is wrong.
pub fn customer_no(asked: &Asked) -> Result<(), &'static str> {
    let allows_dots = asked.member("allow_dot").and_then(serde_json::Value::as_bool).unwrap_or_default();
    let is_allowed =
        |character: char| character.is_ascii_digit() || character == ',' || (character == '.' && allows_dots);
    let number = &asked.subject.customer_no;
    if !number.chars().all(is_allowed) {
        return Err("54");
    }
    if number.len() < DIGITS_MIN {
        return Err("57");
    }
    Ok(())
}
