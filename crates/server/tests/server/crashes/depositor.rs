//! An operator who deposits while the server dies. Each deposit has its own reference, so that it can be asked for again.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use crate::harness::Loket;

/// What each deposit brings.
const AMOUNT: i64 = 1_000;
/// How many at most between two deaths.
const COMMANDS: usize = 8;

/// The operator.
pub struct Depositor {
    api_id: &'static str,
    begun: usize,
    /// The numbers of those that were said to be done.
    done: Vec<usize>,
}

impl Depositor {
    /// For this merchant.
    pub const fn new(api_id: &'static str) -> Self {
        Self { api_id, begun: 0, done: Vec::new() }
    }

    /// The next deposits, not yet made.
    pub fn commands(&self, loket: &Loket) -> Vec<Command> {
        (self.begun..self.begun + COMMANDS).map(|number| self.command(loket, number)).collect()
    }

    fn command(&self, loket: &Loket, number: usize) -> Command {
        let (amount, reference) = (AMOUNT.to_string(), format!("R-{number}"));
        let mut command =
            loket.command(&["deposit", self.api_id, &amount, "--note", "x", "--reference", &reference, "--json"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Makes deposits until it is over. One whose server dies fails, or makes itself at home in the directory: either is fine.
    pub fn work(&mut self, commands: Vec<Command>, is_over: &AtomicBool) {
        for mut command in commands {
            if is_over.load(Ordering::Relaxed) {
                return;
            }
            if command.status().unwrap().success() {
                self.done.push(self.begun);
            }
            self.begun += 1;
        }
    }

    /// Asks for every deposit again, once: those that were done are not done again.
    pub fn repeat_all(&self, loket: &Loket) {
        for number in 0..self.begun {
            let (amount, reference) = (AMOUNT.to_string(), format!("R-{number}"));
            let answer = loket.json(&["deposit", self.api_id, &amount, "--note", "x", "--reference", &reference]);
            if self.done.contains(&number) {
                assert_eq!(answer["repeated"], json!(true), "an acknowledged deposit was lost: {answer}");
            }
        }
    }

    /// What all of them together bring.
    pub fn total(&self) -> i64 {
        AMOUNT * i64::try_from(self.begun).unwrap()
    }
}
