//! A merchant's book: its two running balances, and what decides whether it may spend.

use crate::id::MerchantId;
use crate::ledger::{Account, Mutation, Transfer};
use crate::money::Rupiah;
use crate::refusal::{Fault, Refusal};
use crate::row::Row;
use crate::time::Timestamp;

/// The head of a merchant's book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Book {
    /// Whose.
    pub merchant_id: MerchantId,
    /// What may be spent.
    pub available: Rupiah,
    /// What pending orders hold.
    pub held: Rupiah,
    /// How far `available` may go below zero; never negative.
    pub credit_limit: Rupiah,
    /// The operator stopped new inquiries and orders.
    pub is_suspended: bool,
    /// How many transfers changed `available`.
    pub mutations: i64,
    /// Its merchant is told of its orders: it has had an endpoint, or has begun to read events. Nobody else's events are written.
    pub is_told: bool,
    /// How many events its merchant was told of.
    pub events: i64,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Book {
    /// An empty book.
    pub const fn open(merchant_id: MerchantId, now: Timestamp) -> Self {
        Self {
            merchant_id,
            available: Rupiah::ZERO,
            held: Rupiah::ZERO,
            credit_limit: Rupiah::ZERO,
            is_suspended: false,
            mutations: 0,
            is_told: false,
            events: 0,
            updated_at: now,
        }
    }

    /// Whether `amount` may leave `available`.
    pub fn check_covers(&self, amount: Rupiah) -> Result<(), Refusal> {
        match self.available.minus(amount) {
            Ok(after) if after >= self.credit_limit.negated() => Ok(()),
            Ok(_) | Err(_) => Err(Refusal::InsufficientBalance),
        }
    }

    /// Whether `amount` may come into `available`: what is held must find room there as well, when it comes back.
    pub fn check_has_room(&self, amount: Rupiah) -> Result<(), Refusal> {
        let all = self.available.plus(self.held).and_then(|all| all.plus(amount));
        all.map(|_| ()).map_err(|_| Refusal::AmountInvalid)
    }

    /// Writes a transfer into the book: moves the running balances and numbers the mutation.
    pub(super) fn post(&mut self, transfer: &mut Transfer) -> Result<(), Fault> {
        if transfer.merchant_id != self.merchant_id
            || transfer.debit == transfer.credit
            || !transfer.amount.is_positive()
        {
            return Err(Fault::Inconsistent("a transfer that its book cannot take"));
        }
        self.available = self.available.plus(transfer.change_of(Account::Available))?;
        self.held = self.held.plus(transfer.change_of(Account::Held))?;
        if self.held.is_negative() {
            return Err(Fault::Inconsistent("more left `held` than was there"));
        }
        if !transfer.change_of(Account::Available).is_zero() {
            self.mutations = self.mutations.checked_add(1).ok_or(Fault::Overflow)?;
            transfer.mutation = Some(Mutation { number: self.mutations, balance_after: self.available });
        }
        self.updated_at = self.updated_at.max(transfer.created_at);
        Ok(())
    }
}

impl Row for Book {
    type Key = MerchantId;
    const NAME: &'static str = "book";

    fn key(&self) -> MerchantId {
        self.merchant_id
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}
