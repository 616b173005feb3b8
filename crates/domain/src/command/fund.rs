//! Moves money into or out of a book because a person said so: a deposit or an adjustment.

use std::sync::Arc;

use crate::command::Decide;
use crate::id::CauseId;
use crate::ledger::{Book, movements};
use crate::money::Rupiah;
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::voucher::{Voucher, VoucherKey, VoucherKind};
use crate::world::{Reads, World};

/// Deposit or adjust. The same key with the same amount again changes nothing.
#[derive(Clone, Debug)]
pub struct Fund {
    /// Whose book, and the caller's identity for it.
    pub key: VoucherKey,
    /// The cause under which its transfer stands, if it becomes one.
    pub cause_id: CauseId,
    /// Deposit or adjustment.
    pub kind: VoucherKind,
    /// What `available` changes by; a deposit is positive.
    pub amount: Rupiah,
    /// The person's words.
    pub note: Arc<str>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Funded {
    /// The voucher, as it was first written.
    pub voucher: Voucher,
    /// The book now.
    pub book: Book,
    /// It was written before; nothing was changed now.
    pub is_repeat: bool,
}

impl Decide for Fund {
    type Decision = Funded;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.key.merchant_id);
        reads.vouchers.push(self.key.clone());
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Funded, Refusal> {
        let merchant_id = self.key.merchant_id;
        if let Some(voucher) = world.vouchers.get(&self.key)? {
            if voucher.kind != self.kind || voucher.amount != self.amount {
                return Err(Refusal::VoucherConflict);
            }
            let book = world.books.get(&merchant_id)?.cloned().ok_or(Refusal::MerchantNotFound)?;
            return Ok(Funded { voucher: voucher.clone(), book, is_repeat: true });
        }
        let book = match self.kind {
            VoucherKind::Deposit => movements::deposit(world, merchant_id, self.cause_id, self.amount, now)?,
            VoucherKind::Adjustment => movements::adjust(world, merchant_id, self.cause_id, self.amount, now)?,
        };
        let voucher = Voucher {
            key: self.key.clone(),
            cause_id: self.cause_id,
            kind: self.kind,
            amount: self.amount,
            note: self.note.clone(),
            created_at: now,
        };
        world.vouchers.put(voucher.clone())?;
        Ok(Funded { voucher, book, is_repeat: false })
    }
}
