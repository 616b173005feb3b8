//! Adds a merchant and opens its book.

use std::sync::Arc;

use crate::command::Decide;
use crate::endpoint::{Endpoint, Endpoints};
use crate::id::{ApiId, MerchantId};
use crate::ledger::Book;
use crate::merchant::{Merchant, SealedKeys};
use crate::refusal::Refusal;
use crate::revision::Listing;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Add a merchant. That `api_id` is unique is the store's rule; callers look first.
#[derive(Clone, Debug)]
pub struct RegisterMerchant {
    /// Its number.
    pub merchant_id: MerchantId,
    /// Its name.
    pub name: Arc<str>,
    /// The public half of its credentials.
    pub api_id: ApiId,
    /// The secret half.
    pub keys: SealedKeys,
    /// Addresses or networks that may call; empty: any.
    pub allowed_networks: Vec<Arc<str>>,
    /// Where it is told of its orders.
    pub endpoints: Vec<Endpoint>,
}

impl Decide for RegisterMerchant {
    type Decision = Merchant;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.merchant_id);
        reads.merchants.push(self.merchant_id);
        reads.endpoints.push(self.merchant_id);
        reads.revisions.extend([Listing::Merchants, Listing::Endpoints]);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Merchant, Refusal> {
        if world.merchants.get(&self.merchant_id)?.is_some() {
            return Err(Refusal::MerchantExists);
        }
        let merchant = Merchant {
            merchant_id: self.merchant_id,
            name: self.name.clone(),
            api_id: self.api_id.clone(),
            keys: self.keys.clone(),
            previous_keys: None,
            allowed_networks: self.allowed_networks.clone(),
            signs_with_previous: false,
            rate_per_second: None,
            tier: None,
            created_at: now,
            updated_at: now,
        };
        world.merchants.put(merchant.clone())?;
        world.revise(Listing::Merchants, now)?;
        world.books.put(Book { is_told: !self.endpoints.is_empty(), ..Book::open(self.merchant_id, now) })?;
        if !self.endpoints.is_empty() {
            let endpoints = Endpoints { merchant_id: self.merchant_id, list: self.endpoints.clone() };
            endpoints.check()?;
            world.endpoints.put(endpoints)?;
            world.revise(Listing::Endpoints, now)?;
        }
        Ok(merchant)
    }
}
