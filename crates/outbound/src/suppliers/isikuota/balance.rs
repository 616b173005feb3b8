//! What of our deposit there is left: section 7 of the contract.

use domain::money::Rupiah;
use serde::Deserialize;

use crate::supplier::CallFault;
use crate::suppliers::isikuota::envelope::Envelope;
use crate::wire::Field;

#[derive(Deserialize)]
struct BalanceData {
    #[serde(default)]
    balance: Field,
}

/// What may be spent. Below nothing within a credit limit.
pub fn read(answer: &Envelope) -> Result<Rupiah, CallFault> {
    let balance = answer.data::<BalanceData>().and_then(|data| data.balance.balance().ok().flatten());
    balance.ok_or_else(|| CallFault::Unreadable("its balance can't be read".into()))
}
