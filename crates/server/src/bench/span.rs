//! Spans of time as people write them on a command line.

use std::time::Duration;

/// Reads `500ms`, `10s`, `2m` or `1h`; whole numbers only.
pub fn parse_span(text: &str) -> Result<Duration, String> {
    let at = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err("a number and its unit, e.g. 500ms, 10s, 2m".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "the unit follows a whole number, e.g. 10s".to_owned())?;
    number.checked_mul(millis).map(Duration::from_millis).ok_or_else(|| "that is too long".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read() {
        for (text, millis) in [("0s", 0), ("500ms", 500), ("10s", 10_000), ("2m", 120_000), ("1h", 3_600_000)] {
            assert_eq!(parse_span(text), Ok(Duration::from_millis(millis)));
        }
        for text in ["", "10", "s", "1.5s", "-1s", "10 s", "1d", "99999999999999999999s", "18446744073709551615h"] {
            assert!(parse_span(text).is_err(), "{text}");
        }
    }
}
