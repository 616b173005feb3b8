//! A merchant begins to be told of its orders.

use crate::command::Decide;
use crate::id::MerchantId;
use crate::ledger::Book;
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Write this merchant's events from now on: it reads them.
#[derive(Clone, Copy, Debug)]
pub struct BeginTelling {
    /// Whose.
    pub merchant_id: MerchantId,
}

impl Decide for BeginTelling {
    type Decision = Book;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.merchant_id);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Book, Refusal> {
        begin_telling(world, self.merchant_id, now)
    }
}

/// Has a merchant's events written from now on.
pub(super) fn begin_telling(world: &mut World, merchant_id: MerchantId, now: Timestamp) -> Result<Book, Refusal> {
    let book = world.books.get(&merchant_id)?.cloned().ok_or(Refusal::MerchantNotFound)?;
    if book.is_told {
        return Ok(book);
    }
    let told = Book { is_told: true, updated_at: book.updated_at.max(now), ..book };
    world.books.put(told.clone())?;
    Ok(told)
}
