//! The months that bills are about.

use domain::time::WibTime;

const NAMES: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGU", "SEP", "OKT", "NOV", "DES"];

/// A month of a year. Suppliers write it in many ways, so it has many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Month {
    year: i64,
    /// 1 to 12.
    month: i64,
}

impl Month {
    /// The `count` months before today's, oldest first.
    pub fn last(count: u32, today: &WibTime) -> Vec<Self> {
        (1..=i64::from(count)).rev().map(|back| Self { year: today.year, month: today.month }.moved(-back)).collect()
    }

    /// The month after.
    pub const fn next(self) -> Self {
        self.moved(1)
    }

    const fn moved(self, months: i64) -> Self {
        let since_zero = self.year * 12 + self.month - 1 + months;
        Self { year: since_zero.div_euclid(12), month: since_zero.rem_euclid(12) + 1 }
    }

    /// `201905`
    pub fn as_digits(self) -> String {
        format!("{:04}{:02}", self.year, self.month)
    }

    /// `0519`
    pub fn as_month_first(self) -> String {
        format!("{:02}{:02}", self.month, self.year % 100)
    }

    /// `MEI 2019`
    pub fn as_words(self) -> String {
        format!("{} {:04}", self.name(), self.year)
    }

    /// `MEI 19`
    pub fn as_short_words(self) -> String {
        format!("{} {:02}", self.name(), self.year % 100)
    }

    fn name(self) -> &'static str {
        usize::try_from(self.month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;

    use super::*;

    #[test]
    fn the_months_before_today_cross_the_year() {
        let today = Timestamp::parse_wib("2026-02-10").unwrap().wib();
        let months = Month::last(3, &today);
        assert_eq!(months.iter().map(|month| month.as_digits()).collect::<Vec<_>>(), ["202511", "202512", "202601"]);
        let december = months[1];
        assert_eq!(december.as_words(), "DES 2025");
        assert_eq!(december.as_short_words(), "DES 25");
        assert_eq!(december.as_month_first(), "1225");
        assert_eq!(december.next(), months[2]);
    }
}
