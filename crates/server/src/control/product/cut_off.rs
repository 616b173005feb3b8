//! A daily window as operators write it: `23:45-00:15`, or `none`.

use domain::product::CutOff;

const NONE: &str = "none";

/// Reads a window, or says how one is written.
pub fn read(text: &str) -> Result<Option<CutOff>, &'static str> {
    if text == NONE {
        return Ok(None);
    }
    let window = || {
        let (start, end) = text.split_once('-')?;
        Some(CutOff { start: minute(start)?, end: minute(end)? })
    };
    window().map(Some).ok_or("a cut-off is written 23:45-00:15, or none")
}

/// Writes a window.
pub fn write(window: Option<CutOff>) -> String {
    window.map_or_else(|| NONE.to_owned(), |window| format!("{}-{}", clock(window.start), clock(window.end)))
}

/// Writes a minute of the day: `00:15`.
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_read_as_they_are_written() {
        for text in ["23:45-00:15", "00:00-06:30", "none"] {
            assert_eq!(write(read(text).unwrap()), text);
        }
        for bad in ["", "24:00-01:00", "1-2", "23:60-00:00", "23:45"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
