//! References and customer numbers that were never used before.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use app::seams::Random;

/// The last four digits by which the sandbox chooses an outcome (section 9 of the API's contract): 9001 and what follows.
const FIRST_MAGIC: u64 = 9001;
const MAGIC_ENDINGS: u64 = 14;
const ENDINGS: u64 = 10_000;
/// The endings that simply succeed.
const PLAIN_ENDINGS: u64 = ENDINGS - MAGIC_ENDINGS;
/// Eight digits of a customer number are counted, which lasts for 99 million of them.
const COUNTED: u64 = 100_000_000;

/// Makes the numbers of one run. Runs differ by chance: another beginning for the customers, another for the references.
pub struct Numbers {
    /// Four digits that all customer numbers of this run share.
    customers: u64,
    references: u64,
    used: AtomicU64,
}

/// What one bill or order is known by. Made once for a connection and filled again and again.
#[derive(Debug, Default)]
pub struct Order {
    /// The merchant's reference.
    pub ref_id: String,
    /// Twelve digits, of which a product's customer number ends.
    pub customer: String,
}

impl Numbers {
    /// Begins a run.
    pub fn new(random: &dyn Random) -> Self {
        let mut bytes = [0; 8];
        random.fill(&mut bytes);
        let chance = u64::from_le_bytes(bytes);
        Self { customers: 1_000 + chance % 9_000, references: chance, used: AtomicU64::new(0) }
    }

    /// Gives `order` the numbers of the next one.
    pub fn next_into(&self, order: &mut Order) {
        let number = self.used.fetch_add(1, Ordering::Relaxed);
        order.ref_id.clear();
        order.customer.clear();
        // Writing to a String can't fail.
        let _ = write!(order.ref_id, "bench-{:016x}-{number}", self.references);
        let _ = write!(order.customer, "{:04}{:08}", self.customers, without_magic(number) % COUNTED);
    }
}

/// The `number`th of all numbers whose last four digits are not magic.
fn without_magic(number: u64) -> u64 {
    let ending = number % PLAIN_ENDINGS;
    let ending = if ending < FIRST_MAGIC { ending } else { ending + MAGIC_ENDINGS };
    number / PLAIN_ENDINGS * ENDINGS + ending
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use app::seams::SeededRandom;

    use super::*;

    #[test]
    fn customer_numbers_are_distinct_and_never_magic() {
        let numbers = Numbers::new(&SeededRandom::new(1));
        let mut order = Order::default();
        let mut seen = HashSet::new();
        for _ in 0..30_000 {
            numbers.next_into(&mut order);
            assert_eq!(order.customer.len(), 12, "{order:?}");
            let ending: u64 = order.customer[8..].parse().expect("digits");
            assert!(!(9001..=9014).contains(&ending), "{order:?}");
            assert!(seen.insert(order.customer.clone()), "{order:?}");
        }
        assert!(seen.iter().any(|customer| customer.ends_with("9000")));
        assert!(seen.iter().any(|customer| customer.ends_with("9015")));
    }

    #[test]
    fn references_differ_within_a_run_and_between_runs() {
        let runs = [1, 2].map(|seed| Numbers::new(&SeededRandom::new(seed)));
        let mut seen = HashSet::new();
        for numbers in &runs {
            for _ in 0..100 {
                let mut order = Order::default();
                numbers.next_into(&mut order);
                assert!(order.ref_id.len() <= 64, "{order:?}");
                assert!(seen.insert(order.ref_id));
            }
        }
    }
}
