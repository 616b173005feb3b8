//! The beginning of a span of time, as an operator types it.

use domain::time::Timestamp;

use super::super::span::read_span_seconds;
use crate::control::webhook::Since;

/// Reads `2026-05-31`, `2026-05-31 10:40:02` (both in WIB), or how long ago it was: `90s`, `30m`, `72h` or `3d`.
pub fn read_since(text: &str) -> Result<Since, String> {
    if let Some(moment) = Timestamp::parse_wib(text) {
        return Ok(Since::Moment(moment.micros()));
    }
    read_span_seconds(text).map(Since::SecondsAgo).map_err(|_| {
        "a time is 2026-05-31 or '2026-05-31 10:40:02' in WIB, or how long ago it was: 30m, 72h or 3d".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_moment_or_a_span() {
        let day = Timestamp::parse_wib("2026-05-31 00:00:00").unwrap().micros();
        for (text, since) in [
            ("2026-05-31", Since::Moment(day)),
            ("2026-05-31 00:00:01", Since::Moment(day + 1_000_000)),
            ("72h", Since::SecondsAgo(259_200)),
            ("3d", Since::SecondsAgo(259_200)),
        ] {
            assert_eq!(read_since(text), Ok(since), "{text}");
        }
        for bad in ["", "yesterday", "2026-02-30", "2026-05-31T10:40:02", "10:40:02", "3", "3w"] {
            assert!(read_since(bad).is_err(), "{bad}");
        }
    }
}
