//! Reads strings, with every escape resolved; what is no Unicode text is refused.

use std::borrow::Cow;

use super::{JsonError, JsonFault, cursor::Cursor};

/// Reads a string whose opening quote is consumed, to beyond its closing quote. Allocates only if it has escapes.
pub(super) fn read_string<'a>(cursor: &mut Cursor<'a>) -> Result<Cow<'a, str>, JsonError> {
    let plain = take_plain(cursor);
    if cursor.eat("\"") {
        return Ok(Cow::Borrowed(plain));
    }
    let mut text = plain.to_owned();
    loop {
        if cursor.eat("\\") {
            text.push(read_escape(cursor)?);
        } else {
            return Err(cursor.fail(JsonFault::ControlCharacter));
        }
        text.push_str(take_plain(cursor));
        if cursor.eat("\"") {
            return Ok(Cow::Owned(text));
        }
    }
}

/// Takes what needs no translation: up to a quote, a backslash, a control character or the end of the text.
fn take_plain<'a>(cursor: &mut Cursor<'a>) -> &'a str {
    cursor.take_until(|byte| byte == b'"' || byte == b'\\' || byte < b' ')
}

/// Reads an escape whose backslash is consumed.
fn read_escape(cursor: &mut Cursor<'_>) -> Result<char, JsonError> {
    let unknown = cursor.fail(JsonFault::UnknownEscape);
    match cursor.take_character() {
        Some(same @ ('"' | '\\' | '/')) => Ok(same),
        Some('b') => Ok('\u{8}'),
        Some('f') => Ok('\u{c}'),
        Some('n') => Ok('\n'),
        Some('r') => Ok('\r'),
        Some('t') => Ok('\t'),
        Some('u') => read_unicode(cursor),
        _ => Err(unknown),
    }
}

/// Reads the four digits of a `\u`, and the second `\u` where the first is half of a pair.
fn read_unicode(cursor: &mut Cursor<'_>) -> Result<char, JsonError> {
    let alone = cursor.fail(JsonFault::LoneSurrogate);
    let first = read_unit(cursor)?;
    let units = if matches!(first, 0xD800..=0xDBFF) && cursor.eat("\\u") {
        [first, read_unit(cursor)?]
    } else {
        // A zero after a whole unit is a second character, which is never asked for.
        [first, 0]
    };
    match char::decode_utf16(units).next() {
        Some(Ok(character)) => Ok(character),
        Some(Err(_)) | None => Err(alone),
    }
}

/// Reads four hex digits of either case.
fn read_unit(cursor: &mut Cursor<'_>) -> Result<u16, JsonError> {
    let mut unit = 0_u16;
    for _ in 0..4 {
        let bad = cursor.fail(JsonFault::UnknownEscape);
        let digit = cursor.take_character().and_then(|character| character.to_digit(16));
        unit = unit << 4 | digit.and_then(|digit| u16::try_from(digit).ok()).ok_or(bad)?;
    }
    Ok(unit)
}
