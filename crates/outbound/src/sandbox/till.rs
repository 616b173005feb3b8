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
            let first = Payment { sent_at: line.at, scenario: Scenario::of(line.customer_no), event: line.event };
            let known = payments.get(line.supplier_ref).unwrap_or(first);
            payments.put(line.supplier_ref, Payment { event: line.event, ..known });
        })?;
        Ok(Self { payments, journal })
    }

    /// Takes a payment. One that it has already is not taken again: it is answered as it stands.
    pub fn send(&mut self, task: &Task, now: Timestamp) -> Answer {
        if self.payments.get(task.supplier_ref.as_str()).is_some() {
            return self.check(task, now);
        }
        let scenario = Scenario::of(task.customer_no.as_str());
        let payment = Payment { sent_at: now, scenario, event: scenario.event_at_once() };
        match self.record(task, payment, now) {
            Ok(()) if scenario == Scenario::AnswerLost => unknown("the answer was lost"),
            Ok(()) => answer(task, payment, now),
            Err(error) => unwritten(&error),
        }
    }

    /// What became of a payment.
    pub fn check(&mut self, task: &Task, now: Timestamp) -> Answer {
        let Some(mut payment) = self.payments.get(task.supplier_ref.as_str()) else { return Answer::NotReceived };
        let event = payment.scenario.event_in_the_end();
        if is_later(payment, now) && event != payment.event {
            payment.event = event;
            if let Err(error) = self.record(task, payment, now) {
                return unwritten(&error);
            }
        }
        answer(task, payment, now)
    }

    /// The record comes first: what could not be written did not happen.
    fn record(&mut self, task: &Task, payment: Payment, now: Timestamp) -> io::Result<()> {
        let supplier_ref = task.supplier_ref.as_str();
        self.journal.append(&RecordLine {
            at: now,
            event: payment.event,
            supplier_ref,
            kind: task.kind,
            sku: &task.sku,
            customer_no: task.customer_no.as_str(),
            cost: task.cost,
        })?;
        self.payments.put(supplier_ref, payment);
        Ok(())
    }
}

fn answer(task: &Task, payment: Payment, now: Timestamp) -> Answer {
    match payment.event {
        RecordEvent::Pending => unknown("pending at the sandbox"),
        RecordEvent::Paid => {
            let is_without_sn = payment.scenario == Scenario::SnLater && !is_later(payment, now);
            Answer::Confirmed {
                sn: (!is_without_sn).then(|| sn_of(task).into()),
                cost: Some(task.cost),
                ask_again: payment.scenario == Scenario::RefundedLater,
            }
        }
        RecordEvent::Refused => Answer::Refused { code: "REFUSED".into() },
        RecordEvent::Refunded => Answer::Refunded { code: "REFUNDED".into() },
    }
}

fn is_later(payment: Payment, now: Timestamp) -> bool {
    now.since(payment.sent_at) >= Scenario::WAIT
}

fn unknown(why: &str) -> Answer {
    Answer::Unknown { why: Arc::from(why) }
}

fn unwritten(error: &io::Error) -> Answer {
    unknown(&format!("the sandbox cannot write its record: {error}"))
}
