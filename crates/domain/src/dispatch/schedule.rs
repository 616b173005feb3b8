//! When a delivery that failed is tried again: section 10 of the contract.

use std::time::Duration;

use crate::time::Timestamp;

/// The pauses between tries; after these always the last one.
const PAUSES: [Duration; 10] = [
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_mins(2),
    Duration::from_mins(10),
    Duration::from_mins(30),
    Duration::from_hours(1),
    Duration::from_hours(2),
    Duration::from_hours(4),
    Duration::from_hours(8),
    Duration::from_hours(12),
];
/// The last try is that long after the first.
const LAST_AFTER: Duration = Duration::from_hours(72);
/// How long a receiver may ask us to wait.
const LONGEST_WISH: Duration = Duration::from_hours(24);

/// By how much a pause is lengthened or shortened, so that not all come back at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Jitter(u32);

impl Jitter {
    /// As long as it says.
    pub const NONE: Self = Self(1_000);

    /// One of ±20 %, by any random number.
    pub const fn from_random(random: u32) -> Self {
        Self(800_u32.saturating_add(random % 401))
    }

    /// The same where all pauses are so many per cent of what they should be.
    #[must_use]
    pub const fn at_pace(self, percent: u32) -> Self {
        Self(self.0.saturating_mul(percent) / 100)
    }

    /// The pause with it.
    pub fn apply(self, pause: Duration) -> Duration {
        pause.saturating_mul(self.0).checked_div(1_000).unwrap_or(pause)
    }
}

/// When it is tried next after the `tries`-th try failed at `now`; `None`: never.
///
/// `wish` is how long the receiver asked us to wait (`Retry-After`).
pub fn next_try(
    first_tried_at: Timestamp,
    tries: u32,
    now: Timestamp,
    wish: Option<Duration>,
    jitter: Jitter,
) -> Option<Timestamp> {
    let last_at = first_tried_at.plus(LAST_AFTER);
    if now >= last_at {
        return None;
    }
    let made = usize::try_from(tries).unwrap_or(usize::MAX).saturating_sub(1);
    let pause = PAUSES.get(made).or(PAUSES.last()).copied().unwrap_or_default();
    let at = now.plus(jitter.apply(pause)).min(last_at);
    Some(at.max(now.plus(wish.unwrap_or_default().min(LONGEST_WISH))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long after the first try each other one is, if all fail at once.
    fn tries(jitter: Jitter) -> Vec<Duration> {
        let first = Timestamp::from_seconds(1_780_198_802);
        let (mut now, mut tries) = (first, Vec::new());
        for made in 1.. {
            let Some(at) = next_try(first, made, now, None, jitter) else { break };
            tries.push(at.since(first));
            now = at;
        }
        tries
    }

    #[test]
    fn the_schedule_is_the_contracts() {
        let seconds: Vec<u64> = tries(Jitter::NONE).iter().map(Duration::as_secs).collect();
        let hours = |hours: u64| 2_555 + hours * 3_600;
        let expected = [
            5,
            35,
            155,
            755,
            2_555,
            hours(1),
            hours(3),
            hours(7),
            hours(15),
            hours(27),
            hours(39),
            hours(51),
            hours(63),
        ];
        assert_eq!(seconds, [&expected[..], &[72 * 3_600]].concat());
    }

    #[test]
    fn jitter_is_a_fifth_and_the_last_try_is_at_72_hours() {
        for random in 0..2_000 {
            let jitter = Jitter::from_random(random);
            let tries = tries(jitter);
            let first = tries.first().unwrap();
            assert!((4_000..=6_000).contains(&first.as_millis()), "{first:?}");
            assert_eq!(tries.last(), Some(&LAST_AFTER));
        }
        assert_eq!(Jitter::from_random(0).apply(Duration::from_secs(10)), Duration::from_secs(8));
        assert_eq!(Jitter::from_random(400).apply(Duration::from_secs(10)), Duration::from_secs(12));
        assert_eq!(Jitter::from_random(400).at_pace(1).apply(Duration::from_secs(10)), Duration::from_millis(120));
    }

    #[test]
    fn a_receiver_may_ask_for_time_but_not_for_ever() {
        let now = Timestamp::from_seconds(1_780_198_802);
        let next = |wish| next_try(now, 1, now, Some(Duration::from_secs(wish)), Jitter::NONE).unwrap().since(now);
        assert_eq!(next(0).as_secs(), 5);
        assert_eq!(next(3).as_secs(), 5);
        assert_eq!(next(300).as_secs(), 300);
        assert_eq!(next(u64::MAX), LONGEST_WISH);
        assert_eq!(next_try(now, 9, now.plus(LAST_AFTER), Some(Duration::from_secs(1)), Jitter::NONE), None);
    }
}
