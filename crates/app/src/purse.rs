//! What is known of our money at a supplier, and for how long it will do.

use std::time::Duration;

use domain::money::Rupiah;
use domain::time::Timestamp;
use parking_lot::Mutex;

/// So much of the day must be seen before a rate says anything.
const SHORTEST_RATE: Duration = Duration::from_mins(10);

/// The balance that was last read, and what orders cost there today, as far as this process has seen.
pub struct Purse(Mutex<Contents>);

struct Contents {
    balance: Option<KnownBalance>,
    spent: Rupiah,
    /// Today's midnight in WIB, or later the moment at which this process began.
    spent_since: Timestamp,
}

/// A balance, as the supplier told it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KnownBalance {
    /// What there was.
    pub amount: Rupiah,
    /// When.
    pub read_at: Timestamp,
}

impl Purse {
    /// Nothing is known yet.
    pub const fn opened(now: Timestamp) -> Self {
        Self(Mutex::new(Contents { balance: None, spent: Rupiah::ZERO, spent_since: now }))
    }

    /// The supplier says that there is so much.
    pub fn note_balance(&self, amount: Rupiah, now: Timestamp) {
        self.0.lock().balance = Some(KnownBalance { amount, read_at: now });
    }

    /// An order cost so much there.
    pub fn note_cost(&self, cost: Rupiah, now: Timestamp) {
        let mut contents = self.0.lock();
        contents.begin_day(now);
        // More than a purse can hold is not spent in a day.
        contents.spent = contents.spent.plus(cost).unwrap_or(Rupiah::MAX);
    }

    /// What there was when it was last read.
    pub fn balance(&self) -> Option<KnownBalance> {
        self.0.lock().balance
    }

    /// How many whole hours that lasts if the rest of the day is like today so far. `None`: nobody can tell.
    pub fn hours_left(&self, now: Timestamp) -> Option<u64> {
        let mut contents = self.0.lock();
        contents.begin_day(now);
        let seen = now.since(contents.spent_since);
        let balance = contents.balance?.amount.max(Rupiah::ZERO);
        if seen < SHORTEST_RATE || !contents.spent.is_positive() {
            return None;
        }
        let left = i128::from(balance.get()) * i128::from(seen.as_secs()) / i128::from(contents.spent.get());
        u64::try_from(left / 3_600).ok()
    }
}

impl Contents {
    fn begin_day(&mut self, now: Timestamp) {
        let wib = now.wib();
        let midnight = Timestamp::from_wib(wib.year, wib.month, wib.day, 0, 0, 0).unwrap_or(now);
        if self.spent_since < midnight {
            (self.spent, self.spent_since) = (Rupiah::ZERO, midnight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_wib(text).unwrap()
    }

    #[test]
    fn a_balance_lasts_as_long_as_todays_rate_lets_it() {
        let purse = Purse::opened(at("2026-05-31 08:00:00"));
        purse.note_balance(Rupiah::whole(900_000), at("2026-05-31 10:00:00"));
        assert_eq!(purse.hours_left(at("2026-05-31 10:00:00")), None, "nothing was spent");
        purse.note_cost(Rupiah::whole(200_000), at("2026-05-31 09:00:00"));
        assert_eq!(purse.hours_left(at("2026-05-31 08:09:59")), None, "too early to tell");
        assert_eq!(purse.hours_left(at("2026-05-31 10:00:00")), Some(9), "a hundred thousand an hour");
        purse.note_balance(Rupiah::ZERO, at("2026-05-31 10:00:00"));
        assert_eq!(purse.hours_left(at("2026-05-31 10:00:00")), Some(0));
    }

    #[test]
    fn the_rate_begins_anew_at_midnight() {
        let purse = Purse::opened(at("2026-05-31 08:00:00"));
        purse.note_balance(Rupiah::whole(100_000), at("2026-05-31 08:00:00"));
        purse.note_cost(Rupiah::whole(1_000_000), at("2026-05-31 23:00:00"));
        assert_eq!(purse.hours_left(at("2026-06-01 01:00:00")), None);
        purse.note_cost(Rupiah::whole(10_000), at("2026-06-01 01:00:00"));
        assert_eq!(purse.hours_left(at("2026-06-01 01:00:00")), Some(10));
    }
}
