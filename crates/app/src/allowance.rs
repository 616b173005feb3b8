//! How much of what strangers send is kept: enough to see what goes on, too little to fill a disk.

use std::time::Duration;

use parking_lot::Mutex;

const HOUR: Duration = Duration::from_hours(1);

/// So much an hour, and no more.
#[derive(Debug)]
pub struct Allowance {
    most: usize,
    hour: Mutex<Hour>,
}

#[derive(Debug, Default)]
struct Hour {
    began: Duration,
    kept: usize,
}

impl Allowance {
    /// This much an hour.
    pub const fn an_hour(most: usize) -> Self {
        Self { most, hour: parking_lot::const_mutex(Hour { began: Duration::ZERO, kept: 0 }) }
    }

    /// Whether so much more may be kept at this monotonic moment.
    pub fn take(&self, amount: usize, now: Duration) -> bool {
        let mut hour = self.hour.lock();
        if now.saturating_sub(hour.began) >= HOUR {
            *hour = Hour { began: now, kept: 0 };
        }
        let kept = hour.kept.saturating_add(amount);
        let may = kept <= self.most;
        if may {
            hour.kept = kept;
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_much_an_hour_and_no_more() {
        let allowance = Allowance::an_hour(240);
        let kept = |amount, now| (0..1_000).filter(|_| allowance.take(amount, now)).count();
        assert_eq!(kept(1, Duration::from_secs(1)), 240);
        assert_eq!(kept(1, HOUR.saturating_sub(Duration::from_secs(1))), 0);
        assert_eq!(kept(100, HOUR), 2);
        assert_eq!(kept(40, HOUR), 1, "what is left is given to whoever needs no more");
    }
}
