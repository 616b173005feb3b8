//! Reads the moment of signing: strictly, since its text is signed and not its number.

use crate::json::Value;

/// Enough for thirty million years, and always a whole number below 2^53.
const MAX_DIGITS: usize = 15;

/// The moment in a `timestamp`, as the text that was signed and as Unix seconds: an integer, or the same digits in a
/// string. Only the one way to write each number is taken, since the text is signed and not the number.
pub(super) fn read_timestamp(value: &Value<'_>) -> Option<(String, i64)> {
    let text = match value {
        Value::Number(text) => *text,
        Value::String(text) => text.as_ref(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let is_canonical = text.len() <= MAX_DIGITS
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    let seconds = is_canonical.then(|| text.parse().ok()).flatten()?;
    Some((text.to_owned(), seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_and_its_digits_in_a_string_are_the_same() {
        for value in [Value::Number("1748678400"), Value::from("1748678400")] {
            assert_eq!(read_timestamp(&value), Some(("1748678400".to_owned(), 1_748_678_400)));
        }
        assert_eq!(read_timestamp(&Value::Number("0")), Some(("0".to_owned(), 0)));
    }

    #[test]
    fn nothing_else_is_a_timestamp() {
        for text in ["-1", "-0", "1.0", "1e9", "1748678400.5", "1234567890123456", ""] {
            assert_eq!(read_timestamp(&Value::Number(text)), None, "{text}");
        }
        for text in ["", "00", "01748678400", "+1748678400", " 1748678400", "1748678400\n", "１７", "0x10", "now"] {
            assert_eq!(read_timestamp(&Value::from(text)), None, "{text}");
        }
        assert_eq!(read_timestamp(&Value::Null), None);
        assert_eq!(read_timestamp(&Value::Array(vec![Value::Number("1")])), None);
    }
}
