//! A span of time as an operator types it.

/// Reads `90s`, `30m`, `24h` or `7d` as seconds; `0` needs no unit.
pub fn read_span_seconds(text: &str) -> Result<u64, String> {
    const UNITS: [(char, u64); 4] = [('s', 1), ('m', 60), ('h', 3_600), ('d', 86_400)];
    let read = || {
        if text == "0" {
            return Some(0);
        }
        let (unit, seconds) = UNITS.into_iter().find(|(unit, _)| text.ends_with(*unit))?;
        text.strip_suffix(unit)?.parse::<u32>().ok().map(|count| u64::from(count) * seconds)
    };
    read().ok_or_else(|| "a span is a number with a unit: 90s, 30m, 24h or 7d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_a_unit() {
        for (text, seconds) in [("0", 0), ("90s", 90), ("30m", 1_800), ("24h", 86_400), ("7d", 604_800)] {
            assert_eq!(read_span_seconds(text), Ok(seconds));
        }
        for bad in ["", "7", "h", "-1h", "1w"] {
            assert!(read_span_seconds(bad).is_err(), "{bad}");
        }
    }
}
