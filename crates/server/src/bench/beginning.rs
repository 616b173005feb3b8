//! The beginning of a unit.

use std::time::Duration;

/// When a unit was to begin, when it could, and when it did.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    /// When it was planned.
    pub planned: Duration,
    /// Since when its connection waited for work.
    pub free_since: Duration,
    /// When it began.
    pub now: Duration,
}

impl Beginning {
    /// How late it is, whoever is to blame for it.
    pub fn delay(&self) -> Duration {
        self.now.saturating_sub(self.planned)
    }

    /// How late the generator itself is: it was time, and a connection was free.
    pub fn lateness(&self) -> Duration {
        self.now.saturating_sub(self.planned.max(self.free_since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_no_connection_is_not_late() {
        let at = Duration::from_millis;
        for (planned, free_since, now, delay, lateness) in
            [(100, 50, 100, 0, 0), (100, 50, 103, 3, 3), (100, 900, 900, 800, 0), (100, 900, 902, 802, 2)]
        {
            let beginning = Beginning { planned: at(planned), free_since: at(free_since), now: at(now) };
            assert_eq!((beginning.delay(), beginning.lateness()), (at(delay), at(lateness)), "{beginning:?}");
        }
    }
}
