//! Asks a supplier for what is left of our deposit: the harmless call that shows whether everything is right.

use app::{Context, read_supplier_balance};
use serde::{Deserialize, Serialize};

use super::find::find_channel;
use crate::control::{Progress, Refused, Request};

/// Asks now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadSupplierBalance {
    /// Whom.
    pub name: String,
}

/// What it answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SupplierBalance {
    /// Who.
    pub name: String,
    /// What is left there, in whole rupiah.
    pub balance: i64,
    /// It is below what the operator wants to be warned of.
    pub is_low: bool,
    /// For how long it does, at today's rate; absent where nobody can tell.
    pub hours_left: Option<u64>,
    /// How long the answer took.
    pub took_ms: u64,
}

impl Request for ReadSupplierBalance {
    type Answer = SupplierBalance;

    async fn execute(self, context: &Context, _: &Progress) -> Result<SupplierBalance, Refused> {
        let channel = find_channel(context, &self.name)?;
        let begun = context.time().monotonic();
        let asked = read_supplier_balance(context, &channel).await;
        let took = context.time().monotonic().saturating_sub(begun);
        let balance = asked.map_err(|fault| Refused(format!("{}: {fault}", self.name)))?;
        let low_balance = channel.profile.as_ref().and_then(|profile| profile.low_balance);
        Ok(SupplierBalance {
            name: self.name,
            balance: balance.get(),
            is_low: low_balance.is_some_and(|low| balance < low),
            hours_left: channel.purse().hours_left(context.time().now()),
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        })
    }
}
