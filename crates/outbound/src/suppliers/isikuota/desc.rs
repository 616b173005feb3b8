//! A bill's details. They have the public shape already, so they are passed through: the same members in the same order.

use domain::json::{LineSeparators, Object, Value, Writer, read_object};

/// Details that are longer are none.
const LONGEST: usize = 32 * 1024;

/// A bill's details, written again in one spelling.
#[derive(Debug, PartialEq, Eq)]
pub struct Desc {
    /// A JSON object.
    pub text: String,
    /// Its periods as the supplier writes them, with commas between; empty if it names none.
    pub periods: String,
}

impl Desc {
    /// Reads them, strictly. A bill without details has none, and so has one of a PHP program that writes an empty object as `[]`.
    pub fn read(json: Option<&str>) -> Option<Self> {
        let json = match json.unwrap_or("null") {
            "null" | "[]" => "{}",
            json => json,
        };
        let object = read_object(json.as_bytes()).ok().filter(|_| json.len() <= LONGEST)?;
        let mut text = String::new();
        Writer::new(&mut text, LineSeparators::Raw).object(&object);
        Some(Self { text, periods: periods(&object) })
    }
}

fn periods(desc: &Object<'_>) -> String {
    let sheets: &[Value<'_>] = match desc.get("detail") {
        Some(Value::Array(sheets)) => sheets,
        _ => &[],
    };
    let periods: Vec<&str> = sheets.iter().filter_map(period_of_sheet).chain(period(desc)).collect();
    periods.join(",")
}

fn period_of_sheet<'d>(sheet: &'d Value<'_>) -> Option<&'d str> {
    if let Value::Object(members) = sheet { period(members) } else { None }
}

fn period<'d>(members: &'d Object<'_>) -> Option<&'d str> {
    match members.get("periode")? {
        Value::String(text) => Some(text),
        Value::Number(digits) => Some(digits),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<(String, String)> {
        Desc::read(Some(json)).map(|desc| (desc.text, desc.periods))
    }

    #[test]
    fn details_keep_their_members_their_order_and_their_numbers() {
        let json = r#"{ "tarif":"R1", "daya":1300,"b\/":1.50, "a":12345678901234567890,
            "detail":[{"periode":"201901"},{"periode":201902},{"x":1},7]}"#;
        let text = r#"{"tarif":"R1","daya":1300,"b/":1.50,"a":12345678901234567890,"detail":[{"periode":"201901"},{"periode":201902},{"x":1},7]}"#;
        assert_eq!(read(json), Some((text.to_owned(), "201901,201902".to_owned())));
        assert_eq!(read(r#"{"periode":"01"}"#).unwrap().1, "01");
    }

    #[test]
    fn a_bill_may_have_no_details() {
        for nothing in ["{}", "[]", "null"] {
            assert_eq!(read(nothing), Some(("{}".to_owned(), String::new())), "{nothing}");
        }
        assert!(Desc::read(None).is_some());
    }

    #[test]
    fn what_is_no_object_is_no_desc() {
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(40), "]".repeat(40));
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(LONGEST));
        for bad in ["\"text\"", "1", "[1]", "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}", &deep, &long] {
            assert_eq!(read(bad), None, "{}", bad.chars().take(40).collect::<String>());
        }
    }
}
