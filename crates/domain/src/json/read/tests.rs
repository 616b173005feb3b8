//! What the reader takes, what it refuses and where, case by case.

use super::*;

/// Where `text` is refused and why, if it is.
fn fault(text: &str) -> Option<(usize, JsonFault)> {
    read_object(text.as_bytes()).err().map(|error| (error.position, error.fault))
}

#[test]
fn what_is_not_escaped_is_borrowed() -> Result<(), JsonError> {
    let object = read_object(r#" { "plain" : "é" , "esc\u0061ped" : "a\/b" } "#.as_bytes())?;
    let borrowed: Vec<bool> = object
        .iter()
        .flat_map(|(key, value)| [Some(key), if let Value::String(text) = value { Some(text) } else { None }])
        .map(|text| matches!(text, Some(std::borrow::Cow::Borrowed(_))))
        .collect();
    assert_eq!(borrowed, [true, true, false, false]);
    assert_eq!(object.get("escaped").and_then(Value::as_str), Some("a/b"));
    Ok(())
}

#[test]
fn all_kinds_of_values_are_read_in_their_order() -> Result<(), JsonError> {
    let object = read_object(br#"{"z":[null,true,false,{}],"a":-0.50E+07,"n":[],"s":"\"\\\b\f\n\r\t\ud83D\uDE00"}"#)?;
    let members: Vec<Member<'_>> = vec![
        (
            "z".into(),
            Value::Array(vec![Value::Null, Value::Bool(true), Value::Bool(false), Value::Object(Object::new())]),
        ),
        ("a".into(), Value::Number("-0.50E+07")),
        ("n".into(), Value::Array(vec![])),
        ("s".into(), "\"\\\u{8}\u{c}\n\r\t😀".into()),
    ];
    assert_eq!(object.into_iter().collect::<Vec<_>>(), members);
    Ok(())
}

#[test]
fn integers_are_only_what_is_written_as_one() -> Result<(), JsonError> {
    let object = read_object(br#"{"a":-5,"b":1.0,"c":1e3,"d":9223372036854775808,"e":"5"}"#)?;
    let integers: Vec<_> = object.iter().map(|(_, value)| value.as_integer()).collect();
    assert_eq!(integers, [Some(-5), None, None, None, None]);
    Ok(())
}

#[test]
fn every_fault_has_its_name_and_its_place() {
    let cases = [
        ("", 0, JsonFault::EndsEarly),
        ("{", 1, JsonFault::EndsEarly),
        (r#"{"a"#, 3, JsonFault::EndsEarly),
        (r#"{"a":"\"#, 7, JsonFault::EndsEarly),
        (r#"{"a":1"#, 6, JsonFault::EndsEarly),
        ("\u{feff}{}", 0, JsonFault::ByteOrderMark),
        ("[]", 0, JsonFault::NotAnObject),
        ("  5", 2, JsonFault::NotAnObject),
        ("{} {}", 3, JsonFault::TrailingText),
        ("{}\0", 2, JsonFault::TrailingText),
        ("{,}", 1, JsonFault::ExpectedKey),
        ("{'a':1}", 1, JsonFault::ExpectedKey),
        (r#"{"a":1,}"#, 7, JsonFault::ExpectedKey),
        (r#"{"a" 1}"#, 5, JsonFault::ExpectedColon),
        (r#"{"a":}"#, 5, JsonFault::ExpectedValue),
        (r#"{"a":True}"#, 5, JsonFault::ExpectedValue),
        (r#"{"a":NaN}"#, 5, JsonFault::ExpectedValue),
        (r#"{"a":+1}"#, 5, JsonFault::ExpectedValue),
        (r#"{"a":.5}"#, 5, JsonFault::ExpectedValue),
        (r#"{"a":[1,]}"#, 8, JsonFault::ExpectedValue),
        (r#"{"a":1 "b":2}"#, 7, JsonFault::ExpectedCommaOrBrace),
        (r#"{"a":truely}"#, 9, JsonFault::ExpectedCommaOrBrace),
        (r#"{"a":[1 2]}"#, 8, JsonFault::ExpectedCommaOrBracket),
        (r#"{"a":-}"#, 6, JsonFault::ExpectedDigit),
        (r#"{"a":1.}"#, 7, JsonFault::ExpectedDigit),
        (r#"{"a":1e+}"#, 8, JsonFault::ExpectedDigit),
        (r#"{"a":007}"#, 5, JsonFault::LeadingZero),
        (r#"{"a":-01}"#, 6, JsonFault::LeadingZero),
        ("{\"a\":\"\n\"}", 6, JsonFault::ControlCharacter),
        ("{\"a\t\":1}", 3, JsonFault::ControlCharacter),
        (r#"{"a":"\x"}"#, 7, JsonFault::UnknownEscape),
        (r#"{"a":"\u12g4"}"#, 10, JsonFault::UnknownEscape),
        (r#"{"a":"\u+123"}"#, 8, JsonFault::UnknownEscape),
        (r#"{"a":"\ud83d"}"#, 8, JsonFault::LoneSurrogate),
        (r#"{"a":"\ud83dx"}"#, 8, JsonFault::LoneSurrogate),
        (r#"{"a":"\ud83d\u0041"}"#, 8, JsonFault::LoneSurrogate),
        (r#"{"a":"\ude00\ud83d"}"#, 8, JsonFault::LoneSurrogate),
        (r#"{"a":1,"b":2,"\u0061":3}"#, 23, JsonFault::DuplicateKey("a".into())),
        (r#"{"x":[{"a":1,"a":1}]}"#, 18, JsonFault::DuplicateKey("a".into())),
    ];
    for (text, position, expected) in cases {
        assert_eq!(fault(text), Some((position, expected)), "{text}");
    }
}

#[test]
fn invalid_utf_8_is_refused_where_it_begins() {
    for bytes in [&b"{\"a\":\"\xff\"}"[..], b"{\"a\":\"\xed\xa0\xbd\"}", b"{\"a\":\"\xc0\xaf\"}"] {
        assert_eq!(read_object(bytes), Err(JsonError { position: 6, fault: JsonFault::NotUtf8 }));
    }
}

#[test]
fn an_error_says_what_and_where() {
    let error = read_object(br#"{"a":1,}"#).err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("expected a key in double quotes (at byte 7)"));
}

#[test]
fn thirty_two_levels_are_read_and_not_one_more() {
    let nested = |arrays: usize| format!("{{\"a\":{}{}}}", "[".repeat(arrays), "]".repeat(arrays));
    assert_eq!(fault(&nested(31)), None);
    assert_eq!(fault(&nested(32)), Some((36, JsonFault::TooDeep)));
    assert_eq!(fault(&nested(10_000)), Some((36, JsonFault::TooDeep)));
    assert_eq!(fault(&"{\"a\":".repeat(10_000)), Some((160, JsonFault::TooDeep)));
}

/// Made to be slow, and thirty times as large as a body may be, so that anything quadratic takes minutes here.
#[test]
fn hostile_bodies_cost_no_more_than_honest_ones() {
    let many = |count: usize, piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<Vec<_>>().join(",");
    let bodies = [
        format!("{{{}}}", many(200_000, &|n| format!("\"{n}\":0"))),
        format!("{{{}}}", many(18_000, &|n| format!("\"{}{n}\":0", "k".repeat(100)))),
        format!("{{\"a\":\"{}\"}}", "\\u0041".repeat(300_000)),
        format!("{{\"a\":\"{}\"}}", "\\\\".repeat(1_000_000)),
        format!("{{\"a\":[{}]}}", many(1_000_000, &|_| "0".to_owned())),
        format!("{{\"a\":[{}]}}", many(600_000, &|_| "[]".to_owned())),
        format!("{{\"a\":[{}]}}", many(200_000, &|_| "{\"\":\"\"}".to_owned())),
    ];
    for body in &bodies {
        assert_eq!(fault(body), None);
    }
}
