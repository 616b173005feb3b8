//! A merchant's program that pays, one thing after the other, and remembers what it was told.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use crate::chaos::scene::Way;
use crate::harness::{Answer, Dice, Merchant};

/// How often an inquiry that came to nothing is made again.
const INQUIRIES: usize = 4;

/// One of them.
pub struct Payer {
    merchant: Merchant,
    way: Way,
    thread: usize,
    dice: Dice,
    /// Reference, customer, and the last status that was told.
    orders: Vec<(String, String, Option<String>)>,
}

impl Payer {
    /// One that pays in this way only.
    pub fn new(merchant: &Merchant, way: Way, thread: usize, seed: u64) -> Self {
        Self { merchant: merchant.clone(), way, thread, dice: Dice::new(seed), orders: Vec::new() }
    }

    /// Every order of which it was told.
    pub fn told(&self) -> impl Iterator<Item = (String, String)> {
        self.orders.iter().filter_map(|(ref_id, _, told)| Some((ref_id.clone(), told.clone()?)))
    }

    /// Pays until it is over or the connection breaks, and tells of every answer.
    pub fn pay_until(&mut self, is_over: &AtomicBool, answered: &Sender<()>) {
        let tell = || {
            // Nobody listens any more once it is over.
            let _ = answered.send(());
        };
        while !is_over.load(Ordering::Relaxed) && self.pay_something(&tell).is_ok() {}
    }

    fn pay_something(&mut self, tell: &impl Fn()) -> io::Result<()> {
        // Sometimes it asks again for what it asked for before, which never pays again.
        if !self.orders.is_empty() && self.dice.happens(20) {
            let latest = self.orders.len() - 1 - self.dice.index(self.orders.len().min(10));
            return self.order(latest).map(|_| tell());
        }
        let customer_no = self.way.customer(self.thread, self.orders.len());
        // IAK takes a number of another operator, and fails with it by and by.
        let is_foreign = !self.way.is_bill() && self.dice.happens(20);
        let customer_no = if is_foreign { customer_no.replacen("0812", "0899", 1) } else { customer_no };
        self.pay(&customer_no, tell)?;
        Ok(())
    }

    /// Pays for a customer with whom nothing goes wrong.
    pub fn pay_something_good(&mut self) -> io::Result<Answer> {
        self.pay(&self.way.customer(self.thread, self.orders.len()), &|| {})
    }

    /// Inquires, if it is a bill, and pays; answers with the last answer.
    pub fn pay(&mut self, customer_no: &str, tell: &impl Fn()) -> io::Result<Answer> {
        let index = self.orders.len();
        let ref_id = format!("{}-{}-{index}", self.way.code, self.thread);
        self.orders.push((ref_id.clone(), customer_no.to_owned(), None));
        if self.way.is_bill() {
            for _ in 0..INQUIRIES {
                let answer = self.merchant.order("inquiry", &ref_id, self.way.code, customer_no)?;
                tell();
                if answer.code() == "BILL_INQUIRY_SUCCESS" {
                    break;
                }
            }
        }
        let answer = self.order(index)?;
        tell();
        Ok(answer)
    }

    fn order(&mut self, index: usize) -> io::Result<Answer> {
        let (ref_id, customer_no, told) = &mut self.orders[index];
        let answer = self.merchant.order(self.way.cmd, ref_id, self.way.code, customer_no)?;
        if let (200, Some(status)) = (answer.status, answer["status"].as_str()) {
            *told = Some(status.to_uppercase());
        } else {
            assert!(told.is_none(), "{ref_id} was told as {told:?} before: {}", answer.text);
        }
        Ok(answer)
    }
}
