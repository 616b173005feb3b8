//! What happened, counted while it happens.
//!
//! Two rules, since one question is how much was done and the other is how long it took: a *count* takes what ended within
//! the window; a *latency* is of what began or ended within it. What ends late must not be left out, since it is what took
//! longest; nor what began early, since under overload nothing else ends.

use std::collections::BTreeMap;
use std::time::Duration;

use super::answer::Answer;
use super::asked::Asked;
use super::beginning::Beginning;
use super::latencies::Latencies;
use super::spending::Spending;
use super::step::Step;
use super::window::Window;

/// The record of a run.
pub struct Recorder {
    window: Window,
    /// How long each kind of request took until it was done.
    pub steps: BTreeMap<Step, Latencies>,
    /// How long whole units took.
    pub units: Latencies,
    /// How long it took to be told anything but success.
    pub refusals: Latencies,
    /// How long successes took from when their bytes left, without the wait for a connection.
    pub sent_successes: Latencies,
    /// The same for all other answers.
    pub sent_refusals: Latencies,
    /// How late units began, since no connection was free or the generator was late.
    pub delays: Latencies,
    /// How late they began though a connection was free.
    pub lateness: Latencies,
    /// What the merchants were told that they paid, at any time.
    pub spending: Spending,
    /// Answers by their code.
    pub codes: BTreeMap<String, u64>,
    /// Answers of all kinds.
    pub answered: u64,
    /// Whole units.
    pub done: u64,
    /// Connections that broke, each with a request of which nothing is known.
    pub broken: u64,
    /// Whole units, the warm-up and what came after the window included: so many must be in the books.
    pub done_in_all: u64,
    /// Units that began at any time and have not ended.
    pub under_way: u64,
}

impl Recorder {
    /// Records what is within this window.
    pub fn new(window: Window) -> Self {
        Self {
            window,
            steps: BTreeMap::new(),
            units: Latencies::new(),
            refusals: Latencies::new(),
            sent_successes: Latencies::new(),
            sent_refusals: Latencies::new(),
            delays: Latencies::new(),
            lateness: Latencies::new(),
            spending: Spending::default(),
            codes: BTreeMap::new(),
            answered: 0,
            done: 0,
            broken: 0,
            done_in_all: 0,
            under_way: 0,
        }
    }

    /// What counts.
    pub fn window(&self) -> Window {
        self.window
    }

    /// The load is over: what comes now is seen, and isn't counted.
    pub fn end(&mut self, now: Duration) {
        self.window.ends = self.window.ends.min(now);
    }

    /// A unit begins.
    pub fn unit_began(&mut self, beginning: Beginning) {
        self.under_way += 1;
        if self.is_timed(beginning.planned, beginning.now) {
            self.delays.record(beginning.delay());
            self.lateness.record(beginning.lateness());
        }
    }

    /// A request leaves.
    pub fn asked(&mut self, asked: Asked) {
        self.spending.asked(asked.step, asked.merchant);
    }

    /// A request was answered. Returns whether it was done; if not, its unit ends with it.
    pub fn answered(&mut self, asked: Asked, answer: Answer<'_>, ended: Duration) -> bool {
        let Asked { step, merchant, began, sent } = asked;
        let is_done = answer.code == step.success_code();
        self.spending.answered(step, merchant, answer);
        if self.window.contains(ended) {
            self.answered += 1;
            self.count(answer);
        }
        if self.is_timed(began, ended) {
            let (whole, sent_latencies) = if is_done {
                (self.steps.entry(step).or_insert_with(Latencies::new), &mut self.sent_successes)
            } else {
                (&mut self.refusals, &mut self.sent_refusals)
            };
            whole.record(ended.saturating_sub(began));
            sent_latencies.record(ended.saturating_sub(sent));
        }
        if !is_done {
            self.unit_ended();
        }
        is_done
    }

    /// All requests of a unit were done.
    pub fn unit_done(&mut self, began: Duration, ended: Duration) {
        self.unit_ended();
        self.done_in_all += 1;
        if self.window.contains(ended) {
            self.done += 1;
        }
        if self.is_timed(began, ended) {
            self.units.record(ended.saturating_sub(began));
        }
    }

    /// A connection broke, or could not be made, and its unit ends with it.
    pub fn broken(&mut self, now: Duration) {
        self.unit_ended();
        if self.window.contains(now) {
            self.broken += 1;
        }
    }

    fn is_timed(&self, began: Duration, ended: Duration) -> bool {
        self.window.contains(began) || self.window.contains(ended)
    }

    fn unit_ended(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// Without an allocation, but for the first of a code.
    fn count(&mut self, answer: Answer<'_>) {
        if let Some(count) = self.codes.get_mut(answer.code) {
            *count += 1;
        } else if answer.code.is_empty() {
            *self.codes.entry(format!("HTTP {}", answer.status)).or_default() += 1;
        } else {
            self.codes.insert(answer.code.to_owned(), 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { begins: Duration::from_secs(1), ends: Duration::from_secs(2) };

    fn answer(code: &str) -> Answer<'_> {
        Answer { status: 200, code, body: b"" }
    }

    fn asked(step: Step, began: Duration) -> Asked {
        Asked { step, merchant: 0, began, sent: began }
    }

    #[test]
    fn what_ended_in_the_window_counts_and_what_began_or_ended_in_it_is_timed() {
        let mut recorder = Recorder::new(WINDOW);
        let millis = Duration::from_millis;
        for (began, ended) in [(500, 900), (500, 1_500), (1_500, 1_600), (1_900, 5_000), (2_000, 2_100)] {
            assert!(recorder.answered(asked(Step::Balance, millis(began)), answer("SUCCESS"), millis(ended)));
            recorder.unit_done(millis(began), millis(ended));
        }
        assert_eq!((recorder.answered, recorder.done, recorder.done_in_all), (2, 2, 5));
        assert_eq!(recorder.codes, BTreeMap::from([("SUCCESS".to_owned(), 2)]));
        let timed = recorder.units.summary().expect("three of them");
        assert_eq!((timed.count, timed.p50_us / 10_000, timed.max_us / 10_000), (3, 100, 310));
    }

    #[test]
    fn the_wait_for_a_connection_is_the_answers_but_not_the_servers() {
        let mut recorder = Recorder::new(WINDOW);
        let millis = Duration::from_millis;
        let late = Asked { sent: millis(1_700), ..asked(Step::Balance, millis(1_200)) };
        assert!(recorder.answered(late, answer("SUCCESS"), millis(1_701)));
        let max_ms = |latencies: &Latencies| latencies.summary().map(|summary| summary.max_us / 1_000);
        assert_eq!(max_ms(&recorder.steps[&Step::Balance]), Some(501));
        assert_eq!(max_ms(&recorder.sent_successes), Some(1));
    }

    #[test]
    fn refusals_are_timed_apart() {
        let mut recorder = Recorder::new(WINDOW);
        let at = WINDOW.begins;
        for refusal in [answer("OVERLOADED"), answer(""), Answer { status: 502, ..answer("") }] {
            assert!(!recorder.answered(asked(Step::Payment, at), refusal, at));
        }
        assert!(recorder.steps.is_empty());
        assert_eq!(recorder.refusals.summary().map(|summary| summary.count), Some(3));
        assert!(recorder.sent_successes.summary().is_none());
        assert_eq!(
            recorder.codes.keys().map(String::as_str).collect::<Vec<_>>(),
            ["HTTP 200", "HTTP 502", "OVERLOADED"]
        );
    }
}
