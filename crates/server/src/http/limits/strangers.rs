//! The budget of each address whose requests fail authentication.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// After so many failures the cells of budgets that are full again are dropped.
const FAILURES_BETWEEN_PRUNINGS: u32 = 4_096;

/// One budget an address; one a /64 network for IPv6, of which a single customer commonly has all addresses.
#[derive(Debug)]
pub struct Strangers {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    failures: AtomicU32,
    clock: DefaultClock,
}

impl Strangers {
    /// Full budgets for all.
    pub fn new(rate_per_second: u32) -> Self {
        let rate = NonZeroU32::new(rate_per_second).unwrap_or(NonZeroU32::MIN);
        let burst = rate.saturating_mul(NonZeroU32::MIN.saturating_add(2));
        Self {
            limiter: RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst)),
            failures: AtomicU32::new(0),
            clock: DefaultClock::default(),
        }
    }

    /// Takes one failure from an address's budget; otherwise, how long to wait.
    pub fn check(&self, address: IpAddr) -> Result<(), Duration> {
        if self.failures.fetch_add(1, Ordering::Relaxed) % FAILURES_BETWEEN_PRUNINGS == FAILURES_BETWEEN_PRUNINGS - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&network(address)).map_err(|not_until| not_until.wait_time_from(self.clock.now()))
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_burst_is_three_times_the_rate_and_each_network_has_its_own() {
        let strangers = Strangers::new(1);
        let passed = |from: &str| (0..10).filter(|_| strangers.check(address(from)).is_ok()).count();
        assert_eq!(passed("192.0.2.1"), 3);
        assert_eq!(passed("::ffff:192.0.2.1"), 0, "the same address in other clothes");
        assert_eq!(passed("192.0.2.2"), 3);
        assert_eq!(passed("2001:db8:1:1::1"), 3);
        assert_eq!(passed("2001:db8:1:1:ffff::2"), 0, "the same /64");
        assert_eq!(passed("2001:db8:1:2::1"), 3);
    }

    #[test]
    fn cells_of_full_budgets_are_dropped() {
        // A budget this fast is full again at once.
        let strangers = Strangers::new(1_000_000_000);
        for number in 0..FAILURES_BETWEEN_PRUNINGS * 4 {
            let _ = strangers.check(IpAddr::V4(number.into()));
        }
        assert!(strangers.limiter.len() <= usize::try_from(FAILURES_BETWEEN_PRUNINGS).unwrap() + 1);
    }
}
