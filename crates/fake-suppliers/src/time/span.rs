//! Spans of time on the command line.

use std::time::Duration;

/// Reads `200ms`, `5s` or `3m`.
pub fn read_span(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    let unit_ms = match text.get(digits.len()..) {
        Some("ms") => 1,
        Some("s") => 1_000,
        Some("m") => 60_000,
        _ => 0,
    };
    match digits.parse::<u64>().ok().and_then(|count| count.checked_mul(unit_ms)) {
        Some(ms) if unit_ms > 0 => Ok(Duration::from_millis(ms)),
        _ => Err("write a whole number and its unit, such as 200ms, 5s or 3m".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_a_unit() {
        assert_eq!(read_span("200ms"), Ok(Duration::from_millis(200)));
        assert_eq!(read_span("3m"), Ok(Duration::from_mins(3)));
        for wrong in ["", "5", "s", "5h", "1.5s", "-1s"] {
            assert!(read_span(wrong).is_err(), "{wrong}");
        }
    }
}
