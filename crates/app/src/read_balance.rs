//! What a merchant may spend.

use std::sync::Arc;

use domain::money::Rupiah;
use domain::refusal::Refusal;
use domain::time::Timestamp;

use crate::context::Context;
use crate::directory::Caller;
use crate::error::CallError;

/// A merchant's balance at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Balance {
    /// The merchant's name.
    pub name: Arc<str>,
    /// What may be spent.
    pub available: Rupiah,
    /// What pending orders hold; not part of `available`.
    pub held: Rupiah,
    /// The moment.
    pub checked_at: Timestamp,
}

/// Answers with the caller's balance.
pub async fn read_balance(context: &Context, caller: &Caller) -> Result<Balance, CallError> {
    let merchant_id = caller.merchant_id;
    let book = context.read(move |snapshot| snapshot.book(merchant_id)).await?.ok_or(Refusal::MerchantNotFound)?;
    Ok(Balance {
        name: caller.name.clone(),
        available: book.available,
        held: book.held,
        checked_at: context.time.now(),
    })
}
