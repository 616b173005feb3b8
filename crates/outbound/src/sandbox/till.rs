//! The sandbox's till: takes payments, once each, and knows what became of them.

use std::io;
use std::path::Path;
use std::sync::Arc;

use domain::answer::Answer;
use domain::time::Timestamp;

use crate::sandbox::payments::{Payment, Payments};
use crate::sandbox::record::{Journal, RecordEvent, RecordLine};
use crate::sandbox::scenario::Scenario;
use crate::sandbox::sn::sn_of;
use crate::supplier::Task;

/// Memory and record together: what the one says, the other says.
#[derive(Debug)]
pub struct Till {
    payments: Payments,
    journal: Journal,
}

impl Till {
    /// A till that remembers what stands in its record.
    pub fn open(record: Option<&Path>) -> io::Result<Self> {
        let mut payments = Payments::default();
        let journal = Journal::open(record, |line| {
            payments.note(&line);
        })?;
        Ok(Self { payments, journal })
    }

    /// Takes a payment. One that it has already is not taken again: it is answered as it stands.
    pub fn send(&mut self, task: &Task, now: Timestamp) -> Answer {
        if let Some(payment) = self.payments.get(task.supplier_ref.as_str()) {
            return self.look_after(payment, task, now);
        }
        let event = Scenario::of(task.customer_no.as_str()).event_at_once();
        match self.record(event, task, now) {
            Ok(payment) if payment.scenario == Scenario::AnswerLost => unknown("the answer was lost"),
            Ok(payment) => answer(payment, task, now),
            Err(error) => unwritten(&error),
        }
    }

    /// What became of a payment.
    pub fn check(&mut self, task: &Task, now: Timestamp) -> Answer {
        match self.payments.get(task.supplier_ref.as_str()) {
            Some(payment) => self.look_after(payment, task, now),
            // Only who remembers everything can say that it never was: said wrongly, the payment would be sent again.
            None if self.payments.has_forgotten() || !self.journal.is_read_whole() => {
                unknown("too long ago to remember")
            }
            None => Answer::NotReceived,
        }
    }

    /// Lets happen what is due, and answers.
    fn look_after(&mut self, payment: Payment, task: &Task, now: Timestamp) -> Answer {
        let event = payment.scenario.event_in_the_end();
        if payment.event == event || !is_due(payment, now) {
            return answer(payment, task, now);
        }
        match self.record(event, task, now) {
            Ok(payment) => answer(payment, task, now),
            Err(error) => unwritten(&error),
        }
    }

    /// The record comes first: what could not be written did not happen.
    fn record(&mut self, event: RecordEvent, task: &Task, now: Timestamp) -> io::Result<Payment> {
        let line = RecordLine {
            at: now,
            event,
            supplier_ref: task.supplier_ref.as_str(),
            kind: task.kind,
            sku: &task.sku,
            customer_no: task.customer_no.as_str(),
            cost: task.cost,
        };
        self.journal.append(&line)?;
        Ok(self.payments.note(&line))
    }
}

fn answer(payment: Payment, task: &Task, now: Timestamp) -> Answer {
    match payment.event {
        RecordEvent::Pending => unknown("pending at the sandbox"),
        RecordEvent::Paid => {
            let is_without_sn = payment.scenario == Scenario::SnLater && !is_due(payment, now);
            Answer::Confirmed {
                sn: (!is_without_sn).then(|| sn_of(task).into()),
                cost: Some(task.cost),
                desc: None,
                ask_again: payment.scenario == Scenario::RefundedLater,
            }
        }
        RecordEvent::Refused => Answer::Refused { code: "REFUSED".into(), nothing_created: false },
        RecordEvent::Refunded => Answer::Refunded { code: "REFUNDED".into() },
    }
}

/// Whether what its number makes happen later is due.
fn is_due(payment: Payment, now: Timestamp) -> bool {
    now.since(payment.sent_at) >= Scenario::WAIT
}

fn unknown(why: &str) -> Answer {
    Answer::Unknown { why: Arc::from(why) }
}

fn unwritten(error: &io::Error) -> Answer {
    unknown(&format!("the sandbox cannot write its record: {error}"))
}
