//! Moments, as a calendar in Jakarta shows them. Suppliers count days, cut-offs and limits in WIB, which is UTC+7 all year.

mod clock;
mod manual_clock;
mod span;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use clock::{Clock, Pause, SystemClock};
pub use manual_clock::ManualClock;
pub use span::read_span;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const WIB_MS: i64 = 7 * 60 * 60 * 1000;

/// A point in time, in milliseconds since 1970 in UTC. As text, also in a journal: `2026-05-31 10:41:16.123`, in WIB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Moment(pub i64);

/// What a calendar and a clock in Jakarta show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wib {
    /// Such as 2026.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// Since midnight.
    pub minute_of_day: i64,
    second: i64,
    milli: i64,
}

impl Moment {
    /// When the clocks in Jakarta show this.
    pub const fn wib(year: i64, month: i64, day: i64, hour: i64, minute: i64) -> Self {
        Self(days_from_civil(year, month, day) * DAY_MS + (hour * 60 + minute) * 60_000 - WIB_MS)
    }

    /// What the calendar in Jakarta shows.
    pub fn in_wib(self) -> Wib {
        let local = self.0 + WIB_MS;
        let (year, month, day) = civil_from_days(local.div_euclid(DAY_MS));
        let within_day = local.rem_euclid(DAY_MS);
        Wib {
            year,
            month,
            day,
            minute_of_day: within_day / 60_000,
            second: within_day / 1000 % 60,
            milli: within_day % 1000,
        }
    }

    /// The number of the day in Jakarta: two moments of one calendar date have the same.
    pub const fn wib_day(self) -> i64 {
        (self.0 + WIB_MS).div_euclid(DAY_MS)
    }

    /// As IAK writes it: `20260531104116`.
    pub fn digits(self) -> String {
        let wib = self.in_wib();
        let (hour, minute) = (wib.minute_of_day / 60, wib.minute_of_day % 60);
        format!("{:04}{:02}{:02}{hour:02}{minute:02}{:02}", wib.year, wib.month, wib.day, wib.second)
    }

    /// A later moment.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long it is since an earlier moment; nothing if that one is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or_default())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Wib { year, month, day, minute_of_day, second, milli } = self.in_wib();
        let (hour, minute) = (minute_of_day / 60, minute_of_day % 60);
        write!(formatter, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{milli:03}")
    }
}

/// A text is no moment.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no moment such as 2026-05-31 10:41:16.123")]
pub struct NoMoment(String);

impl FromStr for Moment {
    type Err = NoMoment;

    fn from_str(text: &str) -> Result<Self, NoMoment> {
        let fault = || NoMoment(text.to_owned());
        let parts: Result<Vec<i64>, _> = text.split(['-', ' ', ':', '.']).map(str::parse).collect();
        match parts.map_err(|_| fault())?.as_slice() {
            &[year, month, day, hour, minute, second, milli] => {
                Ok(Self(Self::wib(year, month, day, hour, minute).0 + second * 1000 + milli))
            }
            _ => Err(fault()),
        }
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = NoMoment;

    fn try_from(text: String) -> Result<Self, NoMoment> {
        text.parse()
    }
}

/// Days since 1970-01-01 (Howard Hinnant's algorithm, as is its inverse below).
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_it_is_written() {
        for text in ["1970-01-01 07:00:00.000", "2024-02-29 23:59:59.999", "2026-05-31 00:00:00.001"] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        assert_eq!("1970-01-01 07:00:00.000".parse::<Moment>().unwrap(), Moment(0));
        assert!("2026-05-31".parse::<Moment>().is_err());
    }

    #[test]
    fn a_day_begins_at_midnight_in_jakarta() {
        let midnight = Moment::wib(2026, 6, 1, 0, 0);
        assert_eq!(midnight.wib_day(), Moment(midnight.0 - 1).wib_day() + 1);
        assert_eq!(midnight.digits(), "20260601000000");
        assert_eq!(Moment(midnight.0 - 1).in_wib().minute_of_day, 24 * 60 - 1);
    }
}
