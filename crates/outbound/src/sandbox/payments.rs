//! What the sandbox remembers of the payments it was sent: what the lines of its record say, no more and no less, so that a restart
//! can't change it.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use domain::time::Timestamp;

use crate::sandbox::record::{RecordEvent, RecordLine};
use crate::sandbox::scenario::Scenario;

/// Half of what is remembered. It just fits a table of 2^19 slots, 13 MB.
const GENERATION: usize = 450_000;

/// A payment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Payment {
    /// When it was first sent.
    pub sent_at: Timestamp,
    /// What its customer number makes happen.
    pub scenario: Scenario,
    /// What happened last.
    pub event: RecordEvent,
}

/// The payments by their `supplier_ref`, of which only 64 bits of a hash are kept: 25 bytes a payment.
///
/// The latest 450,000 to 900,000 are remembered; older ones are forgotten, those that are pending last.
#[derive(Debug, Default)]
pub struct Payments {
    young: HashMap<u64, Payment>,
    old: HashMap<u64, Payment>,
    has_forgotten: bool,
}

impl Payments {
    /// The payment under a reference.
    pub fn get(&self, supplier_ref: &str) -> Option<Payment> {
        let key = key_of(supplier_ref);
        self.young.get(&key).or_else(|| self.old.get(&key)).copied()
    }

    /// Whether there was ever a payment that is not remembered any more.
    pub const fn has_forgotten(&self) -> bool {
        self.has_forgotten
    }

    /// Notes an event; a reference's first makes the payment. Answers how the payment stands now.
    pub fn note(&mut self, line: &RecordLine<'_>) -> Payment {
        let key = key_of(line.supplier_ref);
        if let Some(known) = self.old.get_mut(&key) {
            known.event = line.event;
            return *known;
        }
        let first = || Payment { sent_at: line.at, scenario: Scenario::of(line.customer_no), event: line.event };
        let known = self.young.entry(key).or_insert_with(first);
        known.event = line.event;
        let payment = *known;
        if self.young.len() >= GENERATION {
            self.forget_old();
        }
        payment
    }

    fn forget_old(&mut self) {
        let is_pending = |entry: &(u64, Payment)| entry.1.event == RecordEvent::Pending;
        // Even what is pending is bounded, so that each generation has room for new ones.
        let remembered = self.old.len();
        let kept: Vec<(u64, Payment)> = self.old.drain().filter(is_pending).take(GENERATION / 2).collect();
        self.has_forgotten |= kept.len() < remembered;
        std::mem::swap(&mut self.young, &mut self.old);
        self.young.extend(kept);
    }
}

fn key_of(supplier_ref: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(supplier_ref)
}

#[cfg(test)]
mod tests {
    use domain::money::Rupiah;
    use domain::product::ProductKind;

    use super::*;

    fn line(event: RecordEvent, supplier_ref: &str) -> RecordLine<'_> {
        RecordLine {
            at: Timestamp::default(),
            event,
            supplier_ref,
            kind: ProductKind::Prepaid,
            sku: "TSEL21",
            customer_no: "08123456789",
            cost: Rupiah::ZERO,
        }
    }

    #[test]
    fn the_oldest_settled_payments_are_forgotten_first() {
        let mut payments = Payments::default();
        payments.note(&line(RecordEvent::Pending, "pending"));
        payments.note(&line(RecordEvent::Paid, "paid"));
        for number in 0..2 * GENERATION {
            payments.note(&line(RecordEvent::Paid, &number.to_string()));
        }
        assert_eq!(payments.get("pending").map(|payment| payment.event), Some(RecordEvent::Pending));
        assert_eq!(payments.get("paid"), None);
        assert!(payments.has_forgotten());
        assert!(payments.get(&(2 * GENERATION - 1).to_string()).is_some());
        assert!(payments.young.len() + payments.old.len() <= 2 * GENERATION);
    }
}
