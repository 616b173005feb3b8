//! Reads a number as the text that it is; what it amounts to is not asked here.

use super::{JsonError, JsonFault, cursor::Cursor};

/// Takes a number as it is written: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
pub(super) fn take_number<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, JsonError> {
    let start = cursor.rest();
    cursor.eat("-");
    if cursor.peek() == Some(b'0') {
        let zero = cursor.fail(JsonFault::LeadingZero);
        cursor.eat("0");
        if cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(zero);
        }
    } else {
        skip_digits(cursor)?;
    }
    if cursor.eat(".") {
        skip_digits(cursor)?;
    }
    if cursor.eat("e") || cursor.eat("E") {
        let _ = cursor.eat("+") || cursor.eat("-");
        skip_digits(cursor)?;
    }
    Ok(cursor.since(start))
}

/// Skips the digits here, of which there is at least one.
fn skip_digits(cursor: &mut Cursor<'_>) -> Result<(), JsonError> {
    if cursor.take_until(|byte| !byte.is_ascii_digit()).is_empty() {
        return Err(cursor.fail(JsonFault::ExpectedDigit));
    }
    Ok(())
}
