//! A merchant's program that asks now this node, now that one, as a load balancer has it, and remembers what it was told.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use serde_json::json;

use crate::chaos::{WAYS, Way};
use crate::harness::{Answer, Dice, Merchant};

/// The ways whose supplier may be asked about everything, and soon.
pub const WAYS_TAKEN: [Way; 2] = [WAYS[2], WAYS[3]];

/// A client.
pub struct Roamer {
    /// The merchant's `api_id`.
    pub api_id: &'static str,
    /// Everything that was asked for.
    pub references: Vec<Reference>,
    /// The merchant at each node.
    nodes: Vec<Merchant>,
    number: usize,
    dice: Dice,
}

/// What a client knows of one of its references.
#[derive(Debug)]
pub struct Reference {
    /// The reference.
    pub ref_id: String,
    customer_no: String,
    way: Way,
    /// Its inquiry was answered.
    is_quoted: bool,
    /// The order's state as it was told last.
    told: Option<String>,
}

impl Roamer {
    /// The merchant, at each node.
    pub const fn new(api_id: &'static str, nodes: Vec<Merchant>, number: usize, seed: u64) -> Self {
        Self { api_id, references: Vec::new(), nodes, number, dice: Dice::new(seed) }
    }

    /// Works until it is over, and tells of every answer that says that something was done. A node that doesn't answer is left for another.
    pub fn roam_until(&mut self, is_over: &AtomicBool, answered: &Sender<()>) {
        while !is_over.load(Ordering::Relaxed) {
            let roll = self.dice.below(100);
            let index = if roll < 70 || self.references.is_empty() { self.begin(answered) } else { self.pick() };
            if roll < 90 {
                self.pay(index, answered);
            }
            if roll > 60 {
                self.ask_status(index);
            }
        }
    }

    /// Asks every node about everything: they all say the same, which is what it was told.
    pub fn audit(&mut self) {
        for reference in &mut self.references {
            for node in &self.nodes {
                let answer = status(node, reference).unwrap();
                reference.note(&answer);
                assert!(answer.status < 500, "{}", answer.text);
            }
        }
    }

    fn pick(&self) -> usize {
        let length = self.references.len();
        let reach = if self.dice.happens(50) { length.min(10) } else { length };
        length - 1 - self.dice.index(reach)
    }

    fn begin(&mut self, answered: &Sender<()>) -> usize {
        let index = self.references.len();
        let way = self.dice.one_of(&WAYS_TAKEN);
        let customer_no = way.customer(self.number, index);
        // IAK takes a number of another operator, and fails with it by and by.
        let is_foreign = !way.is_bill() && self.dice.happens(20);
        let customer_no = if is_foreign { customer_no.replacen("0812", "0899", 1) } else { customer_no };
        let ref_id = format!("{}-{index}", self.number);
        self.references.push(Reference { ref_id, customer_no, way, is_quoted: false, told: None });
        if way.is_bill() {
            self.order("inquiry", index, answered);
        }
        index
    }

    /// Asks for the order, sometimes at two nodes one after the other.
    fn pay(&mut self, index: usize, answered: &Sender<()>) {
        let cmd = self.references[index].way.cmd;
        self.order(cmd, index, answered);
        if self.dice.happens(20) {
            self.order(cmd, index, answered);
        }
    }

    fn order(&mut self, cmd: &str, index: usize, answered: &Sender<()>) {
        let node = &self.nodes[self.dice.index(self.nodes.len())];
        let reference = &mut self.references[index];
        let answer = node.order(cmd, &reference.ref_id, reference.way.code, &reference.customer_no);
        let Ok(answer) = answer else { return };
        reference.note(&answer);
        if answer.status == 200 {
            // Nobody listens any more once it is over.
            let _ = answered.send(());
        }
    }

    fn ask_status(&mut self, index: usize) {
        let node = &self.nodes[self.dice.index(self.nodes.len())];
        let reference = &mut self.references[index];
        if let Ok(answer) = status(node, reference) {
            reference.note(&answer);
        }
    }
}

fn status(node: &Merchant, reference: &Reference) -> io::Result<Answer> {
    node.call("/v1/status", json!({ "cmd": "status", "ref_id": reference.ref_id }))
}

impl Reference {
    /// An answer to anything: it follows from what was told before.
    #[track_caller]
    fn note(&mut self, answer: &Answer) {
        match (answer.status, answer.code()) {
            (200, "BILL_INQUIRY_SUCCESS") => {
                assert!(self.told.is_none(), "an order was lost: {self:?}: {}", answer.text);
                self.is_quoted = true;
            }
            (200, _) => {
                let state = answer["status"].as_str().unwrap_or_else(|| panic!("{}", answer.text)).to_lowercase();
                self.expect_to_follow(&state, &answer.text);
                self.told = Some(state);
            }
            (500.., _) => {}
            (_, code) => {
                assert!(self.told.is_none(), "an order was lost: {self:?}: {}", answer.text);
                let is_expected = match code {
                    "INQUIRY_NOT_FOUND" | "ORDER_NOT_FOUND" => !self.is_quoted,
                    "PAYMENT_IN_PROGRESS" => true,
                    _ => false,
                };
                assert!(is_expected, "{self:?}: {}", answer.text);
            }
        }
    }

    /// What the database has, or nothing if it has none, follows from what was told.
    #[track_caller]
    pub fn compare(&self, status: Option<&str>, when: &str) {
        match status {
            Some(status) => self.expect_to_follow(status, when),
            None => assert!(self.told.is_none(), "an order was lost {when}: {self:?}"),
        }
    }

    #[track_caller]
    fn expect_to_follow(&self, state: &str, when: &str) {
        let follows = self.told.as_deref().is_none_or(|told| told == "pending" || told == state);
        assert!(follows, "what was final has changed: {self:?} is {state}, {when}");
    }
}
