//! A client who does what clients do, notes every answer, and remembers.

use std::io;
use std::sync::mpsc::Sender;

use serde_json::{Value, json};

use crate::harness::{Answer, Dice, Merchant, Settled};

/// Products of which every 12-digit number that begins with 08 may be asked.
const BILLS: [&str; 4] = ["MPBPJS", "MPPLN", "MPPDAM", "MPHALO"];
const PURCHASES: [(&str, &str); 4] =
    [("prepaid", "TSEL21"), ("prepaid", "PLN20"), ("prepaid", "OVO20"), ("game", "ML86")];
const MAGIC: [u64; 7] = [9005, 9006, 9007, 9008, 9009, 9010, 9011];
/// A bill that everybody wants, so that they meet.
const CONTESTED: u64 = 3;

/// A client.
pub struct Shopper {
    /// Which merchant's.
    pub merchant_id: i64,
    /// In testing mode.
    pub is_testing: bool,
    /// The merchant.
    pub merchant: Merchant,
    /// Everything that was asked for.
    pub references: Vec<Reference>,
    number: u64,
    dice: Dice,
    /// How many references were there when the last life began.
    audited: usize,
    /// Older ones that were touched in this life.
    touched: Vec<usize>,
    /// The same merchant on a second connection.
    twin: Merchant,
}

/// What a client knows of one of its references.
#[derive(Debug)]
pub struct Reference {
    /// The reference.
    pub ref_id: String,
    cmd: &'static str,
    code: &'static str,
    customer_no: String,
    /// The inquiry that was told.
    inquiry: Option<Value>,
    /// The order as it was told last.
    told: Option<Value>,
    /// A request that may have made an order has no answer.
    is_unknown: bool,
}

impl Shopper {
    /// A client with dice of its own.
    pub fn new(number: u64, merchant_id: i64, merchant: Merchant, seed: u64) -> Self {
        Self {
            merchant_id,
            is_testing: false,
            twin: merchant.clone(),
            merchant,
            references: Vec::new(),
            number,
            dice: Dice::new(seed),
            audited: 0,
            touched: Vec::new(),
        }
    }

    /// The same, whose merchant is in testing mode.
    pub fn in_testing(self) -> Self {
        Self { is_testing: true, twin: self.merchant.testing(), ..self }
    }

    /// Works until a connection breaks, and tells of each answer.
    pub fn work_until_it_breaks(&mut self, answered: &Sender<()>) {
        while self.work(answered).is_ok() {}
    }

    /// How many orders it was told of.
    pub fn count_told(&self) -> usize {
        self.references.iter().filter(|reference| reference.told.is_some()).count()
    }

    /// Does one thing. An error if the connection breaks.
    pub fn work(&mut self, answered: &Sender<()>) -> io::Result<()> {
        let roll = self.dice.below(100);
        let index = if roll < 75 || self.references.is_empty() {
            self.begin(roll < 45, answered)?
        } else {
            // Old ones as well as the latest.
            let length = self.references.len();
            let reach = if self.dice.happens(50) { length.min(10) } else { length };
            length - 1 - self.dice.index(reach)
        };
        self.touched.push(index);
        if roll >= 90 {
            return self.ask_status(index).inspect(|()| tell(answered));
        }
        self.pay(index, answered)
    }

    /// Something new: a bill with its inquiry, or a purchase.
    fn begin(&mut self, is_bill: bool, answered: &Sender<()>) -> io::Result<usize> {
        let index = self.references.len();
        let suffix = if self.dice.happens(40) { self.dice.one_of(&MAGIC) } else { self.dice.below(9_000) };
        let mut customer_no = format!("08{}{:05}{suffix:04}", self.number, index % 100_000);
        if self.dice.happens(15) {
            customer_no = format!("0890000{:05}", self.dice.below(CONTESTED));
        }
        let (cmd, code) = if is_bill { ("pay-pasca", self.dice.one_of(&BILLS)) } else { self.dice.one_of(&PURCHASES) };
        let ref_id = format!("{}-{}-{index}", self.number, if is_bill { "INQ" } else { "TRX" });
        self.references.push(Reference {
            ref_id,
            cmd,
            code,
            customer_no,
            inquiry: None,
            told: None,
            is_unknown: false,
        });
        if is_bill {
            let reference = &mut self.references[index];
            let answer = self.merchant.order("inquiry", &reference.ref_id, code, &reference.customer_no)?;
            tell(answered);
            match answer.code() {
                "BILL_INQUIRY_SUCCESS" => reference.inquiry = Some(answer.data().clone()),
                "PAYMENT_IN_PROGRESS" | "BILL_ALREADY_PAID" | "INTERNAL_ERROR" => {}
                _ => panic!("{}", answer.text),
            }
        }
        Ok(index)
    }

    /// Asks for the order, sometimes twice at once.
    fn pay(&mut self, index: usize, answered: &Sender<()>) -> io::Result<()> {
        let reference = &mut self.references[index];
        let was_unknown = std::mem::replace(&mut reference.is_unknown, true);
        let Reference { ref_id, cmd, code, customer_no, .. } = &*reference;
        let (first, second) = if self.dice.happens(10) {
            let twin = &self.twin;
            std::thread::scope(|scope| {
                let second = scope.spawn(|| twin.order(cmd, ref_id, code, customer_no));
                (self.merchant.order(cmd, ref_id, code, customer_no), Some(second.join().unwrap()))
            })
        } else {
            (self.merchant.order(cmd, ref_id, code, customer_no), None)
        };
        let is_alone = second.is_none();
        for answer in [Some(first), second].into_iter().flatten() {
            let answer = answer?;
            tell(answered);
            reference.note_order(&answer, is_alone, was_unknown);
        }
        Ok(())
    }

    fn ask_status(&mut self, index: usize) -> io::Result<()> {
        let reference = &mut self.references[index];
        let answer = self.merchant.call("/v1/status", json!({ "cmd": "status", "ref_id": reference.ref_id }))?;
        reference.note_status(&answer);
        Ok(())
    }

    /// Asks about everything that was touched since the last death, and about some older ones.
    pub fn audit_recent(&mut self) {
        let mut indexes = std::mem::take(&mut self.touched);
        indexes.extend(self.audited..self.references.len());
        if !self.references.is_empty() {
            indexes.extend((0..10).map(|_| self.dice.index(self.references.len())));
        }
        indexes.sort_unstable();
        indexes.dedup();
        for index in indexes {
            self.ask_status(index).unwrap();
        }
        self.audited = self.references.len();
    }

    /// Asks about everything, and asks for everything that was ordered once more.
    pub fn audit_all(&mut self) {
        for index in 0..self.references.len() {
            self.ask_status(index).unwrap();
            let reference = &mut self.references[index];
            if reference.told.is_some() {
                let Reference { ref_id, cmd, code, customer_no, .. } = &*reference;
                let answer = self.merchant.order(cmd, ref_id, code, customer_no).unwrap();
                reference.note_order(&answer, true, false);
            }
        }
    }
}

impl Reference {
    /// An answer to a request for the order.
    fn note_order(&mut self, answer: &Answer, is_alone: bool, was_unknown: bool) {
        match answer.status {
            200 => self.note_data(answer),
            500 => {}
            _ => {
                assert!(self.told.is_none(), "{} was told before: {}", self.describe(), answer.text);
                let is_expected = match answer.code() {
                    "INQUIRY_NOT_FOUND" => self.inquiry.is_none(),
                    "PAYMENT_IN_PROGRESS" | "BILL_ALREADY_PAID" => self.cmd == "pay-pasca",
                    "DUPLICATE_ORDER" => self.cmd != "pay-pasca",
                    "INSUFFICIENT_BALANCE" => true,
                    _ => false,
                };
                assert!(is_expected, "{}: {}", self.describe(), answer.text);
                // An order that is there is answered before anything else is looked at: so there is none. But of two that were sent
                // at once, the other may have made it meanwhile; and so may one that was on its way when its client gave up.
                if is_alone || !was_unknown {
                    self.is_unknown = !is_alone;
                }
            }
        }
    }

    fn note_status(&mut self, answer: &Answer) {
        match answer.code() {
            "BILL_INQUIRY_SUCCESS" => {
                assert!(self.told.is_none(), "an order was lost: {}: {}", self.describe(), answer.text);
                let told = self.inquiry.get_or_insert_with(|| answer.data().clone());
                assert_eq!(told, answer.data(), "the inquiry says something else");
            }
            "ORDER_NOT_FOUND" | "INQUIRY_EXPIRED" => {
                assert!(self.told.is_none(), "an order was lost: {}: {}", self.describe(), answer.text);
                let is_lost = answer.code() == "ORDER_NOT_FOUND" && self.inquiry.is_some();
                assert!(!is_lost, "an inquiry was lost: {}: {}", self.describe(), answer.text);
            }
            _ => self.note_data(answer),
        }
    }

    /// The order, as it is now: it follows from what was told before.
    fn note_data(&mut self, answer: &Answer) {
        assert_eq!(answer.status, 200, "{}: {}", self.describe(), answer.text);
        let data = answer.data();
        assert_eq!(data["ref_id"], json!(self.ref_id), "{}", answer.text);
        let state = state_of(data);
        let code = format!("{}_{state}", if self.cmd == "pay-pasca" { "BILL_PAYMENT" } else { "ORDER" });
        assert_eq!(answer.code(), code, "{}", answer.text);
        if let Some(inquiry) = &self.inquiry {
            for member in ["customer_no", "customer_name", "code", "tagihan", "admin", "total", "desc"] {
                assert_eq!(data[member], inquiry[member], "not what was quoted: {}", answer.text);
            }
        }
        if let Some(before) = &self.told {
            self.expect_to_follow(before, data);
        } else {
            assert!(self.is_unknown, "an order that was refused: {}: {}", self.describe(), answer.text);
        }
        self.told = Some(data.clone());
        self.is_unknown = false;
    }

    fn expect_to_follow(&self, before: &Value, after: &Value) {
        let describe = || format!("{}: {after}", self.describe());
        let was_reversed = self.customer_no.ends_with("9011") && state_of(after) == "FAILED";
        match (state_of(before).as_str(), state_of(after).as_str()) {
            ("PENDING", _) | ("SUCCESS", "SUCCESS") | ("FAILED", "FAILED") => {}
            ("SUCCESS", "FAILED") if was_reversed => assert!(after["refunded_at"].is_string(), "{}", describe()),
            _ => panic!("what was final has changed: {}", describe()),
        }
        assert!(before["sn"].is_null() || before["sn"] == after["sn"], "another proof: {}", describe());
        let (mut before, mut after) = (before.clone(), after.clone());
        for members in [&mut before, &mut after] {
            let members = members.as_object_mut().unwrap();
            members.remove("status");
            members.remove("sn");
            members.remove("refunded_at");
        }
        assert_eq!(before, after, "{}", self.describe());
    }

    /// What the database has is what was told, or follows from it; what was refused is not there.
    pub fn compare(&self, order: Option<&Settled>, when: &str) {
        let describe = || format!("{when}: {} {order:?}", self.describe());
        let Some(order) = order else {
            assert!(self.told.is_none(), "an order was lost {}", describe());
            return;
        };
        assert_eq!(order.customer_no, self.customer_no, "{}", describe());
        let Some(told) = &self.told else {
            assert!(self.is_unknown, "an order that was refused {}", describe());
            return;
        };
        let is_followed = match state_of(told).as_str() {
            "PENDING" => true,
            "SUCCESS" if self.customer_no.ends_with("9011") => ["success", "refunded"].contains(&order.status.as_str()),
            "SUCCESS" => order.status == "success",
            _ => ["failed", "refunded"].contains(&order.status.as_str()),
        };
        assert!(is_followed, "{}", describe());
        assert!(told["sn"].is_null() || told["sn"].as_str() == order.sn.as_deref(), "{}", describe());
        let amount = told["total"].as_i64().or(told["price"].as_i64());
        assert_eq!(amount, Some(order.amount), "{}", describe());
    }

    fn describe(&self) -> String {
        format!("{self:?}")
    }
}

fn state_of(data: &Value) -> String {
    data["status"].as_str().unwrap_or_default().to_uppercase()
}

fn tell(answered: &Sender<()>) {
    // Nobody listens any more once the server is to die.
    let _ = answered.send(());
}
