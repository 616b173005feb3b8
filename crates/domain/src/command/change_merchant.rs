//! Changes a merchant's profile, or what its book lets it do.

use std::sync::Arc;

use crate::command::Decide;
use crate::id::{MerchantId, Tier};
use crate::ledger::Book;
use crate::merchant::{Merchant, PreviousKeys, SealedKeys};
use crate::money::Rupiah;
use crate::refusal::Refusal;
use crate::revision::Listing;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// One change.
#[derive(Clone, Debug)]
pub enum MerchantChange {
    /// Another name.
    Name(Arc<str>),
    /// Other addresses or networks that may call; empty: any.
    AllowedNetworks(Vec<Arc<str>>),
    /// Another rate, or the server's default.
    RatePerSecond(Option<u32>),
    /// Another price tier, or none.
    Tier(Option<Tier>),
    /// New keys; the old ones hold until the given moment.
    Keys(SealedKeys, Timestamp),
    /// It signed a request with these keys. Nothing, if they were replaced meanwhile.
    SignsWith(SealedKeys),
    /// How far `available` may go below zero.
    CreditLimit(Rupiah),
    /// No new inquiries and orders.
    Suspend,
    /// New inquiries and orders again.
    Resume,
}

/// Change a merchant.
#[derive(Clone, Debug)]
pub struct ChangeMerchant {
    /// Which.
    pub merchant_id: MerchantId,
    /// How; in this order.
    pub changes: Vec<MerchantChange>,
}

impl Decide for ChangeMerchant {
    type Decision = Merchant;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.merchant_id);
        reads.merchants.push(self.merchant_id);
        reads.revisions.push(Listing::Merchants);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Merchant, Refusal> {
        let mut merchant = world.merchants.get(&self.merchant_id)?.cloned().ok_or(Refusal::MerchantNotFound)?;
        let mut book = world.books.get(&self.merchant_id)?.cloned().ok_or(Refusal::MerchantNotFound)?;
        for change in &self.changes {
            change_one(&mut merchant, &mut book, change)?;
        }
        merchant.updated_at = now;
        book.updated_at = now;
        world.merchants.put(merchant.clone())?;
        world.revise(Listing::Merchants, now)?;
        world.books.put(book)?;
        Ok(merchant)
    }
}

fn change_one(merchant: &mut Merchant, book: &mut Book, change: &MerchantChange) -> Result<(), Refusal> {
    match change {
        MerchantChange::Name(name) => merchant.name = name.clone(),
        MerchantChange::AllowedNetworks(networks) => merchant.allowed_networks.clone_from(networks),
        MerchantChange::SignsWith(keys) => merchant.signs_with_previous &= *keys != merchant.keys,
        MerchantChange::RatePerSecond(rate) => merchant.rate_per_second = *rate,
        MerchantChange::Tier(tier) => merchant.tier.clone_from(tier),
        MerchantChange::Keys(keys, previous_valid_until) => {
            let old = std::mem::replace(&mut merchant.keys, keys.clone());
            merchant.previous_keys = Some(PreviousKeys { keys: old, valid_until: *previous_valid_until });
            merchant.signs_with_previous = true;
        }
        MerchantChange::CreditLimit(limit) if limit.is_negative() => return Err(Refusal::AmountInvalid),
        MerchantChange::CreditLimit(limit) => book.credit_limit = *limit,
        MerchantChange::Suspend => book.is_suspended = true,
        MerchantChange::Resume => book.is_suspended = false,
    }
    Ok(())
}
