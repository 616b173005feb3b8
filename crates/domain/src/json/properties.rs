//! What holds for every value and for all bytes, checked with random ones, and against another reader.

use proptest::prelude::*;

use super::*;

/// Characters that have a special part to play, and some that have none.
fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        prop::sample::select(
            "aZ0/\"\\\u{8}\t\n\0\u{1f}\u{7f}é€“\u{2028}\u{2029}\u{ffff}😀".chars().collect::<Vec<_>>()
        ),
        any::<char>(),
    ];
    prop::collection::vec(character, 0..12).prop_map(String::from_iter)
}

fn number() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["0", "-0", "7", "-12", "1.50", "0.1e-7", "1.0e+25", "5E3", "12345678901234567890123"])
}

fn value() -> impl Strategy<Value = Value<'static>> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number().prop_map(Value::Number),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            object_of(inner).prop_map(Value::Object),
        ]
    })
}

fn object_of(value: impl Strategy<Value = Value<'static>>) -> impl Strategy<Value = Object<'static>> {
    prop::collection::vec((text(), value), 0..24).prop_map(|members| {
        let mut object = Object::new();
        for (key, value) in members {
            object.set(key, value);
        }
        object
    })
}

/// Text that is nearly JSON, so that it gets far into the reader.
fn nearly_json() -> impl Strategy<Value = String> {
    let pieces = [
        "{", "}", "[", "]", ":", ",", "\"a\"", "\"b\"", "\"", "\\", "\\u00e9", "\\ud83d", "\\ude00", "\\n", "\n", " ",
        "0", "1", "-", ".", "e", "true", "null", "é", "\u{2028}", "{\"a\":", "\"c\":1,", "[1,",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

fn write(object: &Object<'_>, separators: LineSeparators) -> String {
    let mut text = String::new();
    Writer::new(&mut text, separators).object(object);
    text
}

/// What our reader refuses although it is JSON.
fn is_our_strictness(fault: &JsonFault) -> bool {
    matches!(fault, JsonFault::DuplicateKey(_) | JsonFault::TooDeep | JsonFault::NotAnObject)
}

/// Ours and another reader agree about `text`: both refuse it, or both read the same.
fn check_against_serde(text: &str) -> Result<(), TestCaseError> {
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    match (read_object(text.as_bytes()), theirs) {
        (Ok(ours), Ok(theirs)) => {
            let ours = serde_json::from_str::<serde_json::Value>(&write(&ours, LineSeparators::Raw));
            prop_assert_eq!(ours.ok(), Some(theirs));
        }
        (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("number out of range"), "{}", error),
        (Err(error), Ok(_)) => prop_assert!(is_our_strictness(&error.fault), "{}", error),
        (Err(_), Err(_)) => {}
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(object in object_of(value())) {
        for separators in [LineSeparators::Escaped, LineSeparators::Raw] {
            let text = write(&object, separators);
            let read = read_object(text.as_bytes());
            prop_assert_eq!(read.as_ref(), Ok(&object));
        }
    }

    #[test]
    fn another_reader_agrees_about_what_we_write(object in object_of(value())) {
        check_against_serde(&write(&object, LineSeparators::Escaped))?;
    }

    #[test]
    fn another_reader_agrees_about_what_is_nearly_json(text in nearly_json()) {
        check_against_serde(&text)?;
        check_against_serde(&format!("{{\"x\":{text}}}"))?;
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = read_object(&bytes);
        let _ = read_object(&[b"{\"a\":\"", bytes.as_slice(), b"\"}"].concat());
    }

    #[test]
    fn a_position_is_inside_the_text(text in nearly_json()) {
        if let Err(error) = read_object(text.as_bytes()) {
            prop_assert!(error.position <= text.len());
        }
    }
}
