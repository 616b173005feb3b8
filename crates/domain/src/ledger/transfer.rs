//! One movement of money from one account to another.

use crate::id::{CauseId, MerchantId};
use crate::ledger::Account;
use crate::money::Rupiah;
use crate::time::Timestamp;

/// What a transfer does for its cause. Unique per cause, slot and leg: a settlement can't happen twice, nor both ways.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Slot {
    /// The amount leaves `available` when the order is accepted.
    Hold,
    /// It is captured **or** released, once.
    Settle,
    /// A settlement is undone, once.
    Reverse,
    /// The house bears the cost of a success for which the merchant doesn't pay, once.
    Bear,
    /// A deposit or an adjustment.
    Voucher,
}

/// The trace that a change of `available` leaves in the merchant's own list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mutation {
    /// 1 for a book's first; dense, so that a page of the list is found without counting.
    pub number: i64,
    /// `available` afterwards.
    pub balance_after: Rupiah,
}

/// One movement: `amount` leaves `debit` and arrives at `credit`. Never changed once written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transfer {
    /// In whose book.
    pub merchant_id: MerchantId,
    /// For what.
    pub cause_id: CauseId,
    /// Doing what.
    pub slot: Slot,
    /// Which part of it, from 0.
    pub leg: u8,
    /// Where the money leaves.
    pub debit: Account,
    /// Where it arrives.
    pub credit: Account,
    /// How much; always more than nothing.
    pub amount: Rupiah,
    /// When.
    pub created_at: Timestamp,
    /// Present if, and only if, `available` is one of the sides.
    pub mutation: Option<Mutation>,
}

impl Transfer {
    /// By how much it changes an account.
    pub fn change_of(&self, account: Account) -> Rupiah {
        if self.debit == account {
            self.amount.negated()
        } else if self.credit == account {
            self.amount
        } else {
            Rupiah::ZERO
        }
    }
}
