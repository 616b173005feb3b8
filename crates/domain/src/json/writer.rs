//! Compact JSON, byte for byte as PHP writes it, since that is what merchants sign.

use super::{LineSeparators, Member, Sink, Value};

/// Writes compact JSON as PHP's `json_encode(…, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES)` does.
pub struct Writer<'s, S> {
    sink: &'s mut S,
    separators: LineSeparators,
}

impl<'s, S: Sink> Writer<'s, S> {
    /// A writer into `sink`.
    pub fn new(sink: &'s mut S, separators: LineSeparators) -> Self {
        Self { sink, separators }
    }

    /// Writes a value.
    pub fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::Null => self.sink.put("null"),
            Value::Bool(true) => self.sink.put("true"),
            Value::Bool(false) => self.sink.put("false"),
            Value::Number(text) => self.sink.put(text),
            Value::String(text) => self.string(text),
            Value::Array(values) => self.array(values),
            Value::Object(object) => self.object(object),
        }
    }

    /// Writes an object of these members, in this order.
    pub fn object<'m, 'a: 'm>(&mut self, members: impl IntoIterator<Item = &'m Member<'a>>) {
        let mut before = "{";
        for (key, value) in members {
            self.sink.put(before);
            self.string(key);
            self.sink.put(":");
            self.value(value);
            before = ",";
        }
        self.sink.put(if before == "{" { "{}" } else { "}" });
    }

    fn array(&mut self, values: &[Value<'_>]) {
        self.sink.put("[");
        for (place, value) in values.iter().enumerate() {
            if place > 0 {
                self.sink.put(",");
            }
            self.value(value);
        }
        self.sink.put("]");
    }

    fn string(&mut self, text: &str) {
        self.sink.put("\"");
        let mut rest = text;
        loop {
            let length = rest.bytes().position(may_need_escape).unwrap_or(rest.len());
            let (plain, special) = rest.split_at(length);
            self.sink.put(plain);
            let mut characters = special.chars();
            let Some(character) = characters.next() else { break };
            self.special(character);
            rest = characters.as_str();
        }
        self.sink.put("\"");
    }

    /// Writes a character that may need an escape.
    fn special(&mut self, character: char) {
        match character {
            '"' => self.sink.put("\\\""),
            '\\' => self.sink.put("\\\\"),
            '\u{8}' => self.sink.put("\\b"),
            '\u{c}' => self.sink.put("\\f"),
            '\n' => self.sink.put("\\n"),
            '\r' => self.sink.put("\\r"),
            '\t' => self.sink.put("\\t"),
            '\u{2028}' if self.separators == LineSeparators::Escaped => self.sink.put("\\u2028"),
            '\u{2029}' if self.separators == LineSeparators::Escaped => self.sink.put("\\u2029"),
            '\0'..' ' => self.sink.put(&format!("\\u{:04x}", u32::from(character))),
            plain => self.sink.put(plain.encode_utf8(&mut [0; 4])),
        }
    }
}

/// Whether a character that begins with this byte may have to be escaped. 0xE2 begins U+2028 and U+2029, among others.
fn may_need_escape(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\' || byte == 0xE2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, separators: LineSeparators) -> String {
        let mut sink = String::new();
        Writer::new(&mut sink, separators).value(&text.into());
        sink
    }

    #[test]
    fn only_what_php_escapes_is_escaped() {
        let text = "/é\u{7f}\u{1f}\0\u{8}\u{c}\n\r\t\"\\😀“\u{2027}\u{202a}";
        let expected = "\"/é\u{7f}\\u001f\\u0000\\b\\f\\n\\r\\t\\\"\\\\😀“\u{2027}\u{202a}\"";
        assert_eq!(written(text, LineSeparators::Escaped), expected);
        assert_eq!(written(text, LineSeparators::Raw), expected);
    }

    #[test]
    fn line_separators_are_written_as_told() {
        assert_eq!(written("1\u{2028}2\u{2029}", LineSeparators::Escaped), r#""1\u20282\u2029""#);
        assert_eq!(written("1\u{2028}2\u{2029}", LineSeparators::Raw), "\"1\u{2028}2\u{2029}\"");
    }
}
