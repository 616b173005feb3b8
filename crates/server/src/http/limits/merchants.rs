//! The budget of each merchant.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use domain::id::MerchantId;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use parking_lot::RwLock;

/// One budget a merchant, at the server's rate or its own. There are as many as merchants that ever called since the start.
#[derive(Debug)]
pub struct Merchants {
    rate_per_second: u32,
    budgets: RwLock<HashMap<MerchantId, Budget>>,
    clock: DefaultClock,
}

#[derive(Clone, Debug)]
struct Budget {
    rate_per_second: u32,
    limiter: Arc<DefaultDirectRateLimiter>,
}

impl Budget {
    fn new(rate_per_second: u32) -> Self {
        let rate = NonZeroU32::new(rate_per_second).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(rate).allow_burst(rate.saturating_mul(NonZeroU32::MIN.saturating_add(1)));
        Self { rate_per_second, limiter: Arc::new(RateLimiter::direct(quota)) }
    }
}

impl Merchants {
    /// Full budgets, at this rate unless a merchant has its own.
    pub fn new(rate_per_second: u32) -> Self {
        Self { rate_per_second, budgets: RwLock::default(), clock: DefaultClock::default() }
    }

    /// Takes one request from a budget; otherwise, how long to wait for the next.
    pub fn check(&self, merchant_id: MerchantId, own_rate: Option<u32>) -> Result<(), Duration> {
        let limiter = self.limiter(merchant_id, own_rate.unwrap_or(self.rate_per_second));
        limiter.check().map_err(|not_until| not_until.wait_time_from(self.clock.now()))
    }

    /// The limiter of a merchant; a new one if its rate was changed.
    fn limiter(&self, merchant_id: MerchantId, rate_per_second: u32) -> Arc<DefaultDirectRateLimiter> {
        let is_current = |budget: &&Budget| budget.rate_per_second == rate_per_second;
        if let Some(budget) = self.budgets.read().get(&merchant_id).filter(is_current) {
            return Arc::clone(&budget.limiter);
        }
        let mut budgets = self.budgets.write();
        let budget = budgets.entry(merchant_id).or_insert_with(|| Budget::new(rate_per_second));
        if budget.rate_per_second != rate_per_second {
            *budget = Budget::new(rate_per_second);
        }
        Arc::clone(&budget.limiter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of so many requests at once are let through.
    fn passed(merchants: &Merchants, merchant_id: i64, own_rate: Option<u32>, requests: usize) -> usize {
        (0..requests).filter(|_| merchants.check(MerchantId(merchant_id), own_rate).is_ok()).count()
    }

    #[test]
    fn a_burst_is_twice_the_rate_and_each_merchant_has_its_own() {
        // So slow that nothing comes back while the test runs.
        let merchants = Merchants::new(1);
        assert_eq!(passed(&merchants, 1, None, 10), 2);
        assert_eq!(passed(&merchants, 2, Some(3), 10), 6);
        assert_eq!(passed(&merchants, 2, Some(4), 10), 8, "a new rate is a new budget");
        let wait = merchants.check(MerchantId(1), None).unwrap_err();
        assert!(wait <= Duration::from_secs(1), "{wait:?}");
    }

    #[test]
    fn a_rate_of_nothing_is_the_least_there_is() {
        assert_eq!(passed(&Merchants::new(0), 1, None, 10), 2);
    }
}
