//! Notices that a supplier is in trouble, and leaves it alone for a while.

use std::time::Duration;

/// So many silences in a row, and it is left alone. A silence leaves money hanging, so few are enough.
const MOST_SILENCES: u32 = 5;
/// So many refusals in a row that say that the supplier can't do it. They cost nothing but time.
const MOST_REFUSALS: u32 = 20;
/// For how long at first; doubled each time the trial fails.
const FIRST_PAUSE: Duration = Duration::from_secs(15);
/// For how long at most.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// What an answer says about the supplier's health.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// It works, whatever it said.
    Fine,
    /// It says that it can't do such things now.
    Refusal,
    /// No answer, or none that makes sense.
    Silence,
}

/// Closed: all pass. Open: none, for a while; then one, whose outcome decides.
#[derive(Clone, Copy, Debug, Default)]
pub struct Circuit {
    silences: u32,
    refusals: u32,
    open: Option<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    until: Duration,
    pause: Duration,
    has_trial: bool,
}

impl Circuit {
    /// Whether one more may pass at this monotonic moment. The first after the pause is the trial; should its outcome never be told, the
    /// next one follows a pause later.
    pub fn admits(&mut self, now: Duration) -> bool {
        match &mut self.open {
            None => true,
            Some(open) if now < open.until => false,
            Some(open) => {
                open.has_trial = true;
                open.until = now.saturating_add(open.pause);
                true
            }
        }
    }

    /// Whether it has opened and not closed since: what passes is a trial.
    pub const fn is_on_trial(&self) -> bool {
        self.open.is_some()
    }

    /// The trial led to nothing that could be told of: the next one may pass at once. Nothing happens if it was told of.
    pub fn give_back(&mut self) {
        if let Some(open) = self.open.as_mut().filter(|open| open.has_trial) {
            open.has_trial = false;
            open.until = open.until.saturating_sub(open.pause);
        }
    }

    /// Whether nothing passes at this moment, without taking the trial.
    pub fn is_open(&self, now: Duration) -> bool {
        self.open.is_some_and(|open| now < open.until)
    }

    /// Something that passed turned out like this.
    pub fn note(&mut self, mark: Mark, now: Duration) {
        match mark {
            Mark::Fine => *self = Self::default(),
            Mark::Refusal => self.refusals = self.refusals.saturating_add(1),
            Mark::Silence => self.silences = self.silences.saturating_add(1),
        }
        if self.silences >= MOST_SILENCES || self.refusals >= MOST_REFUSALS {
            self.trip(now);
        }
    }

    fn trip(&mut self, now: Duration) {
        let pause = match self.open {
            // What was under way when it opened proves nothing new.
            Some(open) if !open.has_trial => return,
            Some(open) => open.pause.saturating_mul(2).min(LONGEST_PAUSE),
            None => FIRST_PAUSE,
        };
        self.open = Some(Open { until: now.saturating_add(pause), pause, has_trial: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn tripped() -> Circuit {
        let mut circuit = Circuit::default();
        for _ in 0..MOST_SILENCES {
            assert!(circuit.admits(at(0)));
            circuit.note(Mark::Silence, at(0));
        }
        circuit
    }

    #[test]
    fn silences_open_it_sooner_than_refusals() {
        assert!(!tripped().admits(at(14)));
        let mut circuit = Circuit::default();
        for _ in 1..MOST_REFUSALS {
            circuit.note(Mark::Refusal, at(0));
        }
        assert!(circuit.admits(at(0)));
        circuit.note(Mark::Refusal, at(0));
        assert!(!circuit.admits(at(0)));
    }

    #[test]
    fn a_trial_that_was_none_is_given_back() {
        let mut circuit = tripped();
        assert!(circuit.admits(at(15)));
        circuit.give_back();
        assert!(circuit.admits(at(15)), "the next one");
        assert!(!circuit.admits(at(15)), "only one");
        circuit.note(Mark::Silence, at(16));
        circuit.give_back();
        assert!(!circuit.admits(at(45)), "its outcome was told");
    }

    #[test]
    fn one_success_closes_it() {
        let mut circuit = tripped();
        assert!(circuit.admits(at(15)), "the trial");
        assert!(!circuit.admits(at(15)), "only one");
        circuit.note(Mark::Fine, at(16));
        assert!(circuit.admits(at(16)) && circuit.admits(at(16)));
    }

    #[test]
    fn a_failed_trial_doubles_the_pause_up_to_a_limit() {
        let mut circuit = tripped();
        let (mut now, mut pause) = (at(0), at(15));
        for _ in 0..8 {
            now = now.saturating_add(pause);
            assert!(!circuit.is_open(now) && circuit.admits(now));
            circuit.note(Mark::Silence, now);
            pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
            assert!(circuit.is_open(now.saturating_add(pause).saturating_sub(at(1))));
        }
        assert_eq!(pause, LONGEST_PAUSE);
    }

    #[test]
    fn a_trial_that_is_never_told_of_is_followed_by_another() {
        let mut circuit = tripped();
        assert!(circuit.admits(at(15)));
        assert!(!circuit.admits(at(29)));
        assert!(circuit.admits(at(30)));
    }

    #[test]
    fn what_was_under_way_does_not_make_the_pause_longer() {
        let mut circuit = tripped();
        circuit.note(Mark::Silence, at(1));
        assert!(circuit.admits(at(15)));
    }
}
