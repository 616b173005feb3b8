//! Months, as bills name them.

use crate::time::Moment;

const NAMES: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGU", "SEP", "OKT", "NOV", "DES"];

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Such as 2026.
    pub year: i64,
    /// 1 to 12.
    pub number: i64,
}

impl Month {
    /// So many months before a moment's.
    pub fn before(now: Moment, count: i64) -> Self {
        let wib = now.in_wib();
        let months = wib.year * 12 + wib.month - 1 - count;
        Self { year: months.div_euclid(12), number: months.rem_euclid(12) + 1 }
    }

    /// The newest `count` months that are over, oldest first.
    pub fn due(now: Moment, count: usize) -> Vec<Self> {
        (1..=i64::try_from(count).unwrap_or(1)).rev().map(|before| Self::before(now, before)).collect()
    }

    /// `201905`.
    pub fn digits(self) -> String {
        format!("{:04}{:02}", self.year, self.number)
    }

    /// `0519`.
    pub fn short_digits(self) -> String {
        format!("{:02}{:02}", self.number, self.year.rem_euclid(100))
    }

    /// `MEI`.
    pub fn name(self) -> &'static str {
        usize::try_from(self.number - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or_default()
    }

    /// `MEI 2019`.
    pub fn words(self) -> String {
        format!("{} {:04}", self.name(), self.year)
    }

    /// `MEI 19`.
    pub fn short_words(self) -> String {
        format!("{} {:02}", self.name(), self.year.rem_euclid(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_before_now() {
        let due = Month::due(Moment::wib(2026, 2, 1, 0, 0), 3);
        assert_eq!(due.iter().map(|month| month.digits()).collect::<Vec<_>>(), ["202511", "202512", "202601"]);
        assert_eq!((due[1].words().as_str(), due[2].short_words().as_str()), ("DES 2025", "JAN 26"));
    }
}
