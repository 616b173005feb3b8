//! Makes the identities that Loket gives: numbers of orders and vouchers, references at suppliers, server-made `ref_id`s, keys.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::id::{CauseId, RefId, SupplierRef};
use domain::signature::webhook::WebhookSecret;
use domain::time::Timestamp;

use crate::seams::Random;

/// 2020-01-01 00:00:00 UTC in milliseconds: numbers count from here, so that they stay below 2^53 until 2089.
const EPOCH_MS: i64 = 1_577_836_800_000;
/// The bits below the milliseconds: which node, and a sequence of 64 numbers. A node that gives more takes them from the next millisecond.
const NODE_BITS: u32 = 6;
const SEQUENCE_BITS: u32 = 6;
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Makes identities. Numbers increase with time and never repeat: of nodes that run at once, each has a number of its own in them, and
/// whoever has it next goes on after all that were given before.
pub struct Ids {
    random: Arc<dyn Random>,
    /// Milliseconds since 2020 and the sequence of the number that was given last.
    newest: AtomicI64,
}

impl Ids {
    /// Goes on after `newest`, the highest number in the store.
    pub fn after(newest: CauseId, random: Arc<dyn Random>) -> Self {
        let ids = Self { random, newest: AtomicI64::new(0) };
        ids.go_on_after(newest);
        ids
    }

    /// Gives only numbers above `newest` from now on.
    pub fn go_on_after(&self, newest: CauseId) {
        let milliseconds = newest.0 >> (NODE_BITS + SEQUENCE_BITS);
        let last_of_them = (milliseconds << SEQUENCE_BITS) | ((1 << SEQUENCE_BITS) - 1);
        self.newest.fetch_max(if newest.0 == 0 { 0 } else { last_of_them }, Ordering::Relaxed);
    }

    /// A number for an order or a voucher: milliseconds since 2020, this node's number, then a sequence.
    pub fn number(&self, node: u8, now: Timestamp) -> i64 {
        let by_time = now.micros().div_euclid(1_000).saturating_sub(EPOCH_MS).max(0) << SEQUENCE_BITS;
        let next = |newest: i64| Some(by_time.max(newest.saturating_add(1)));
        let before = self.newest.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).unwrap_or_default();
        let given = by_time.max(before.saturating_add(1));
        let (milliseconds, sequence) = (given >> SEQUENCE_BITS, given & ((1 << SEQUENCE_BITS) - 1));
        (((milliseconds << NODE_BITS) | i64::from(node)) << SEQUENCE_BITS) | sequence
    }

    /// Our reference for a question to a supplier: nine letters and digits that say when (so that the newest stand together in an index),
    /// then 100 random bits in twenty more.
    pub fn supplier_ref(&self, now: Timestamp) -> Option<SupplierRef> {
        let milliseconds = now.micros().div_euclid(1_000).saturating_sub(EPOCH_MS).max(0);
        let when = (0..9).rev().filter_map(|place| {
            let letter = usize::try_from((milliseconds >> (5 * place)) & 31).ok()?;
            LETTERS.get(letter).map(|letter| char::from(*letter))
        });
        SupplierRef::parse(&when.chain(self.text::<20>().chars()).collect::<String>())
    }

    /// Eight random bits.
    pub fn byte(&self) -> u8 {
        let mut byte = [0];
        self.random.fill(&mut byte);
        let [byte] = byte;
        byte
    }

    /// Thirty-two random bits.
    pub fn random(&self) -> u32 {
        let mut bytes = [0; 4];
        self.random.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    /// The secret of a merchant's endpoint.
    pub fn webhook_secret(&self) -> WebhookSecret {
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        WebhookSecret::from_random(bytes)
    }

    /// A `ref_id` for a merchant who sent none.
    pub fn ref_id(&self) -> Option<RefId> {
        RefId::parse(&format!("LKT-{}", self.text::<20>()))
    }

    /// Any other random text of letters and digits, five random bits each.
    pub fn text<const LENGTH: usize>(&self) -> String {
        let mut bytes = [0_u8; LENGTH];
        self.random.fill(&mut bytes);
        bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte & 31))).map(|letter| char::from(*letter)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seams::SeededRandom;

    #[test]
    fn numbers_increase_even_if_time_does_not() {
        let now = Timestamp::parse_wib("2026-05-31 12:00:00").unwrap();
        let ids = Ids::after(CauseId(0), Arc::new(SeededRandom::new(1)));
        let first = ids.number(0, now);
        assert_eq!(ids.number(0, now), first + 1);
        assert_eq!(ids.number(0, now.minus(std::time::Duration::from_hours(1))), first + 2);
        assert!(first < 1 << 53);
        let restarted = Ids::after(CauseId(first + 2), Arc::new(SeededRandom::new(1)));
        assert!(restarted.number(0, now) > first + 2);
    }

    #[test]
    fn nodes_never_give_the_same_number_however_many_they_give() {
        let now = Timestamp::parse_wib("2026-05-31 12:00:00").unwrap();
        let mut given = std::collections::HashSet::new();
        let mut newest = 0;
        for node in [0, 1, 63, 1] {
            let ids = Ids::after(CauseId(newest), Arc::new(SeededRandom::new(1)));
            let numbers: Vec<i64> = (0..1_000).map(|_| ids.number(node, now)).collect();
            assert!(numbers.is_sorted() && numbers[0] > newest);
            assert!(numbers.iter().all(|number| given.insert(*number)), "node {node} gave one twice");
            // Only the second of the two with number 1 goes on after the first; the others begin at once.
            newest = if node == 63 { given.iter().copied().max().unwrap() } else { 0 };
        }
    }
}
