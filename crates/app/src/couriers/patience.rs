//! How much is sent to an endpoint at once, and when it is left alone: one that is dead must cost almost nothing.

use std::time::Duration;

use domain::dispatch::Jitter;

/// After so many failures in a row nothing more is sent for a while.
const FAILURES: u32 = 5;
/// The first such pause. Each that follows is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
/// The longest: within this time an endpoint that has come back is found.
const LONGEST_PAUSE: Duration = Duration::from_mins(10);

/// What is known of an endpoint from its last answers. Moments are monotonic time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Patience {
    failures: u32,
    /// How far the number of deliveries at once has grown beyond the first.
    growth: u32,
    pauses: u32,
    closed_until: Option<Duration>,
}

impl Patience {
    /// How many deliveries may be under way: one at first and after a failure, twice as many after each success. An endpoint that
    /// never answers so holds one place and not many.
    pub fn places(&self, most: u32) -> usize {
        let places =
            1_u32.checked_shl(self.growth).map_or(usize::MAX, |places| usize::try_from(places).unwrap_or(usize::MAX));
        places.min(Self::most_places(most))
    }

    /// How many may be under way if nothing is known against it.
    pub fn most_places(most: u32) -> usize {
        usize::try_from(most.max(1)).unwrap_or(usize::MAX)
    }

    /// How long nothing is sent yet; `None`: something may be.
    pub fn pause(&self, now: Duration) -> Option<Duration> {
        self.closed_until.and_then(|until| until.checked_sub(now)).filter(|pause| !pause.is_zero())
    }

    /// A delivery was acknowledged. Gives whether the endpoint had been left alone before, so that what waits for it needn't wait longer.
    pub fn note_success(&mut self) -> bool {
        let was_left_alone = self.closed_until.is_some();
        *self = Self { growth: self.growth.saturating_add(1).min(31), ..Self::default() };
        was_left_alone
    }

    /// A delivery failed.
    pub fn note_failure(&mut self, now: Duration, jitter: Jitter) {
        self.failures = self.failures.saturating_add(1);
        self.growth = 0;
        // Those that were under way together fail together: that is one failure of the endpoint.
        if self.failures >= FAILURES && self.pause(now).is_none() {
            let pause = FIRST_PAUSE.saturating_mul(1_u32.checked_shl(self.pauses).unwrap_or(u32::MAX));
            self.closed_until = Some(now.saturating_add(jitter.apply(pause.min(LONGEST_PAUSE))));
            self.pauses = self.pauses.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn it_begins_with_one_and_doubles() {
        let mut patience = Patience::default();
        let places: Vec<usize> = (0..6)
            .map(|_| {
                let places = patience.places(8);
                patience.note_success();
                places
            })
            .collect();
        assert_eq!(places, [1, 2, 4, 8, 8, 8]);
        patience.note_failure(SECOND, Jitter::NONE);
        assert_eq!(patience.places(8), 1);
        assert_eq!(patience.pause(SECOND), None, "one failure is none");
    }

    #[test]
    fn the_dead_are_left_alone_for_longer_and_longer() {
        let mut patience = Patience::default();
        let mut now = SECOND;
        for _ in 0..5 {
            assert_eq!(patience.pause(now), None);
            patience.note_failure(now, Jitter::NONE);
        }
        let mut pauses = Vec::new();
        for _ in 0..7 {
            let pause = patience.pause(now).unwrap();
            // What else was under way fails as well, and changes nothing.
            patience.note_failure(now, Jitter::NONE);
            assert_eq!(patience.pause(now), Some(pause));
            pauses.push(pause.as_secs());
            now += pause;
            assert_eq!(patience.pause(now), None);
            patience.note_failure(now, Jitter::NONE);
        }
        assert_eq!(pauses, [30, 60, 120, 240, 480, 600, 600]);
        assert!(patience.note_success());
        assert_eq!(patience.pause(now), None);
        assert!(!patience.note_success(), "only once");
    }
}
