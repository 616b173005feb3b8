//! How long to wait until a supplier is asked about an order again.

use std::time::Duration;

use outbound::Pace;

/// The pause after the sending, or after so many checks: doubled each time, and longer by up to a fifth, so that what was sent in one
/// moment isn't asked about in one. `jitter` is any random byte.
pub fn pause_before_check(pace: Pace, checks: u16, jitter: u8) -> Duration {
    let pause = if checks == 0 {
        pace.first
    } else {
        let doublings = u32::from(checks.saturating_sub(1)).min(20);
        pace.shortest.saturating_mul(1_u32 << doublings).min(pace.longest)
    };
    pause.saturating_add(pause.saturating_mul(u32::from(jitter)) / (5 * 255))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_never_fall_below_the_shortest() {
        let seconds = Duration::from_secs;
        let pace = Pace { first: seconds(60), shortest: seconds(60), longest: seconds(1_800) };
        let pauses: Vec<u64> = (0..8).map(|checks| pause_before_check(pace, checks, 0).as_secs()).collect();
        assert_eq!(pauses, [60, 60, 120, 240, 480, 960, 1_800, 1_800]);
        assert_eq!(pause_before_check(pace, u16::MAX, 255), seconds(2_160));
        assert_eq!(pause_before_check(pace, 1, 255), seconds(72));
    }
}
