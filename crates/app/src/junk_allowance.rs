//! How much of what nobody could have signed is kept of a supplier's callbacks: enough to see what goes on, too little to fill a disk.

use std::time::Duration;

use parking_lot::Mutex;

/// So many an hour.
const MOST: u32 = 240;
const HOUR: Duration = Duration::from_hours(1);

/// Counts what is kept, an hour at a time.
#[derive(Debug, Default)]
pub struct JunkAllowance {
    hour: Mutex<Hour>,
}

#[derive(Debug, Default)]
struct Hour {
    began: Duration,
    kept: u32,
}

impl JunkAllowance {
    /// Whether one more may be kept at this monotonic moment.
    pub fn take(&self, now: Duration) -> bool {
        let mut hour = self.hour.lock();
        if now.saturating_sub(hour.began) >= HOUR {
            *hour = Hour { began: now, kept: 0 };
        }
        let may = hour.kept < MOST;
        hour.kept = hour.kept.saturating_add(u32::from(may));
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_an_hour_and_no_more() {
        let allowance = JunkAllowance::default();
        let kept = |now| (0..1_000).filter(|_| allowance.take(now)).count();
        assert_eq!(kept(Duration::from_secs(1)), 240);
        assert_eq!(kept(HOUR.saturating_sub(Duration::from_secs(1))), 0);
        assert_eq!(kept(HOUR), 240);
    }
}
