//! The grammar: one object from all of the bytes, or the first fault.

use super::{JsonError, JsonFault, Member, Object, Value, cursor::Cursor, number::take_number, string::read_string};

/// How many arrays and objects may be inside one another, the outermost object included.
pub const MAX_DEPTH: u8 = 32;

/// Reads `bytes` as one JSON object, and nothing but that (RFC 8259, read strictly: see [the module](super)).
pub fn read_object(bytes: &[u8]) -> Result<Object<'_>, JsonError> {
    let text = str::from_utf8(bytes)
        .map_err(|error| JsonError { position: error.valid_up_to(), fault: JsonFault::NotUtf8 })?;
    let mut cursor = Cursor::new(text);
    if text.starts_with('\u{FEFF}') {
        return Err(cursor.fail(JsonFault::ByteOrderMark));
    }
    cursor.skip_blanks();
    if cursor.peek() != Some(b'{') {
        return Err(cursor.fail(JsonFault::NotAnObject));
    }
    let object = take_object(&mut cursor, MAX_DEPTH)?;
    cursor.skip_blanks();
    if cursor.peek().is_some() {
        return Err(cursor.fail(JsonFault::TrailingText));
    }
    Ok(object)
}

/// Takes any value. `room` is how many arrays and objects may still be opened here, one inside the other.
fn take_value<'a>(cursor: &mut Cursor<'a>, room: u8) -> Result<Value<'a>, JsonError> {
    match cursor.peek() {
        Some(b'"') => {
            cursor.eat("\"");
            read_string(cursor).map(Value::String)
        }
        Some(b'{') => take_object(cursor, room).map(Value::Object),
        Some(b'[') => take_array(cursor, room).map(Value::Array),
        Some(b'-' | b'0'..=b'9') => take_number(cursor).map(Value::Number),
        _ if cursor.eat("true") => Ok(Value::Bool(true)),
        _ if cursor.eat("false") => Ok(Value::Bool(false)),
        _ if cursor.eat("null") => Ok(Value::Null),
        _ => Err(cursor.fail(JsonFault::ExpectedValue)),
    }
}

/// Takes the object that begins here.
fn take_object<'a>(cursor: &mut Cursor<'a>, room: u8) -> Result<Object<'a>, JsonError> {
    let room = room.checked_sub(1).ok_or_else(|| cursor.fail(JsonFault::TooDeep))?;
    cursor.eat("{");
    cursor.skip_blanks();
    if cursor.eat("}") {
        return Ok(Object::new());
    }
    let mut members = Vec::new();
    loop {
        members.push(take_member(cursor, room)?);
        cursor.skip_blanks();
        if cursor.peek() == Some(b'}') {
            break;
        }
        if !cursor.eat(",") {
            return Err(cursor.fail(JsonFault::ExpectedCommaOrBrace));
        }
        cursor.skip_blanks();
    }
    let object = Object::from_members(members).map_err(|fault| cursor.fail(fault))?;
    cursor.eat("}");
    Ok(object)
}

/// Takes a key, a colon and a value.
fn take_member<'a>(cursor: &mut Cursor<'a>, room: u8) -> Result<Member<'a>, JsonError> {
    if !cursor.eat("\"") {
        return Err(cursor.fail(JsonFault::ExpectedKey));
    }
    let key = read_string(cursor)?;
    cursor.skip_blanks();
    if !cursor.eat(":") {
        return Err(cursor.fail(JsonFault::ExpectedColon));
    }
    cursor.skip_blanks();
    Ok((key, take_value(cursor, room)?))
}

/// Takes the array that begins here.
fn take_array<'a>(cursor: &mut Cursor<'a>, room: u8) -> Result<Vec<Value<'a>>, JsonError> {
    let room = room.checked_sub(1).ok_or_else(|| cursor.fail(JsonFault::TooDeep))?;
    cursor.eat("[");
    cursor.skip_blanks();
    let mut values = Vec::new();
    if cursor.eat("]") {
        return Ok(values);
    }
    loop {
        values.push(take_value(cursor, room)?);
        cursor.skip_blanks();
        if cursor.eat("]") {
            return Ok(values);
        }
        if !cursor.eat(",") {
            return Err(cursor.fail(JsonFault::ExpectedCommaOrBracket));
        }
        cursor.skip_blanks();
    }
}

#[cfg(test)]
mod tests;
