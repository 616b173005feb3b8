//! When units begin: as soon as a connection is free (closed loop), or when they arrive (open loop).
//!
//! In an open loop a thread of its own lets arrivals in, evenly spaced, since a runtime's timers are no finer than a millisecond. A unit
//! begins, for all measurements, when it was planned to arrive: not when the thread woke, nor when a connection was free.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use app::seams::Clock;
use tokio::sync::Semaphore;

use super::window::Window;

/// No shorter sleeps between arrivals; those that are closer come in together. What it adds to a latency is at most this.
const FINEST_SLEEP: Duration = Duration::from_micros(100);

/// Hands out beginnings, to all connections.
pub struct Pace {
    clock: Arc<dyn Clock>,
    window: Window,
    /// Units that may still begin within the window.
    left: AtomicU64,
    arrivals: Option<Arrivals>,
}

/// The arrivals of an open loop.
struct Arrivals {
    first: Duration,
    per_second: u64,
    /// One permit for each that has come in and was not begun.
    waiting: Semaphore,
    begun: AtomicU64,
}

impl Pace {
    /// Paces a run that begins now: at most `count` units within the window, and `rate` of them a second if that is given.
    pub fn new(clock: Arc<dyn Clock>, window: Window, count: u64, rate: Option<u64>) -> Self {
        let arrivals = rate.map(|per_second| Arrivals {
            first: clock.monotonic(),
            per_second: per_second.max(1),
            waiting: Semaphore::new(0),
            begun: AtomicU64::new(0),
        });
        Self { clock, window, left: AtomicU64::new(count), arrivals }
    }

    /// Waits for the next beginning and says when it is, or was. `None` when nothing is to begin any more.
    pub async fn next(&self) -> Option<Duration> {
        let begins = match &self.arrivals {
            Some(arrivals) => arrivals.next().await?,
            None => self.clock.monotonic(),
        };
        let is_over = begins >= self.window.ends || begins >= self.window.begins && !self.take_one();
        if is_over {
            self.stop();
        }
        (!is_over).then_some(begins)
    }

    /// Lets arrivals in until the run is over. Blocks its thread; returns at once in a closed loop.
    pub fn let_arrive(&self) {
        let Some(arrivals) = &self.arrivals else { return };
        let mut came = 0;
        while !arrivals.waiting.is_closed() {
            let now = self.clock.monotonic();
            let due = arrivals.due_by(now);
            arrivals.waiting.add_permits(usize::try_from(due - came).unwrap_or(0));
            came = due;
            let pause = arrivals.planned(due).saturating_sub(now).max(FINEST_SLEEP);
            #[expect(
                clippy::disallowed_methods,
                reason = "the one thread that may block, finer than the runtime's timers"
            )]
            std::thread::sleep(pause);
        }
    }

    /// Nothing begins any more; what has arrived and waits is given up.
    pub fn stop(&self) {
        if let Some(arrivals) = &self.arrivals {
            arrivals.waiting.close();
        }
    }

    /// How many arrivals of a run that ended by its time were never begun.
    pub fn given_up(&self) -> u64 {
        match &self.arrivals {
            Some(arrivals) if self.window.ends < Duration::MAX => {
                let due = arrivals.due_by(self.window.ends.saturating_sub(Duration::from_nanos(1)));
                due.saturating_sub(arrivals.begun.load(Ordering::Relaxed))
            }
            _ => 0,
        }
    }

    fn take_one(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

impl Arrivals {
    async fn next(&self) -> Option<Duration> {
        self.waiting.acquire().await.ok()?.forget();
        Some(self.planned(self.begun.fetch_add(1, Ordering::Relaxed)))
    }

    /// When the `number`th arrives, counted from 0.
    fn planned(&self, number: u64) -> Duration {
        let rest = number % self.per_second * 1_000_000_000 / self.per_second;
        self.first + Duration::from_secs(number / self.per_second) + Duration::from_nanos(rest)
    }

    /// How many are planned up to a moment.
    fn due_by(&self, moment: Duration) -> u64 {
        let since = moment.saturating_sub(self.first);
        let in_last_second = u64::from(since.subsec_nanos()) * self.per_second / 1_000_000_000;
        // The first one comes at once.
        since.as_secs() * self.per_second + in_last_second + 1
    }
}

#[cfg(test)]
mod tests {
    use app::seams::ManualClock;
    use domain::time::Timestamp;

    use super::*;

    const WINDOW: Window = Window { begins: Duration::from_secs(1), ends: Duration::from_secs(2) };

    fn clock() -> ManualClock {
        ManualClock::at(Timestamp::from_seconds(0))
    }

    #[tokio::test]
    async fn a_closed_loop_begins_now_until_its_time_is_over() {
        let clock = clock();
        let pace = Pace::new(Arc::new(clock.clone()), WINDOW, u64::MAX, None);
        assert_eq!(pace.next().await, Some(Duration::ZERO));
        clock.advance(Duration::from_millis(1_999));
        assert_eq!(pace.next().await, Some(Duration::from_millis(1_999)));
        clock.advance(Duration::from_millis(1));
        assert_eq!(pace.next().await, None);
    }

    #[tokio::test]
    async fn a_count_begins_after_the_warm_up() {
        let clock = clock();
        let pace = Pace::new(Arc::new(clock.clone()), WINDOW, 1, None);
        assert!(pace.next().await.is_some() && pace.next().await.is_some());
        clock.advance(Duration::from_secs(1));
        assert_eq!(pace.next().await, Some(Duration::from_secs(1)));
        assert_eq!(pace.next().await, None);
    }

    #[tokio::test]
    async fn an_open_loop_begins_when_planned_however_late_it_is() {
        let clock = clock();
        let pace = Pace::new(Arc::new(clock.clone()), WINDOW, u64::MAX, Some(3));
        clock.advance(Duration::from_millis(900));
        let arrivals = pace.arrivals.as_ref().expect("an open loop");
        arrivals.waiting.add_permits(usize::try_from(arrivals.due_by(clock.monotonic())).expect("few"));
        for nanos in [0, 333_333_333, 666_666_666] {
            assert_eq!(pace.next().await, Some(Duration::from_nanos(nanos)));
        }
        assert_eq!(arrivals.waiting.available_permits(), 0);
        pace.stop();
        assert_eq!(pace.next().await, None);
        assert_eq!(pace.given_up(), 3, "at 1, 1.33 and 1.67 s");
    }
}
