//! What of the operator's deposit there is left.

use domain::money::Rupiah;
use serde::Deserialize;

use crate::wire::{Field, Unreadable};

#[derive(Deserialize)]
struct Deposit {
    deposit: Field,
}

/// Reads it. It comes as a float, and may be below nothing.
pub fn read(data: &Field) -> Result<Rupiah, Unreadable> {
    let Deposit { deposit } = data.nested()?.ok_or(Unreadable)?;
    deposit.balance()?.ok_or(Unreadable)
}
