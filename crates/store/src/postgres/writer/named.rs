//! What a batch reads, in the order in which it is locked.

use std::collections::BTreeSet;

use domain::id::MerchantId;
use domain::world::Reads;

/// The keys of one kind, sorted, each once.
pub fn sorted<K: Ord>(keys: &[K]) -> Vec<&K> {
    let mut keys: Vec<&K> = keys.iter().collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The merchants of whose rows a batch names any. Whoever writes rows of a merchant's holds the lock of its book, named or not, so that
/// these rows need no locks of their own.
pub fn merchants(reads: &Reads) -> BTreeSet<MerchantId> {
    let mut merchants: BTreeSet<MerchantId> = reads.books.iter().copied().collect();
    merchants.extend(&reads.merchants);
    merchants.extend(&reads.endpoints);
    merchants.extend(reads.inquiries.iter().map(|key| key.merchant_id));
    merchants.extend(reads.orders.iter().map(|key| key.merchant_id));
    merchants.extend(reads.attempts.iter().map(|key| key.merchant_id));
    merchants.extend(reads.duplicates.iter().map(|key| key.merchant_id));
    merchants.extend(reads.vouchers.iter().map(|key| key.merchant_id));
    merchants.extend(reads.dispatches.iter().map(|key| key.merchant_id));
    merchants
}
