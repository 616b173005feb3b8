//! `check-balance`: what is left of the operator's deposit.

use domain::money::Rupiah;
use serde::Deserialize;
use serde_json::json;

use crate::supplier::CallFault;
use crate::suppliers::iak::answer::read;
use crate::suppliers::iak::call::Call;
use crate::suppliers::iak::connection::Connection;
use crate::suppliers::iak::fault::{check_accepted, heard};
use crate::wire::Field;

#[derive(Deserialize, Default)]
#[serde(default)]
struct BalanceAnswer {
    balance: Field,
    rc: Field,
}

/// Asks.
pub async fn balance(connection: &Connection) -> Result<Rupiah, CallFault> {
    let spoken = connection.ask(&Call::BALANCE, "bl", json!({})).await;
    meaning(&heard(spoken.reply)?)
}

/// What the answer means.
pub fn meaning(body: &str) -> Result<Rupiah, CallFault> {
    let answer: BalanceAnswer = read(body).map_err(|why| CallFault::Unreadable(why.into()))?;
    check_accepted(&answer.rc)?;
    match answer.balance.balance() {
        Ok(Some(balance)) => Ok(balance),
        Ok(None) | Err(_) => Err(CallFault::Unreadable("no balance in the answer".into())),
    }
}
