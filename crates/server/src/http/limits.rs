//! How often anybody may ask: merchants by their number, strangers by their address.
//!
//! A merchant is counted only once it is authenticated, so that nobody can use up another's budget. A stranger's budget counts only
//! requests that fail authentication, and blocks none that pass: a shop behind the same address as an attacker keeps working.
//! Memory is bounded: one cell a merchant, and strangers' cells are dropped once their budgets are full again.

mod merchants;
mod strangers;

use std::net::IpAddr;

use app::Caller;

use self::merchants::Merchants;
use self::strangers::Strangers;
use super::codes::Code;
use super::problem::Problem;
use super::settings::Rates;

/// The budgets of everybody who asks.
#[derive(Debug)]
pub struct Limits {
    merchants: Merchants,
    strangers: Strangers,
}

impl Limits {
    /// Full budgets for all.
    pub fn new(rates: Rates) -> Self {
        Self {
            merchants: Merchants::new(rates.merchant_per_second),
            strangers: Strangers::new(rates.stranger_per_second),
        }
    }

    /// Takes one request from a merchant's budget.
    pub fn check_merchant(&self, caller: &Caller) -> Result<(), Problem> {
        let checked = self.merchants.check(caller.merchant_id, caller.rate_per_second);
        checked.map_err(|wait| Problem::new(Code::RateLimited).after(wait))
    }

    /// Takes one failed authentication from an address's budget.
    pub fn check_stranger(&self, address: IpAddr) -> Result<(), Problem> {
        self.strangers.check(address).map_err(|wait| Problem::new(Code::RateLimited).after(wait))
    }
}
