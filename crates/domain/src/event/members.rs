//! Writes the members of a webhook's body.

use std::fmt::Write;

use crate::json::{LineSeparators, Value, Writer};

/// One more member, a string.
pub fn put_member(text: &mut String, name: &str, value: &str) {
    put_name(text, name);
    put_string(text, value);
}

/// One more member, a number.
pub fn put_number(text: &mut String, name: &str, value: i64) {
    put_name(text, name);
    // Writing to a String cannot fail.
    let _ = write!(text, "{value}");
}

fn put_name(text: &mut String, name: &str) {
    text.push_str(",\"");
    text.push_str(name);
    text.push_str("\":");
}

/// One more member that has no value.
pub fn put_null(text: &mut String, name: &str) {
    put_name(text, name);
    text.push_str("null");
}

/// A string.
pub fn put_string(text: &mut String, value: &str) {
    Writer::new(text, LineSeparators::Escaped).value(&Value::from(value));
}
