//! Moments, to the microsecond, and how people in Jakarta read them.
//!
//! Western Indonesian Time (WIB) is UTC+07:00 all year and has been since 1964, so no zone data is needed.

use std::fmt;
use std::time::Duration;

const MICROS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
const WIB_OFFSET_SECONDS: i64 = 7 * 3_600;
/// 9999-12-31 23:59:59 UTC: later moments are of no use to anybody and would print five-digit years.
const LATEST_MICROS: i64 = 253_402_300_799 * MICROS_PER_SECOND;

/// A moment: microseconds since 1970-01-01 00:00:00 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment that many microseconds after the epoch, held within the years 1970 to 9999.
    pub const fn from_micros(micros: i64) -> Self {
        if micros < 0 {
            Self(0)
        } else if micros > LATEST_MICROS {
            Self(LATEST_MICROS)
        } else {
            Self(micros)
        }
    }

    /// The moment that many seconds after the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self::from_micros(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    /// The moment that WIB's clocks show so, e.g. 2026-05-31 10:40:02. `None` if there is no such time.
    pub fn from_wib(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<Self> {
        let in_range = (1970..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..60).contains(&second);
        if !in_range {
            return None;
        }
        let seconds = days_from_civil(year, month, day)
            .saturating_mul(SECONDS_PER_DAY)
            .saturating_add(hour.saturating_mul(3_600))
            .saturating_add(minute.saturating_mul(60))
            .saturating_add(second);
        let moment = Self::from_seconds(seconds.saturating_sub(WIB_OFFSET_SECONDS));
        let wib = moment.wib();
        // The 31st of a month with 30 days would come out as the 1st of the next.
        ((wib.month, wib.day) == (month, day)).then_some(moment)
    }

    /// Reads `YYYY-MM-DD` (the day's first moment) or `YYYY-MM-DD HH:MM:SS`, in WIB.
    pub fn parse_wib(text: &str) -> Option<Self> {
        let (date, time) = match text.split_once(' ') {
            Some((date, time)) => (date, time),
            None => (text, "00:00:00"),
        };
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
        Self::from_wib(year, month, day, hour, minute, second)
    }

    /// Microseconds since the epoch, for storage.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, truncated.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SECOND)
    }

    /// This moment and `span` later.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self::from_micros(self.0.saturating_add(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)))
    }

    /// This moment and `span` earlier.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self::from_micros(self.0.saturating_sub(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; nothing if it is not.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// What a clock in Jakarta shows.
    pub fn wib(self) -> WibTime {
        let seconds = self.seconds().saturating_add(WIB_OFFSET_SECONDS);
        let (year, month, day) = civil_from_days(seconds.div_euclid(SECONDS_PER_DAY));
        let second_of_day = seconds.rem_euclid(SECONDS_PER_DAY);
        WibTime {
            year,
            month,
            day,
            hour: second_of_day.div_euclid(3_600),
            minute: second_of_day.rem_euclid(3_600).div_euclid(60),
            second: second_of_day.rem_euclid(60),
        }
    }

    /// 23:59:30 WIB on this moment's day: the last moment at which a bill of a same-day supplier may still be paid.
    #[must_use]
    pub fn end_of_wib_day(self) -> Self {
        let wib = self.wib();
        Self::from_wib(wib.year, wib.month, wib.day, 23, 59, 30).unwrap_or(self)
    }

    /// How long until the next moment at which that minute of the day, 0 to 1439, begins in WIB.
    #[must_use]
    pub fn until_wib_minute(self, minute: u16) -> Duration {
        let wib = self.wib();
        let (hour, minute) = (i64::from(minute) / 60, i64::from(minute) % 60);
        let today = Self::from_wib(wib.year, wib.month, wib.day, hour, minute, 0).unwrap_or(self);
        let next = if today > self { today } else { today.plus(Duration::from_hours(24)) };
        next.since(self)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}", self.wib(), self.0.rem_euclid(MICROS_PER_SECOND))
    }
}

/// A moment on the wall in Jakarta. Displays as the API writes times: `2026-05-31 10:40:02`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WibTime {
    /// Four digits.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// 0 to 23.
    pub hour: i64,
    /// 0 to 59.
    pub minute: i64,
    /// 0 to 59.
    pub second: i64,
}

impl WibTime {
    /// Minutes since midnight, 0 to 1439: what cut-off windows are compared with.
    pub fn minute_of_day(&self) -> u16 {
        u16::try_from(self.hour.saturating_mul(60).saturating_add(self.minute)).unwrap_or(0)
    }

    /// As RFC 3339 with the zone, as webhooks write it: `2026-05-31T10:40:02+07:00`.
    pub fn rfc3339(&self) -> String {
        self.to_string().replacen(' ', "T", 1) + "+07:00"
    }
}

impl fmt::Display for WibTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Digit by digit: a paid bill shows four moments, and the formatter takes ten times as long for each of them.
        let ([y1, y2], [y3, y4]) = (two_digits(self.year.div_euclid(100)), two_digits(self.year.rem_euclid(100)));
        let ([m1, m2], [d1, d2]) = (two_digits(self.month), two_digits(self.day));
        let ([h1, h2], [i1, i2], [s1, s2]) = (two_digits(self.hour), two_digits(self.minute), two_digits(self.second));
        let text = [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ', h1, h2, b':', i1, i2, b':', s1, s2];
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

/// A number from 0 to 99 in two digits; question marks for any other.
fn two_digits(number: i64) -> [u8; 2] {
    let digit = |value: i64| u8::try_from(value).ok().filter(|value| *value < 10).map_or(b'?', |value| b'0' | value);
    [digit(number.div_euclid(10)), digit(number.rem_euclid(10))]
}

/// Three numbers with exactly these counts of digits between separators.
fn numbers(text: &str, separator: char, digits: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut read = |count: usize| {
        parts.next().filter(|part| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
    };
    let [first, second, third] = digits;
    let numbers = [read(first)?, read(second)?, read(third)?];
    parts.next().is_none().then_some(numbers)
}

/// Days from 1970-01-01 to a date of the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms").
#[expect(clippy::arithmetic_side_effects, reason = "years 1970 to 9999 stay far from the ends of i64")]
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`]: year, month, day.
#[expect(clippy::arithmetic_side_effects, reason = "days of the years 1970 to 9999 stay far from the ends of i64")]
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wib_is_read_and_written() {
        for (text, seconds) in [
            ("2026-05-31 10:40:02", 1_780_198_802),
            ("1970-01-01 07:00:00", 0),
            ("2024-02-29 23:59:59", 1_709_225_999),
            ("2000-03-01 00:00:00", 951_843_600),
            ("9999-12-31 23:59:59", 253_402_275_599),
        ] {
            let moment = Timestamp::from_seconds(seconds);
            assert_eq!(moment.wib().to_string(), text);
            assert_eq!(Timestamp::parse_wib(text), Some(moment));
        }
        assert_eq!(
            Timestamp::parse_wib("2026-05-31").map(|moment| moment.wib().to_string()).as_deref(),
            Some("2026-05-31 00:00:00")
        );
        assert_eq!(Timestamp::from_seconds(1_780_198_802).wib().rfc3339(), "2026-05-31T10:40:02+07:00");
    }

    #[test]
    fn times_that_do_not_exist_are_refused() {
        for text in [
            "2026-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-1-1",
            "26-01-01",
            "2026-01-01 24:00:00",
            "2026-01-01T10:00:00",
            "",
        ] {
            assert_eq!(Timestamp::parse_wib(text), None, "{text}");
        }
    }

    #[test]
    fn the_next_beginning_of_a_minute_is_today_or_tomorrow() {
        let evening = Timestamp::parse_wib("2026-05-31 23:58:00").unwrap().plus(Duration::from_micros(1));
        let almost = Duration::from_micros(999_999);
        for (minute, seconds) in [(0, 119), (15, 119 + 15 * 60), (23 * 60 + 59, 59), (23 * 60 + 58, 86_399)] {
            assert_eq!(evening.until_wib_minute(minute), Duration::from_secs(seconds) + almost, "{minute}");
        }
    }

    #[test]
    fn a_day_ends_half_a_minute_early_for_same_day_suppliers() {
        let evening = Timestamp::parse_wib("2026-05-31 23:58:00").unwrap();
        assert_eq!(evening.end_of_wib_day().wib().to_string(), "2026-05-31 23:59:30");
    }
}
